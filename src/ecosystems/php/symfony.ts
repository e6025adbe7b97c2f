/** What Symfony's own commands make ahead of a start (its page "How to Deploy a Symfony Application"): all of it lies in the project. */
import type { BuildContext } from "../../context/index.ts";
import type { Call, Outputs, Surroundings } from "../types.ts";

const MADE: Readonly<Record<string, readonly string[]>> = {
  "cache:clear": ["var"],
  "cache:warmup": ["var"],
  "assets:install": ["var", "public/bundles"],
  "asset-map:compile": ["var", "public/assets"],
};

const OPTIONS =
  /^(-[nqv]+|--(env=\w+|no-debug|no-interaction|quiet|ansi|no-ansi|no-warmup|no-optional-warmers|symlink|relative)|-e=?\w+)$/;

/** Variables that send caches and logs elsewhere (MicroKernelTrait). */
const ELSEWHERE = /\bAPP_(CACHE|BUILD|LOG|SHARE)_DIR\b/;

/** The command of `php bin/console COMMAND` that is one of these; undefined for other programs and commands. */
export function symfonyTask({ tool, args }: Call): string | undefined {
  const [file, task, ...options] = args;
  const isKnown =
    /^php[\d.]*$/.test(tool) && /^(\.\/)?bin\/console$/.test(file ?? "") && Object.hasOwn(MADE, task ?? "");
  return isKnown &&
    options.every((word) => OPTIONS.test(word ?? "$") || (task === "assets:install" && word === "public"))
    ? task
    : undefined;
}

/** Undefined for other commands, and in a project that is not Symfony's or says itself where its caches go. */
export function symfonyOutputs(call: Call, project: BuildContext, { env }: Surroundings): Outputs | undefined {
  const task = symfonyTask(call);
  if (task === undefined || !/symfony|autoload_runtime/i.test(project.read("bin/console") ?? "")) return undefined;
  const kernel = project.read("src/Kernel.php");
  const settings = project.list("").filter((name) => /^\.env(\.|$)/.test(name));
  const speak = [...env.keys(), ...call.env.keys(), ...settings.map((name) => project.read(name) ?? "")];
  const isElsewhere =
    speak.some((text) => ELSEWHERE.test(text)) || /"public-dir"/.test(project.read("composer.json") ?? "");
  if (kernel === undefined || /\bget(Cache|Build|Log|Share|Project)Dir\b/.test(kernel) || isElsewhere)
    return { unknown: "the project says itself where Symfony's caches or pages go" };
  return { outputs: MADE[task]! };
}
