/** What a container needs of a project in several parts: the part that it runs, what builds made of pages, and all else as it is. */
import { posix } from "node:path";
import {
  type BuildContext,
  buildOf,
  inFolder,
  isUnder,
  type Leaf,
  leavesOf,
  leavesOfScript,
  type Outputs,
} from "../../context/index.ts";
import { filesOf } from "../blocked.ts";
import { BUILD_FILES, TEST_FOLDERS } from "../build-inputs.ts";
import { Decline } from "../decline.ts";
import { moved } from "../moved.ts";
import { startedBy } from "../starters.ts";
import type { BuildWork, BuiltApp, Start } from "../types.ts";
import type { Part } from "./parts.ts";
import { isBuildInput } from "./runtime/crossing.ts";
import { readNodeWords } from "./runtime/node-words.ts";
import { Packages } from "./runtime/packages.ts";
import { CODE, importsIn, isReadable, isTest, names, quotes, wordsIn } from "./runtime/source-text.ts";

interface Said {
  /** Of the file that says it, in the project; undefined for words of commands and settings. */
  readonly path?: string;
  readonly text: string;
}

/** Pages that a build put into its outputs whole, with the packages that they use. */
interface Site {
  readonly part: Part;
  readonly build: Outputs;
  /** What of its folder nobody names any more. */
  readonly gone: readonly string[];
}

/** `one` tells what a part needs that the container runs. Throws a `Decline`. */
export function appOfParts(work: BuildWork, parts: readonly Part[], one: (part: Part) => BuiltApp): BuiltApp {
  const main = mainOf(work, parts);
  const app = one(main);
  const others = parts.filter(({ folder }) => folder !== main.folder);
  const sites = others.flatMap((part) => siteOf(part, saidOutside(others, work)) ?? []);
  const kept = others.filter((part) => !sites.some((site) => site.part === part));
  if (app.prune) checkBelow(main, kept);
  const inMain = (path: string) => (path.startsWith("/") ? path : inFolder(main.folder, path));
  const isThere = (path: string) => main.work.project.has(path) || main.work.project.isFolder(path);
  const packages = [...app.packages.map(inMain), ...kept.map(({ folder }) => inFolder(folder, "node_modules"))];
  const trimmed = [
    ...sites.flatMap(({ part: { folder }, gone }) => gone.map((path) => inFolder(folder, path))),
    ...(main.folder === "" ? [] : app.dropped.filter(isThere).map(inMain)),
    ...(main.folder !== "" && app.packages.length === 0 ? [inMain("node_modules")] : []),
  ];
  const outputs = [
    ...app.outputs.map(({ path, isFolder }) => ({ path: inMain(path), isFolder })),
    ...sites.flatMap(({ part: { folder }, build }) => outputsOf(build, folder)),
    ...kept.flatMap(({ folder, work: { project }, leaves }) => outputsOf(madeBy(leaves, project), folder)),
  ];
  const { entries, dropped } = main.folder === "" ? withTops(app, others) : around(parts, others, work);
  return {
    outputs: moved(outputs, work).all,
    packages,
    entries,
    dropped: [...app.dropped.filter((path) => !isThere(path) || main.folder === ""), ...dropped, ...trimmed],
    trimmed,
    pays: sites.length > 0 ? "anything" : (app.pays ?? "anything"),
    prune: app.prune && { ...app.prune, of: main.places[app.prune.of]!, folder: main.work.folder },
  };
}

/** Code in a folder below finds the packages above it as well. */
function checkBelow(main: Part, kept: readonly Part[]): void {
  const { development } = new Packages(main.work.project);
  for (const { folder, work } of kept.filter((part) => isUnder(part.folder, main.folder))) {
    const own = new Set(new Packages(work.project).manifest.dependencies.map(({ name }) => name));
    const lost = [...development].filter((name) => !own.has(name));
    for (const file of work.project.files().filter((path) => CODE.test(path) && !isTest(path))) {
      const named = lost.find((name) => quotes(work.project.read(file) ?? "", name));
      if (named !== undefined)
        throw new Decline(
          "names-development",
          `${inFolder(folder, file)} names ${named}, which is a development dependency`,
        );
    }
  }
}

