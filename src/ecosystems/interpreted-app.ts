/** What of a project its container needs when its sources are run as they are: all but what is known to be read by builds and tests alone. */
import { posix } from "node:path";
import type { BuildContext } from "../context/index.ts";
import { filesBelow } from "./blocked.ts";
import { BUILD_FILES, TEST_FOLDERS } from "./build-inputs.ts";
import { Decline } from "./decline.ts";
import { moved } from "./moved.ts";
import { names } from "./node/runtime/source-text.ts";
import { checkToolchain, startedIn } from "./started.ts";
import { textsBelow } from "./texts.ts";
import type { BuildWork, BuiltApp, WorkCommand } from "./types.ts";

export interface Interpreted {
  /** Absolute. */
  readonly packages: readonly string[];
  readonly outputs: BuiltApp["outputs"];
  /** Whether a file of the project, by its path there, is one that only installs, builds and tests read. */
  isForBuilds(path: string): boolean;
  /** Files and folders below the top level that only builds read. */
  readonly sources?: readonly string[];
  /** What builds of assets read or leave at the top of the project; it need not be there. */
  readonly assets?: readonly string[];
  /** Base names of programs that need what stays behind. */
  readonly toolchain: readonly string[];
  /** Whether code lists the folder that it lies in, or runs in: then any file there may be read. */
  lists(code: string): boolean;
  /** Whether code names an entry of the project in the language's own way. */
  imports?(code: string, name: string): boolean;
  /** A text without what speaks of sources to builds alone. */
  speech?(text: string): string;
}

/** What an install of tools for assets leaves. */
const PACKAGES = "node_modules";

/** Throws a `Decline` where the container needs what the build needs. */
export function interpretedApp(work: BuildWork, app: Interpreted): BuiltApp {
  const { project, finished, folder } = work;
  const assets = [...new Set([...(work.assets ?? []), ...(app.assets ?? [])])];
  const { packages, outputs, sources = [], speech = (text) => text } = app;
  const started = startedIn(work);
  checkToolchain(started, app.toolchain);
  const made = [...packages, ...outputs.map(({ path }) => posix.resolve(folder, path))];
  const isMade = (path: string) => made.includes(posix.join(folder, path));
  const entries = project.list("").filter((name) => !isMade(name));
  const isOptional = (name: string) => assets.includes(name) || isForBuilds(project, name, app);
  const below = [...sources, ...assets].filter((path) => path.includes("/") && isThere(project, path));
  const isSource = (path: string) => below.some((source) => path === source || path.startsWith(`${source}/`));
  const texts = finished
    .list("")
    .filter((name) => !isOptional(name))
    .flatMap((name) => textsBelow(finished, name, (path) => TEXT.test(path) && !isSource(path)).map(speech));
  const listsAll = texts.some((text) => app.lists(text));
  const speak = [...started.words, ...work.words, ...work.settings, ...texts];
  const isNeeded = (path: string) =>
    listsAll || speak.some((text) => names(text, path) || app.imports?.(text, path) === true);
  const dropped = entries.filter((name) => isOptional(name) && !isNeeded(name));
  const gone = below.filter((path) => !isNeeded(path));
  const others = assets.filter((path) => posix.basename(path) === PACKAGES && !isNeeded(path));
  const inside = (path: string) => (path.startsWith(`${folder}/`) ? posix.relative(folder, path) : path);
  return {
    outputs: moved(outputs, work).all,
    packages: packages.map(inside),
    entries: entries.filter((name) => !dropped.includes(name)),
    dropped: [...dropped, ...gone, ...others],
    shed: [...dropped, ...gone, ...others].filter((path) => /^[\w.@+/-]+$/.test(path)),
    pays: gone.length + others.length > 0 ? "anything" : "packages",
  };
}

function isThere(project: BuildContext, path: string): boolean {
  return project.has(path) || project.isFolder(path);
}

function isForBuilds(project: BuildContext, name: string, app: Interpreted): boolean {
  if (!project.isFolder(name)) return BUILD_FILES.test(name) || app.isForBuilds(name);
  const files = filesBelow(project, name);
  return TEST_FOLDERS.test(name) || (files.length > 0 && files.every((path) => app.isForBuilds(path)));
}

const TEXT =
  /\.(py|rb|ru|rake|erb|haml|slim|php|phtml|twig|exs?|eex|heex|[cm]?[jt]sx?|json5?|ya?ml|toml|cfg|sh|html?|conf|ini|env|properties|xml|txt)$|(^|\/)[^.]+$/;

/** What a command fills with packages. Throws a `Decline` where it may write anything. */
export function filledOf({ invocation, filled }: WorkCommand): readonly string[] {
  if (filled) return filled;
  const { call, action } = invocation;
  const said = call.args[0] === "-m" ? `-m ${action}` : action;
  throw new Decline("outputs-unknown", `refit does not know what \`${call.tool} ${said}\` writes`);
}
