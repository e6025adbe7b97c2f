/** Where steps put what a build made: `mv target/*.jar app.jar`. */
import { posix } from "node:path";
import { isUnder } from "../context/index.ts";
import { Decline } from "./decline.ts";
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
    const found = all.filter(({ path }) => matches(move.from, posix.resolve(folder, path)));
    const inside = posix.relative(folder, move.from);
    if (found.length === 0 && (project.has(inside) || project.isFolder(inside))) continue;
    const below = all.some((one) => one.isFolder && isUnder(move.from, posix.resolve(folder, one.path)));
    if (found.length === 0 && (!below || /[*?]/.test(move.from))) {
      // What a step makes in the project crosses as it is.
      if (isUnder(move.to, folder) && !/[*?]/.test(move.from)) continue;
      throw new Decline("outputs-unknown", `a step copies ${move.from}, which no known output is`);
    }
    const intoFolder = move.intoFolder || project.isFolder(posix.relative(folder, move.to));
    if (found.length > 1 && !intoFolder)
      throw new Decline("outputs-unknown", `a step copies ${move.from}, which more than one output is`);
    const sources = found.length > 0 ? found : [{ path: move.from, isFolder: move.isRecursive }];
    const news = sources.map((one) => ({
      ...one,
      path: placeIn(folder, intoFolder ? posix.join(move.to, posix.basename(one.path)) : move.to),
    }));
    const isLeft = (one: Made) => move.removes && sources.some(({ path }) => path === one.path);
    const isCovered = (one: Made) => news.some(({ path }) => path === placeIn(folder, posix.resolve(folder, one.path)));
    all = [...all.filter((one) => !isLeft(one) && !isCovered(one)), ...news];
    arrived = [...arrived.filter((one) => !isLeft(one) && !isCovered(one)), ...news];
  }
  return { all, arrived };
}

/** An absolute path relative to `folder`, where it lies in it. */
function placeIn(folder: string, path: string): string {
  return isUnder(path, folder) ? posix.relative(folder, path) : path;
}

/** Whether the shell's `pattern` finds `path`, both absolute. */
export function matches(pattern: string, path: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  return new RegExp(`^${source}$`).test(path);
}
