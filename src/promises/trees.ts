import { cacheOf } from "../ecosystems/index.ts";
import { readable, type Tree } from "../image/index.ts";

/** A difference is named by its first few paths; more don't help anybody. */
const MOST_NAMED = 5;

/** Where two trees differ, in plain words. With `lessCaches`, what is in caches may be gone, but nothing may be there instead. */
export function treeDifferences(before: Tree, after: Tree, lessCaches = false): string[] {
  if (before.digest === after.digest) return [];
  const old = placesOf(before);
  const now = placesOf(after);
  const differences: string[] = [];
  for (const path of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    if (differences.length === MOST_NAMED) return [...differences, "and more"];
    const a = old.get(path);
    const b = now.get(path);
    if (lessCaches && cacheOf(path) !== undefined && isGone(b)) continue;
    if (a?.ground !== b?.ground) differences.push(`what a command may have written at ${path} differs`);
    else if (a?.entry?.digest !== b?.entry?.digest) differences.push(entryDifference(path, a, b));
  }
  return differences;
}

type Place = ReturnType<Tree["walk"]> extends Generator<infer P> ? P : never;

function placesOf(tree: Tree): Map<string, Place> {
  return new Map([...tree.walk()].map((place) => [place.path, place]));
}

/** Whether nothing is there any more, neither a file nor what a command may have written. */
function isGone(place: Place | undefined): boolean {
  return !place?.ground && (!place?.entry || place.entry.kind === "absent");
}

function entryDifference(path: string, before: Place | undefined, after: Place | undefined): string {
  const old = before?.entry;
  const now = after?.entry;
  if (!old) return now?.kind === "absent" ? `${path} is deleted` : `${path} is new`;
  if (!now) return old.kind === "absent" ? `${path} is not deleted` : `${path} is missing`;
  if (old.kind !== now.kind) return `${path} was ${old.kind}, is ${now.kind}`;
  const what = (["mode", "owner", "content"] as const).find((part) => old[part] !== now[part]) ?? "content";
  return `${what} of ${path} was \`${readable(old[what])}\`, is \`${readable(now[what])}\``;
}