/** The part that the container runs, with what it starts there. */
function mainOf(work: BuildWork, parts: readonly Part[]): Part {
  const inside = posix.relative(work.folder, work.startsIn);
  const at = inside.startsWith("..") ? undefined : inside;
  const leaves = work.starts
    .flatMap((start) => leavesOfStart(start, work.finished, at ?? ""))
    .filter(({ tool }) => !/^(echo|printf|sleep|export|curl|wget|exit|)$/.test(tool));
  const holding = (path: string | undefined) =>
    path === undefined ? undefined : parts.findLast(({ folder }) => isUnder(path, folder));
  const files = leaves.flatMap((leaf) => fileOf(leaf, at, work));
  const found = new Set(files.length > 0 ? files.map(holding) : [holding(at)]);
  const [main] = found;
  if (!main || found.size > 1) {
    const folders = parts.map(({ folder }) => folder || ".").join(", ");
    throw new Decline(
      "start-unknown",
      `it is not known that the container starts one package alone of those in ${folders}`,
    );
  }
  if (at !== undefined && isUnder(at, main.folder)) return main;
  // What package managers and shells make of it where it starts is followed by now.
  const places = new Set(leaves.map(({ folder }) => folder ?? at ?? work.startsIn));
  const [place = ""] = places;
  const starts = leaves.map((leaf) => [leaf.tool, ...leaf.words].filter((word) => word !== undefined));
  const isKnown = leaves.every((leaf) => fileOf(leaf, at, work).length > 0 && !leaf.words.includes(undefined));
  if (!isKnown || places.size > 1)
    throw new Decline("unknown-command", `what the container runs in ${main.folder} is not known`);
  const startsIn = posix.resolve(work.folder, place);
  return { ...main, work: { ...main.work, startsIn, starts: starts.map((words) => ({ words })) } };
}

function leavesOfStart(start: Start, project: BuildContext, folder: string): readonly Leaf[] {
  const leaves =
    "words" in start ? leavesOf(start.words, project, folder) : leavesOfScript(start.script, project, false, folder);
  if ("unknown" in leaves)
    throw new Decline("unknown-command", `what the container runs is not known: ${leaves.unknown}`);
  return leaves;
}

/** The file that `node` is told to run, in the project; none for other programs. */
function fileOf(leaf: Leaf, at: string | undefined, work: BuildWork): readonly string[] {
  const [tool = "", ...words] = startedBy(leaf.tool, leaf.words) ?? [leaf.tool, ...leaf.words];
  const { file } = /^(node|nodejs)$/.test(tool) ? readNodeWords(words) : { file: undefined };
  if (file === undefined) return [];
  const from = leaf.folder ?? at ?? work.startsIn;
  return [posix.relative(work.folder, posix.resolve(work.folder, from, file))];
}

/** What speaks in the container, beside pages for browsers: words of its commands, and files that no part in `parts` has. */
function saidOutside(
  parts: readonly Part[],
  { finished, starts, words, settings, outside }: BuildWork,
): readonly Said[] {
  const started = starts.flatMap((start) => ("words" in start ? start.words : wordsIn(start.script)));
  const scripts = started.flatMap((word) => outside(word) ?? []);
  const isOwn = (path: string) => !parts.some(({ folder }) => folder !== "" && isUnder(path, folder));
  return [
    ...[...started, ...scripts, ...words, ...settings].map((text) => ({ text })),
    ...finished
      .files()
      .filter((path) => isOwn(path) && isReadable(path) && !BUILD_FILES.test(posix.basename(path)))
      .map((path) => ({ path, text: finished.read(path) ?? "" })),
  ];
}

/** Undefined where a part may be more than what its builds made of it. */
function siteOf(part: Part, said: readonly Said[]): Site | undefined {
  const { folder, leaves, work } = part;
  const { project } = work;
  const build = madeBy(leaves, project);
  if (build.outputs.length === 0 || build.sources.some((source) => !build.bundled.includes(source))) return undefined;
  const name = posix.basename(folder);
  const speak = said.filter(({ text }) => text.includes(name));
  const isImporting = ({ path, text }: Said) =>
    importsIn(text).some((specifier) => {
      const target = ledInto(folder, specifier, path);
      return target !== undefined && !build.outputs.some((output) => isUnder(target, output));
    });
  if (speak.some((one) => isImporting(one) || one.text.includes("node_modules"))) return undefined;
  const texts = speak.map(({ text }) => withoutImports(text));
  if (texts.some((text) => meansWhole(text, name))) return undefined;
  const isMeant = (entry: string) => texts.some((text) => names(text, entry) && !isOutputs(text, entry, build));
  const meant = project.list("").filter((entry) => !build.outputs.includes(entry) && isMeant(entry));
  const holdsCode = (entry: string) =>
    entry !== "public" &&
    filesOf(project, entry).some((path) => CODE.test(path) && !BUILD_FILES.test(posix.basename(path)));
  if (meant.some(holdsCode)) return undefined;
  const inputs = project.list("").filter((entry) => isBuildInput(project, build, entry) && !meant.includes(entry));
  const gone = ["node_modules", ...inputs].filter((path) => /^[\w.@+-]+$/.test(path));
  return { part, build, gone };
}

