import { type Digest, digest, isKnown, mix, nameDigest, type Text, unknownText } from "../digest.ts";
import type { Entry } from "../entry.ts";
import { parentOf } from "../paths.ts";
import type { World } from "../world.ts";
import type { Machine } from "./machine.ts";
import type { ShellState } from "./state.ts";

/** The mode of a new file: 666 without the umask's bits. */
export function fileMode(state: ShellState): Text {
  return masked(0o666, state.umask);
}

export function folderMode(state: ShellState): Text {
  return masked(0o777, state.umask);
}

function masked(mode: number, umask: Text): Text {
  if (!isKnown(umask)) return unknownText("masked", mode, umask);
  return (mode & ~Number.parseInt(umask, 8)).toString(8);
}

/** Owner and group of what a shell makes; `=` is the user's own group. */
export function ownerOf({ user }: ShellState): Text {
  return user.includes(":") ? user : `${user || "0"}:=`;
}

/** Whether there is a folder at `path`, which has no links in it; where the base decides, the oracle speaks for it. */
export function folderExists(path: string, machine: Machine): boolean {
  const isFolder = machine.world.isFolder(path);
  if (isFolder !== undefined) return isFolder;
  const found = machine.world.find(path);
  return !found.known && machine.oracle.succeeds(digest("folder", found.key));
}

/** The topmost of the folders on the way to `path`, itself included, that is not known to be there. */
export function firstMissing(path: string, world: World): string | undefined {
  let missing: string | undefined;
  for (let at = path; at !== "/"; at = parentOf(at)) {
    const found = world.find(at);
    if (found.known && found.entry) break;
    missing = at;
  }
  return missing;
}

const READ = 4;
const WRITE = 2;
const SEARCH = 1;

/** Root may do anything; a user that only the base image knows is taken for root, as most bases have it. */
export function isRoot({ user }: ShellState): boolean {
  const [name = ""] = user.split(":");
  return name === "" || name === "0" || name === "root" || !isKnown(name);
}

/** Whether the user may read the file at `path`, which has no links in it. What modes and owners don't tell, the oracle decides. */
export function mayRead(path: string, state: ShellState, machine: Machine): boolean {
  return isRoot(state) || (mayReach(path, state, machine) && permits(path, READ, state, machine));
}

/** Whether the user may change the content of the file at `path`. */
export function mayWrite(path: string, state: ShellState, machine: Machine): boolean {
  return isRoot(state) || (mayReach(path, state, machine) && permits(path, WRITE, state, machine));
}

/** Whether the user may add `path` to its folder, or take it out. */
export function mayChange(path: string, state: ShellState, machine: Machine): boolean {
  return isRoot(state) || (mayReach(path, state, machine) && permits(parentOf(path), WRITE, state, machine));
}

/** Whether the user may change mode and owner of `path`. */
export function mayOwn(path: string, state: ShellState, machine: Machine): boolean {
  if (isRoot(state)) return true;
  const found = machine.world.find(path);
  const isOwn = found.known && found.entry ? isOwner(found.entry, state) : undefined;
  return isOwn ?? machine.oracle.succeeds(digest("owns", state.user, path));
}

function mayReach(path: string, state: ShellState, machine: Machine): boolean {
  for (let folder = parentOf(path); folder !== "/"; folder = parentOf(folder)) {
    if (!permits(folder, SEARCH, state, machine)) return false;
  }
  return true;
}

function permits(path: string, bit: number, state: ShellState, machine: Machine): boolean {
  const found = machine.world.find(path);
  const known = found.known && found.entry ? allowed(found.entry, bit, state) : undefined;
  return known ?? machine.oracle.succeeds(digest("permits", bit, state.user, path, found.known ? 0 : found.key));
}

function allowed(entry: Entry, bit: number, state: ShellState): boolean | undefined {
  if (!isKnown(entry.mode)) return undefined;
  const mode = Number.parseInt(entry.mode, 8);
  const [own, group, others] = [6, 3, 0].map((shift) => (mode & (bit << shift)) !== 0);
  if (own === group && group === others) return own;
  const isOwn = isOwner(entry, state);
  if (isOwn) return own;
  return isOwn === false && group === others ? others : undefined;
}

/** Undefined where one is a name and the other a number. */
function isOwner({ owner }: Entry, { user }: ShellState): boolean | undefined {
  const [name, other] = [owner, user].map((each) => each.split(":")[0] ?? "") as [string, string];
  if (name === other) return true;
  const isKind = isKnown(name) && (name === "0" || name === "root" || /^\d/.test(name) === /^\d/.test(other));
  return isKind ? false : undefined;
}

/** A command wrote to `paths`: what lies there now follows from `wrote`. */
export function coverPaths(paths: readonly string[], wrote: Digest, world: World): void {
  let ensured = "/";
  for (const written of paths) {
    const path = world.resolve(written) ?? written;
    // Neighbours are written one after another, and none of them takes the folder away.
    const folder = parentOf(path);
    const above = world.find(folder);
    if (folder !== "/" && above.known && !above.entry) {
      // Whether the command makes the folder is its own affair.
      world.cover(firstMissing(folder, world) ?? folder, mix(wrote, nameDigest(path)));
      continue;
    }
    if (folder !== ensured) world.ensureFolder(folder, "755", "0:0");
    ensured = folder;
    world.cover(path, mix(wrote, nameDigest(path)));
  }
}
