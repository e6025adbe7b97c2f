/** Which files of an image are build inputs: what COPY put there, untouched since. */
import { readFileSync, readlinkSync } from "node:fs";
import { join, posix } from "node:path";
import type { BuildContext } from "../../context/index.ts";
import { parseDockerfile } from "../../dockerfile/index.ts";
import { broughtBy, contextCopiesOf, factsOf, lineageOf, type Stage } from "../../image/index.ts";
import type { ImageTree } from "../types.ts";

/** Path in the image (no slash at the front) to path in the context. */
export type Places = ReadonlyMap<string, string>;

/** What the COPY instructions of a stage, and of those that it starts from, bring from the context. `stage` undefined is the last. */
export function copiedInto(dockerfile: string, stage: string | undefined, context: BuildContext): Places {
  const { stages, dockerfile: document } = factsOf(parseDockerfile(dockerfile), { context, workdir: "/" });
  const found = stageBuilt(stages, stage);
  const chain = found ? [...lineageOf(found, stages)].reverse() : [];
  // A word that is not known leads nowhere: then nothing is taken for an input.
  const copies = chain.flatMap(({ steps }) => contextCopiesOf(document, steps));
  return new Map(
    broughtBy(context, copies).flatMap(({ places }) => [...places].map(([path, source]) => [path.slice(1), source])),
  );
}

/** The stage that a build of `target` makes, which undefined stands for the last of. */
export function stageBuilt(stages: readonly Stage[], target: string | undefined): Stage | undefined {
  return target === undefined ? stages.at(-1) : stages.findLast(({ name }) => name === target.toLowerCase());
}

/** Whether the image's file is, byte for byte, the one of the context. */
export function isUntouched(path: string, tree: ImageTree, source: string, context: BuildContext): boolean {
  const entry = tree.entries.get(path);
  const place = join(context.root, source);
  try {
    if (context.isLink(source)) return entry?.type === "symlink" && entry.target === readlinkSync(place);
    return entry?.type === "file" && context.has(source) && readFileSync(place).equals(tree.read(path));
  } catch {
    return false;
  }
}

/** Folders that hold build inputs: there the app is. */
export function foldersOf(places: Places): ReadonlySet<string> {
  return new Set([...places.keys()].map((path) => posix.dirname(path)).filter((folder) => folder !== "."));
}
