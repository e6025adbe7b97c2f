/** Files that a base image begins and that steps behind it go on with: accounts, and what package managers keep. */
import type { ImageTree } from "../types.ts";
import { goneFrom, MADE_ANEW, STATUS } from "./system-packages.ts";
import type { Bases } from "./types.ts";

const LINES =
  /^etc\/((passwd|group|shadow|gshadow|subuid|subgid)-?|shells)$|^var\/lib\/dpkg\/(triggers\/File|diversions)$/;
const BLOCKS = /^var\/lib\/(dpkg\/status|apt\/extended_states)$|^var\/cache\/debconf\/\w+\.dat(-old)?$/;

/** Whether all that only one of the images has in a list is what its base image has there, or is of a package that only builds need. */
export function isListOfBases(path: string, before: ImageTree, after: ImageTree, bases: Bases): boolean {
  const [old, now] = [before.entries.get(path), after.entries.get(path)];
  if (
    old?.type !== "file" ||
    now?.type !== "file" ||
    old.mode !== now.mode ||
    old.uid !== now.uid ||
    old.gid !== now.gid
  )
    return false;
  if (MADE_ANEW.includes(path)) return true;
  const separator = LINES.test(path) ? "\n" : BLOCKS.test(path) ? "\n\n" : undefined;
  if (separator === undefined) return false;
  const unitsOf = (tree: ImageTree) =>
    new Set(tree.entries.has(path) ? tree.read(path).toString().trim().split(separator) : []);
  const [had, has] = [unitsOf(before), unitsOf(after)];
  const [ofOld, ofNew] = [unitsOf(bases.before.tree), unitsOf(bases.after.tree)];
  const gone = separator === "\n\n" ? goneFrom(STATUS, before, after) : new Set<string>();
  const isGone = (unit: string) => gone.has(/^Package: (.*)$/m.exec(unit)?.[1] ?? "");
  return (
    [...had].every((unit) => has.has(unit) || ofOld.has(unit) || isGone(unit)) &&
    [...has].every((unit) => had.has(unit) || ofNew.has(unit))
  );
}
