/** What of a project its container needs when its sources are run as they are: all but what is known to be read by builds and tests alone. */
import { posix } from "node:path";
import { type BuildContext, isUnder } from "../context/index.ts";
import { filesBelow } from "./blocked.ts";
import { BUILD_FILES, TEST_FOLDERS } from "./build-inputs.ts";
import { names } from "./node/runtime/source-text.ts";
import { checkToolchain, startedIn } from "./started.ts";
import type { BuildWork, BuiltApp } from "./types.ts";

export interface Interpreted {
  readonly packages: readonly string[];
  readonly replaced?: readonly string[];
  readonly outputs: BuiltApp["outputs"];
  /** Whether a file of the project, by its path there, is one that only installs, builds and tests read. */
  isForBuilds(path: string): boolean;
  /** Base names of programs that need what stays behind. */
  readonly toolchain: readonly string[];
  /** Whether code lists the folder that it lies in, or runs in: then any file there may be read. */
  lists(code: string): boolean;
}

/** Throws a `Decline` where the container needs what the build needs. */
export function interpretedApp(work: BuildWork, app: Interpreted): BuiltApp {
  const { project, finished, folder } = work;
  const { packages, replaced, outputs } = app;
  const started = startedIn(work);
  checkToolchain(started, app.toolchain);
  const made = [...packages, ...outputs.map(({ path }) => path)].map((path) => posix.resolve(folder, path));
  const entries = project.list("").filter((name) => !made.includes(posix.join(folder, name)));
  const isOptional = (name: string) => isForBuilds(project, name, app);
  const texts = finished.list("").map((name) => [name, textsOf(finished, name)] as const);
  const running = texts.filter(([name]) => !isOptional(name)).flatMap(([, found]) => found);
  const listsAll = running.some((text) => app.lists(text));
  const speak = [...started.words, ...work.words, ...work.settings, ...running];
  const kept = entries.filter((name) => listsAll || !isOptional(name) || speak.some((text) => names(text, name)));
  return {
    outputs,
    packages,
    ...(replaced === undefined ? {} : { replaced }),
    entries: kept,
    dropped: entries.filter((name) => !kept.includes(name)),
    whole: kept.length === entries.length,
    pays: false,
  };
}

function isForBuilds(project: BuildContext, name: string, app: Interpreted): boolean {
  if (!project.isFolder(name)) return BUILD_FILES.test(name) || app.isForBuilds(name);
  return TEST_FOLDERS.test(name) || filesBelow(project, name).every((path) => app.isForBuilds(path));
}

const TEXT =
  /\.(py|rb|ru|rake|erb|haml|slim|php|phtml|twig|exs?|eex|heex|[cm]?[jt]sx?|json5?|ya?ml|toml|cfg|sh|html?|conf|ini|env|properties|xml|txt)$|(^|\/)[^.]+$/;

function textsOf(project: BuildContext, name: string): readonly string[] {
  const files = project.isFolder(name) ? filesBelow(project, name) : [name];
  return files
    .filter((path) => TEXT.test(path) && !isUnder(path, "node_modules"))
    .flatMap((path) => project.read(path) ?? []);
}
