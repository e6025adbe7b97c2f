/** Is it the rewrite, or do two builds of the original differ in the same way? */
import { posix } from "node:path";
import type { Difference, ImageTree } from "../types.ts";
import { configDifferences } from "./config.ts";
import { contentRule, isNamedForMoment, nameRule } from "./moment.ts";
import { type PathDifference, pathDifferences } from "./paths.ts";
import type { Comparison, OpenImage } from "./types.ts";

/**
 * `comparison` with the differences that a second build of the original (`again`) shows as well taken as unsteady. A path differs by
 * itself only in the way in which the originals do: an owner that the rewrite changed is its own, whatever the content does.
 */
export function settle(comparison: Comparison, before: OpenImage, after: OpenImage, again: OpenImage): Comparison {
  const originals = pathDifferences(before.tree, again.tree);
  const settings = new Set(configDifferences(before.info, again.info).map(({ at, what }) => `${at} ${nameIn(what)}`));
  const names = variants(originals);
  const ways = new Set(originals.map(({ path, kind }) => `${presence(kind)} ${path}`));

  // Where a rule says what of a content may differ, and the rewrite's differs in more, that is its own.
  const isOfMoment = (path: string, kind: string) =>
    kind === "content" && contentRule(path, before.tree, again.tree) !== undefined;

  const isUnsteady = ({ at, kind, what }: Difference): boolean => {
    if (kind === "config") return settings.has(`${at} ${nameIn(what)}`);
    const path = at.slice(1);
    if (kind !== "gone" && kind !== "added") return ways.has(`${kind} ${path}`) && !isOfMoment(path, kind);
    // That one is missing of those that are named for the moment is not by the moment.
    if (isNamedForMoment(path)) return nameRule(path, before.tree, again.tree) === undefined;
    return isWithin(path, (folder) => ways.has(`presence ${folder}`)) || (kind === "added" && names(path, after.tree));
  };
  const unsteady = comparison.differences.filter(isUnsteady);
  return {
    ...comparison,
    differences: comparison.differences.filter((difference) => !unsteady.includes(difference)),
    unsteady: [...comparison.unsteady, ...unsteady.map(({ at }) => ({ at, rule: undefined }))],
  };
}

function presence(kind: PathDifference["kind"]): string {
  return kind === "gone" || kind === "added" ? "presence" : kind;
}

/** `PATH` of `PATH: "/bin" is gone`. */
function nameIn(what: string): string {
  return /^[^:]*/.exec(what)![0];
}

/** Whether a path or a folder above it is in question. */
function isWithin(path: string, test: (folder: string) => boolean): boolean {
  for (let folder = path; folder !== "."; folder = posix.dirname(folder)) if (test(folder)) return true;
  return false;
}

/**
 * Whether a path of a third build could be one of those that the originals name anew each time (`/tmp/tmp.a1b2`): of the same type and in
 * the same folder, where the names have their ends in common, numbers aside.
 */
function variants(originals: readonly PathDifference[]): (path: string, tree: ImageTree) => boolean {
  const gone = originals.filter(({ kind }) => kind === "gone");
  const added = originals.filter(({ kind }) => kind === "added");
  const shapes = gone.flatMap((old) =>
    added.filter((now) => isAlike(old, now)).map((now) => shapeOf(old.path, now.path)),
  );
  return (path) => isWithin(path, (folder) => shapes.some((shape) => shape.test(folder)));
}

function isAlike(a: PathDifference, b: PathDifference): boolean {
  return posix.dirname(a.path) === posix.dirname(b.path) && a.what.split(" ")[0] === b.what.split(" ")[0];
}

/** Names that differ in numbers alone may have any numbers; others have their ends, and the length that both have, in common. */
function shapeOf(a: string, b: string): RegExp {
  const folder = posix.dirname(a) === "." ? "" : `${quoted(posix.dirname(a))}/`;
  const [x, y] = [posix.basename(a), posix.basename(b)];
  const numberless = quoted(x).replace(/\d+/g, "\\d+");
  if (numberless === quoted(y).replace(/\d+/g, "\\d+")) return new RegExp(`^${folder}${numberless}$`);
  const shortest = Math.min(x.length, y.length);
  let head = 0;
  while (head < shortest && x[head] === y[head]) head++;
  let tail = 0;
  while (tail < shortest - head && x.at(-1 - tail) === y.at(-1 - tail)) tail++;
  const length = x.length === y.length ? `{${x.length - head - tail}}` : head + tail > 0 ? "+" : "{0}";
  return new RegExp(`^${folder}${quoted(x.slice(0, head))}[^/]${length}${quoted(x.slice(x.length - tail))}$`, "s");
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
