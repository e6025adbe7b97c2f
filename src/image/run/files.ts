import { digest, isKnown, type Text, unknownText } from "../digest.ts";
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
