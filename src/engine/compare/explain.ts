/** What is gone or new, sorted by the declared rules of a promise. */
import { isStandingFolder } from "../../ecosystems/index.ts";
import type { Explained, ImageTree } from "../types.ts";
import type { PathDifference } from "./paths.ts";

/** The name of the rule by which a path (without a slash at the front) may be gone, or new; undefined where none says so. */
export type PathRule = (path: string) => string | undefined;

export interface Sorted {
  readonly explained: readonly Explained[];
  /** What no rule explains. */
  readonly left: readonly PathDifference[];
}

/**
 * Applies `rules`, the first that fits, to what only `tree` has. A folder goes with what is in it: by rule where all of that does, and for
 * itself where it is empty. One that programs take for granted never goes.
 */
export function explainPaths(only: readonly PathDifference[], tree: ImageTree, rules: readonly PathRule[]): Sorted {
  const tally = new Map<string, { paths: number; bytes: number }>();
  const inside = new Map<string, { rule: string | undefined; left: boolean }>();
  const left: PathDifference[] = [];
  // Sorted the other way round, what is in a folder comes before the folder.
  for (const difference of [...only].reverse()) {
    const { path } = difference;
    const contents = inside.get(path);
    const rule = stands(path, tree) ? undefined : contents ? contents.rule : first(rules, path);
    const stays = rule === undefined || contents?.left === true;
    if (rule !== undefined && !stays) {
      const { paths, bytes } = tally.get(rule) ?? { paths: 0, bytes: 0 };
      tally.set(rule, { paths: paths + 1, bytes: bytes + tree.entries.get(path)!.size });
    } else if (rule === undefined) left.push(difference);
    const parent = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    const above = inside.get(parent) ?? { rule: undefined, left: false };
    inside.set(parent, { rule: above.rule ?? rule, left: above.left || stays });
  }
  const explained = [...tally].map(([rule, amounts]) => ({ rule, ...amounts }));
  return { explained: explained.sort((a, b) => b.paths - a.paths), left: left.reverse() };
}

/** A folder in `/home` that is nobody's home is any folder. */
function stands(path: string, tree: ImageTree): boolean {
  if (!isStandingFolder(`/${path}`)) return false;
  if (!path.startsWith("home/") || tree.entries.get(ACCOUNTS)?.type !== "file") return true;
  return tree.read(ACCOUNTS).toString().includes(`:/${path}:`);
}

const ACCOUNTS = "etc/passwd";

function first(rules: readonly PathRule[], path: string): string | undefined {
  for (const rule of rules) {
    const name = rule(path);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** As if they were one list. */
export function addedUp(lists: readonly (readonly Explained[])[]): Explained[] {
  const sums = new Map<string, Explained>();
  for (const { rule, paths, bytes } of lists.flat()) {
    const sum = sums.get(rule) ?? { rule, paths: 0, bytes: 0 };
    sums.set(rule, { rule, paths: sum.paths + paths, bytes: sum.bytes + bytes });
  }
  return [...sums.values()];
}
