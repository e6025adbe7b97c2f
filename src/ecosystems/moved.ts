/** Where steps put what a build made: `mv target/*.jar app.jar`. */
import { posix } from "node:path";
import { type BuildContext, isUnder } from "../context/index.ts";
import { Decline } from "./decline.ts";
import { isInProject } from "./places.ts";
import type { BuildWork } from "./types.ts";

/** Something that a build makes. */
export interface Made {
  /** Relative to the project folder, or absolute. */
  readonly path: string;
  readonly isFolder: boolean;
  /** Whether it holds libraries that an archive may name in its manifest. */
  readonly isLibraries?: boolean;
}

/** What there is once all moves are done, and what of it they brought. Throws a `Decline` for one whose source is not known. */
export function moved(
  made: readonly Made[],
  { moves, folder, project }: BuildWork,
): { readonly all: readonly Made[]; readonly arrived: readonly Made[] } {
  let all: readonly Made[] = made;
  let arrived: readonly Made[] = [];
  for (const move of moves) {
    const outputs = all.filter(({ path }) => matches(move.from, posix.resolve(folder, path)));
    const inside = posix.relative(folder, move.from);
    const isInside = isInProject(move.to, folder);
    const isPattern = /[*?]/.test(move.from);
    // What a step makes in the project crosses as it is.
    if (outputs.length === 0 && isInside && !isPattern && (project.has(inside) || project.isFolder(inside))) continue;
    if (isBrought(move.from, folder, project, outputs))
      throw new Decline("outputs-unknown", `a step copies ${move.from}, which the build context brings`);
    const below = all.some((one) => one.isFolder && isUnder(move.from, posix.resolve(folder, one.path)));
    if (outputs.length === 0 && (!below || isPattern)) {
      if (isInside && !isPattern) continue;
      throw new Decline("outputs-unknown", `a step copies ${move.from}, which no known output is`);
    }
    const intoFolder = move.intoFolder || project.isFolder(posix.relative(folder, move.to));
    if (outputs.length > 1 && !intoFolder)
      throw new Decline("outputs-unknown", `a step copies ${move.from}, which more than one output is`);
    const sources = outputs.length > 0 ? outputs : [{ path: move.from, isFolder: move.isRecursive }];
    const news = sources.map((one) => ({
      ...one,
      path: placeIn(folder, intoFolder ? posix.join(move.to, posix.basename(one.path)) : move.to),
    }));
    // What lies in a folder that is an output is a part of it.
    const places = news.map((one) => all.find((each) => each.isFolder && isWithin(one, each, folder)) ?? one);
    const isLeft = (one: Made) => move.removes && sources.some(({ path }) => path === one.path);
    const isCovered = (one: Made) =>
      places.some(({ path }) => path === placeIn(folder, posix.resolve(folder, one.path)));
    all = [...all.filter((one) => !isLeft(one) && !isCovered(one)), ...places];
    arrived = [...arrived.filter((one) => !isLeft(one) && !isCovered(one)), ...places];
  }
  return { all, arrived };
}

/** Whether the build context brings what a move finds, and no output is. */
function isBrought(from: string, folder: string, project: BuildContext, outputs: readonly Made[]): boolean {
  const inside = posix.dirname(posix.relative(folder, from));
  return project
    .list(inside === "." ? "" : inside)
    .map((name) => posix.join(inside, name))
    .some((path) => matches(from, posix.resolve(folder, path)) && !outputs.some((one) => one.path === path));
}

function isWithin(one: Made, other: Made, folder: string): boolean {
  const [path, above] = [one, other].map((each) => posix.resolve(folder, each.path));
  return path !== above && isUnder(path ?? "", above ?? "");
}

/** An absolute path relative to `folder`, where it lies in it. */
export function placeIn(folder: string, path: string): string {
  return isInProject(path, folder) ? posix.relative(folder, path) : path;
}

/** Whether the shell's `pattern` finds `path`, both absolute. */
export function matches(pattern: string, path: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  return new RegExp(`^${source}$`).test(path);
}