/** Where a relative module name leads to in `folder`; code that is compiled may lie deeper or less deep than its source. */
function ledInto(folder: string, specifier: string, path: string | undefined): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const target = posix.join(posix.dirname(path ?? "."), specifier);
  const found = [target, specifier.replace(/^(\.\.?\/)+/, "")].find((each) => isUnder(each, folder));
  return found === undefined ? undefined : posix.relative(folder, found);
}

/**
 * Whether a text has a path that ends in the folder `name`, and no string behind it leads further: whoever has that may read all in there. The bare
 * name is a path where something that handles paths stands before it.
 */
function meansWhole(text: string, name: string): boolean {
  const isIn = (path: string) => posix.basename(path) === name;
  const isQuoted = [...text.matchAll(QUOTED)].some(({ index, 0: whole, 2: string = "" }) => {
    if (!isIn(string) || /^\s*,\s*["'`]/.test(text.slice(index + whole.length))) return false;
    const line = text.slice(text.lastIndexOf("\n", index) + 1, index);
    return string.includes("/") || /\b(static|root|sendFile|path|join|resolve)\b/.test(line);
  });
  // Settings and words of commands have no quotes.
  const words = text.replace(QUOTED, " ").split(/[\s=:,;]+/);
  return isQuoted || words.some((word) => word.includes("/") && isIn(word));
}

const QUOTED = /(["'`])([^"'`\n]*)\1/g;

/** A text without the names of modules beside it. */
function withoutImports(text: string): string {
  return importsIn(text)
    .filter((specifier) => specifier.startsWith("."))
    .reduce((rest, specifier) => rest.replaceAll(specifier, ""), text);
}

/** Bundlers put the page `index.html` into their outputs: a text that names one of these means the page there. */
function isOutputs(text: string, entry: string, { outputs }: Outputs): boolean {
  return entry === "index.html" && outputs.some((output) => names(text, posix.basename(output)));
}

function madeBy(leaves: readonly Leaf[], project: BuildContext): Outputs {
  const build = buildOf(leaves, project);
  if ("unknown" in build) throw new Decline("outputs-unknown", build.unknown);
  return build;
}

/** As outputs of the whole project. */
export function outputsOf({ outputs, programs }: Outputs, folder = ""): BuiltApp["outputs"] {
  return outputs.map((path) => ({
    path: inFolder(folder, path),
    isFolder: !/\.[cm]?js$/.test(path) && programs?.includes(path) !== true,
  }));
}

function topOf({ folder }: Part): string {
  return folder.split("/")[0] ?? "";
}

/** What the main part needs in the project's own folder, and the folders of the others. */
function withTops(app: BuiltApp, others: readonly Part[]): Pick<BuiltApp, "entries" | "dropped"> {
  return { entries: [...new Set([...app.entries, ...others.map(topOf)])], dropped: [] };
}

/** What lies around the parts: only what builds and tests alone read, and nobody names, stays behind. */
function around(
  parts: readonly Part[],
  others: readonly Part[],
  work: BuildWork,
): Pick<BuiltApp, "entries" | "dropped"> {
  const tops = parts.map(topOf);
  const said = saidOutside(others, work);
  const isOptional = (name: string) =>
    !tops.includes(name) &&
    (work.project.isFolder(name) ? TEST_FOLDERS.test(name) : BUILD_FILES.test(name)) &&
    !said.some(({ text }) => names(text, name));
  const entries = work.project.list("");
  return { entries: entries.filter((name) => !isOptional(name)), dropped: entries.filter(isOptional) };
}
