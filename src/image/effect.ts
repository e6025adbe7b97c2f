/** What a step takes and what it leaves: files, variables, settings. Two steps whose effects don't meet can change places (commute.ts). */
import { isWithin } from "./context-copies.ts";

export interface Effect {
  /** Absolute paths, each with all below it; `/` is everything. */
  readonly reads: readonly string[];
  /** Likewise; a path may also be made new, with the folders above it. */
  readonly writes: readonly string[];
  /** Whether the value of a variable of this name, set by ENV or ARG, could reach it. */
  readsVariable(name: string): boolean;
  /** Names that it sets or declares. */
  readonly variables: readonly string[];
  /** What it works under: `cwd`, `user`, `shell`; a key of the config; the id of a cache mount. */
  readonly uses: readonly string[];
  /** Settings that it changes, by the same names. */
  readonly sets: readonly string[];
  /** Users and groups that it looks up by name; undefined is one that is not known. */
  readonly accounts: readonly (string | undefined)[];
  /** Why its files are not known, where they are not: a sentence's end, "… may read and write anything". */
  readonly unknown?: string;
}

/** An effect of nothing, to be filled. */
export const NO_EFFECT: Effect = {
  reads: [],
  writes: [],
  readsVariable: () => false,
  variables: [],
  uses: [],
  sets: [],
  accounts: [],
};

/** Reads and writes everything. */
export const EVERYTHING = {
  reads: ["/"],
  writes: ["/"],
  readsVariable: () => true,
  uses: ["cwd", "user", "shell"],
  accounts: [undefined],
} as const;

/** Names in `user:group`; numbers need no account. */
export function accountsIn(owner: string | undefined): (string | undefined)[] {
  if (owner === undefined) return [undefined];
  return owner.split(":").filter((name) => name !== "" && !/^\d+$/.test(name));
}

/** Whether two paths, each with all below it, meet. */
export function meet(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a);
}
