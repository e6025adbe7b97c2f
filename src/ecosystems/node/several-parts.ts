/** What a container needs of a project in several parts: the part that it runs, what builds made of pages, and all else as it is. */
import { posix } from "node:path";
import {
  type BuildContext,
  inFolder,
  isUnder,
  type Leaf,
  leavesOf,
  leavesOfScript,
  type Outputs,
} from "../../context/index.ts";
import { BUILD_FILES, TEST_FOLDERS } from "../build-inputs.ts";
import { Decline } from "../decline.ts";
import { moved } from "../moved.ts";
import { startedBy } from "../starters.ts";
import type { BuildWork, BuiltApp, Start } from "../types.ts";
import { madeBy, type Part } from "./parts.ts";
import { readNodeWords } from "./runtime/node-words.ts";
import { Packages } from "./runtime/packages.ts";
import { CODE, isTest, names, quotes } from "./runtime/source-text.ts";
import { type Said, saidOutside, siteOf } from "./sites.ts";

/** `one` tells what a part needs that the container runs. Throws a `Decline`. */
export function appOfParts(work: BuildWork, parts: readonly Part[], one: (part: Part) => BuiltApp): BuiltApp {
  const main = mainOf(work, parts);
  const app = one(main);
  const others = parts.filter(({ folder }) => folder !== main.folder);
  const said = saidOutside(others, work);
  const sites = others.flatMap((part) => siteOf(part, said) ?? []);
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
    ...kept.flatMap((part) => outputsOf(madeBy(part), part.folder)),
  ];
  const { entries, dropped } = main.folder === "" ? withTops(app, others) : around(parts, said, work);
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
  const starts = leaves.map((leaf) => startedAgain(leaf).filter((word) => word !== undefined));
  const isKnown = leaves.every((leaf) => fileOf(leaf, at, work).length > 0 && !leaf.words.includes(undefined));
  if (!isKnown || places.size > 1)
    throw new Decline("unknown-command", `what the container runs in ${main.folder} is not known`);
  const startsIn = posix.resolve(work.folder, place);
  return { ...main, work: { ...main.work, startsIn, starts: starts.map((words) => ({ words })) } };
}

/** With what starts it: programs of packages, and variables. */
function startedAgain({ tool, words, through = [], settings = [] }: Leaf): Leaf["words"] {
  const starters = through.length === 0 && settings.length > 0 ? ["env"] : through;
  return [...starters, ...settings, tool, ...words];
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
function around(parts: readonly Part[], said: readonly Said[], work: BuildWork): Pick<BuiltApp, "entries" | "dropped"> {
  const tops = parts.map(topOf);
  const isOptional = (name: string) =>
    !tops.includes(name) &&
    (work.project.isFolder(name) ? TEST_FOLDERS.test(name) : BUILD_FILES.test(name)) &&
    !said.some(({ text }) => names(text, name));
  const entries = work.project.list("");
  return { entries: entries.filter((name) => !isOptional(name)), dropped: entries.filter(isOptional) };
}
