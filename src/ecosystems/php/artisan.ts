/** What Laravel's own commands make ahead of a start (its page "Deployment"): all of it lies in the project. */
import type { BuildContext } from "../../context/index.ts";
import type { Call, Outputs } from "../types.ts";

const MADE: Readonly<Record<string, readonly string[]>> = {
  "config:cache": ["bootstrap/cache"],
  "event:cache": ["bootstrap/cache"],
  "route:cache": ["bootstrap/cache"],
  "package:discover": ["bootstrap/cache"],
  "view:cache": ["storage/framework/views"],
  optimize: ["bootstrap/cache", "storage/framework/views"],
  "storage:link": ["public/storage"],
};

/** The command of `php artisan COMMAND` that is one of these; undefined for other programs and commands. */
export function artisanTask({ tool, args }: Call): string | undefined {
  const [file, task, ...options] = args;
  const isKnown = /^php[\d.]*$/.test(tool) && /^(\.\/)?artisan$/.test(file ?? "") && Object.hasOwn(MADE, task ?? "");
  return isKnown && options.every((word) => /^(-[nqv]+|--(quiet|no-interaction|no-ansi|ansi|force))$/.test(word ?? "$"))
    ? task
    : undefined;
}

/** Undefined for other commands, and in a project that is not Laravel's. */
export function artisanOutputs(call: Call, project: BuildContext): Outputs | undefined {
  const task = artisanTask(call);
  const isLaravel = /\bIlluminate\b|laravel/i.test(project.read("artisan") ?? "");
  return task !== undefined && isLaravel ? { outputs: MADE[task]! } : undefined;
}
