/** A folder that is gone or new, told once with all that is in it. */
import type { Difference } from "../types.ts";
import type { PathDifference } from "./paths.ts";

/** What is gone below a folder that is gone is told with the folder, and what is new with one that is new. */
export function folded(differences: readonly PathDifference[]): Difference[] {
  const roots = new Map<string, PathDifference>();
  const counts = new Map<string, number>();
  const kept: PathDifference[] = [];
  for (const difference of differences) {
    const { path, kind } = difference;
    const parent = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    const root = roots.get(`${kind} ${parent}`);
    if (kind === "gone" || kind === "added") roots.set(`${kind} ${path}`, root ?? difference);
    if (root) counts.set(`${kind} ${root.path}`, (counts.get(`${kind} ${root.path}`) ?? 0) + 1);
    else kept.push(difference);
  }
  return kept.map(({ path, ...difference }) => {
    const count = counts.get(`${difference.kind} ${path}`);
    if (count === undefined) return difference;
    return { ...difference, what: `${difference.what}, with ${count} ${count === 1 ? "path" : "paths"} in it` };
  });
}
