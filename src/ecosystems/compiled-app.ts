/** What of a project its container needs when a compiler made a program of the sources. */
import { posix } from "node:path";
import { type BuildContext, isUnder, type Unknown } from "../context/index.ts";
import { filesBelow, filesOf } from "./blocked.ts";
import { BUILD_FILES, TEST_FOLDERS } from "./build-inputs.ts";
import { Decline } from "./decline.ts";
import { foundByListing } from "./listing.ts";
import { matches, moved } from "./moved.ts";
import { names } from "./node/runtime/source-text.ts";
import { isInProject } from "./places.ts";
import { checkToolchain, type Started, startedIn } from "./started.ts";
import { textsBelow } from "./texts.ts";
import type { BuildWork, BuiltApp, Outputs, WorkCommand } from "./types.ts";

export interface Compiled {
  readonly outputs: BuiltApp["outputs"];
  /** Whether a file of the project, by its path there, is one that only the build reads. */
  isSource(path: string): boolean;
  /** What a source says to its compiler taken away: imports and comments. What is left may name files. */
  speech(source: string, path: string): string;
  /** Base names of programs that need the sources. */
  readonly toolchain: readonly string[];
  /** What builds leave outside of the project, in words. */
  readonly left: readonly string[];
}

/** What all commands of `work` make. Throws a `Decline` where they are not all of `ecosystem`, and where one may make anything. */
export function madeByAll<One>(
  { commands }: BuildWork,
  ecosystem: string,
  madeBy: (command: WorkCommand) => readonly One[] | Unknown,
): readonly One[] {
  const other = commands.find(({ invocation }) => invocation.ecosystem !== ecosystem);
  if (other)
    throw new Decline("several-toolchains", `the project is built by ${ecosystem} and ${other.invocation.ecosystem}`);
  return commands.flatMap((command) => {
    const made = madeBy(command);
    if ("unknown" in made) throw new Decline("outputs-unknown", made.unknown);
    return made;
  });
}

/** The paths of `outputs`, for `madeByAll`. */
export function pathsOf(outputs: Outputs): readonly string[] | Unknown {
  return "unknown" in outputs ? outputs : outputs.outputs;
}

/** Throws a `Decline` where the container needs what the build needs, or runs what no known output is. */
export function compiledApp(work: BuildWork, compiled: Compiled): BuiltApp {
  const { project } = work;
  const { toolchain, left } = compiled;
  const outputs = moved(compiled.outputs, work).all.map(({ path, isFolder }) => ({ path, isFolder }));
  const started = startedIn(work);
  checkToolchain(started, toolchain);
  if (outputs.length === 0) throw new Decline("no-build", "the build commands make no outputs");
  checkMain(started, work, outputs);
  const entries = project.list("").filter((name) => !outputs.some(({ path }) => path === name));
  const sources = project.files().filter((path) => compiled.isSource(path));
  const found = foundByListing(project, sources);
  const holdsSourcesOnly = (name: string) => filesOf(project, name).every((path) => compiled.isSource(path));
  const isFound = (name: string) => found === "all" || (found === "data" && !holdsSourcesOnly(name));
  const optional = entries.filter((name) => isOptional(project, name, compiled) && !isFound(name));
  const needed = new Set(entries.filter((name) => !optional.includes(name)));
  // A word that leads to an output, or to where the container starts, says nothing of the folders on the way.
  const isElsewhere = (word: string) => {
    const named = posix.resolve(work.startsIn, word);
    const leads = ({ path }: { readonly path: string }) => {
      const output = posix.resolve(work.folder, path);
      return isUnder(named, output) || matches(named, output) || matches(named, `${output}/*`);
    };
    return named !== work.startsIn && !outputs.some(leads);
  };
  const parts = (words: readonly string[]) => words.flatMap((word) => word.split(":"));
  // Steps behind the build may run in the project folder.
  const isThere = (word: string) => project.has(word) || (word !== "" && project.isFolder(word));
  const speak = [
    ...parts(started.words).filter(isElsewhere),
    ...parts(work.words).filter((word) => isThere(word) || isElsewhere(word)),
    ...work.settings,
    ...sources.map((path) => compiled.speech(project.read(path) ?? "", path)),
    ...[...needed].flatMap((name) => textsBelow(project, name, (path) => TEXT.test(path))),
  ];
  // A page may have a name that is put together: `topic + ".md"`.
  const holdsPages = (name: string) => filesOf(project, name).some((path) => path.endsWith(".md"));
  const pages = speak.some((text) => /\.md\b/.test(text)) ? optional.filter(holdsPages) : [];
  for (const name of [...optional.filter((each) => speak.some((text) => names(text, each))), ...pages])
    needed.add(name);
  return {
    outputs,
    packages: [],
    entries: entries.filter((name) => needed.has(name)),
    dropped: [...entries.filter((name) => !needed.has(name)), ...left],
  };
}

/** The program that does the work must be an output, a file of the project, or one that was there before. */
function checkMain({ programs }: Started, work: BuildWork, outputs: BuiltApp["outputs"]): void {
  for (const { tool } of programs) {
    if (!tool.includes("/")) continue;
    const path = posix.resolve(work.startsIn, tool);
    if (!isInProject(path, work.folder)) continue;
    const inside = posix.relative(work.folder, path);
    const isMade = outputs.some((output) => isUnder(path, posix.resolve(work.folder, output.path)));
    if (!isMade && !work.finished.has(inside))
      throw new Decline(
        "start-unknown",
        `the container starts ${tool}, which no known output and no file of the context is`,
      );
  }
}

/** Files and folders of which nothing is known to be read but by the build. */
function isOptional(project: BuildContext, name: string, { isSource }: Compiled): boolean {
  if (!project.isFolder(name)) return isSource(name) || BUILD_FILES.test(name);
  const files = filesBelow(project, name);
  // A program may write into an empty folder.
  return (
    TEST_FOLDERS.test(name) ||
    (files.length > 0 && files.every((path) => isSource(path) || BUILD_FILES.test(posix.basename(path))))
  );
}

const TEXT = /\.(json5?|ya?ml|toml|sh|html?|tmpl|gotmpl|conf|ini|env|properties|xml)$|(^|\/)[^.]+$/;
