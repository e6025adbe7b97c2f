/** What Laravel's own commands make ahead of a start, or clear (its page "Deployment"): all of it lies in the project. */
import type { BuildContext } from "../../context/index.ts";
import type { Call, Outputs } from "../types.ts";

const MANIFESTS = "bootstrap/cache";
const VIEWS = "storage/framework/views";

const MADE: Readonly<Record<string, readonly string[]>> = {
  "config:cache": [MANIFESTS],
  "config:clear": [MANIFESTS],
  "event:cache": [MANIFESTS],
  "event:clear": [MANIFESTS],
  "key:generate": [".env"],
  "route:cache": [MANIFESTS],
  "route:clear": [MANIFESTS],
  "package:discover": [MANIFESTS],
  "view:cache": [VIEWS],
  "view:clear": [VIEWS],
  optimize: [MANIFESTS, VIEWS],
  "storage:link": ["public/storage"],
};

/** The command of `php artisan COMMAND` that is one of these; undefined for other programs and commands. */
export function artisanTask({ tool, args }: Call): string | undefined {
  const [file, task, ...options] = args;
  const isKnown = /^php[\d.]*$/.test(tool) && /^(\.\/)?artisan$/.test(file ?? "") && Object.hasOwn(MADE, task ?? "");
  return isKnown &&
    options.every((word) => /^(-[nqv]+|--(quiet|no-interaction|no-ansi|ansi|force|relative))$/.test(word ?? "$"))
    ? task
    : undefined;
}

/** Undefined for other commands, and in a project that is not Laravel's. */
export function artisanOutputs(call: Call, project: BuildContext): Outputs | undefined {
  const task = artisanTask(call);
  const isLaravel = /\bIlluminate\b|laravel/i.test(project.read("artisan") ?? "");
  return task !== undefined && isLaravel ? { outputs: MADE[task]! } : undefined;
}
