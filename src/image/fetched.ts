/**
 * Downloads that a step made ahead. The command that needs them would make the same, so the model shows it none: before a command of the
 * same ecosystem runs in the same project, what lay there before is put back, and two files that differ in such a step alone agree behind
 * that command. Every other command sees them.
 */
import { posix } from "node:path";
import { isUnder } from "../context/index.ts";
import type { Digest } from "./digest.ts";
import { EMPTY } from "./node.ts";
import type { Subtree, Tree } from "./tree.ts";

/**
 * Where something that an ecosystem says it fetched lies: `path` is absolute, below the project's folder, or with `~` below the home folder
 * of `user` (as USER has it), which is `home` where that is known.
 */
export function fetchedPlace(
  path: string,
  project: string,
  { user, home }: { readonly user: string | undefined; readonly home: string | undefined },
): string {
  if (!path.startsWith("~")) return posix.resolve(project, path);
  const [name = ""] = (user ?? "").split(":");
  const usual = ["", "root", "0"].includes(name) ? "/root" : `/home/${name}`;
  return posix.join(home?.startsWith("/") ? home : usual, path.slice(1));
}

export interface Fetched {
  readonly ecosystem: string;
  /** The project's folder, absolute. */
  readonly project: string;
  /** Where in the tree the downloads lie. */
  readonly path: string;
  /** What was there before. */
  readonly under: Subtree;
  /** What is there while nobody has touched them. */
  readonly left: Digest;
}

/** Covers `path` with downloads. */
export function coverWithDownloads(
  tree: Tree,
  path: string,
  ground: Digest,
  who: Pick<Fetched, "ecosystem" | "project">,
): void {
  const under = tree.share(path);
  tree.cover(path, ground);
  tree.fetched = [...tree.fetched, { ...who, path, under, left: tree.digestOf(path) }];
}

/** Takes away what `ecosystem` fetched for `project`, as far as it is untouched. Downloads outside of a project serve all of them. */
export function takeDownloads(tree: Tree, ecosystem: string, project: string): void {
  const isOurs = (fetched: Fetched) =>
    fetched.ecosystem === ecosystem &&
    (!isUnder(fetched.path, fetched.project) || isUnder(project, fetched.project) || isUnder(fetched.project, project));
  // The last that was put there lies on top.
  for (const { path, left, under } of tree.fetched.filter(isOurs).reverse()) {
    if (tree.digestOf(path) !== left) continue;
    if (under.node || under.entry || under.ground !== EMPTY) tree.graft(path, under);
    else tree.remove(path);
  }
  tree.fetched = tree.fetched.filter((fetched) => !isOurs(fetched));
}
