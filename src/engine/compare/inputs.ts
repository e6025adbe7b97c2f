/** Which files of an image are build inputs: what COPY put there, untouched since. */
import { readFileSync, readlinkSync } from "node:fs";
import { join, posix } from "node:path";
import { type BuildContext, copiedBy } from "../../context/index.ts";
import { copyView, expandWord, flagNamed, parseDockerfile } from "../../dockerfile/index.ts";
import { factsOf, lineageOf, type Stage, type Step } from "../../image/index.ts";
import type { ImageTree } from "../types.ts";

/** Path in the image (no slash at the front) to path in the context. */
export type Places = ReadonlyMap<string, string>;

/** What the COPY instructions of a stage, and of those that it starts from, bring from the context. `stage` undefined is the last. */
export function copiedInto(dockerfile: string, stage: string | undefined, context: BuildContext): Places {
  const { stages, dockerfile: document } = factsOf(parseDockerfile(dockerfile), { context });
  const places = new Map<string, string>();
  const found = stageBuilt(stages, stage);
  const chain = found ? [...lineageOf(found, stages)].reverse() : [];
  for (const step of chain.flatMap(({ steps }) => steps))
    for (const [path, source] of copied(step, document.escape, context)) places.set(path.slice(1), source);
  return places;
}

/** The stage that a build of `target` makes, which undefined stands for the last of. */
export function stageBuilt(stages: readonly Stage[], target: string | undefined): Stage | undefined {
  return target === undefined ? stages.at(-1) : stages.findLast(({ name }) => name === target.toLowerCase());
}

/** A word that is not known leads nowhere: then nothing is taken for an input. */
function copied({ instruction, before }: Step, escapeCharacter: string, context: BuildContext): Places {
  const view = ["COPY", "ADD"].includes(instruction.keyword) ? copyView(instruction) : undefined;
  if (!view || flagNamed(instruction, "from")) return new Map();
  const expand = (word: string) =>
    expandWord(word, (name) => (before.env.has(name) ? before.env.get(name) : undefined), escapeCharacter);
  const destination = expand(view.destination.text);
  const sources = view.sources.filter(({ heredoc }) => !heredoc).map(({ text }) => expand(text));
  if (destination === undefined || sources.includes(undefined)) return new Map();
  const keepsFolders = flagNamed(instruction, "parents") !== undefined;
  return copiedBy(context, sources as string[], destination, before.cwd ?? "/", keepsFolders).places;
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
