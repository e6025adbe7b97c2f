import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { complaintOf } from "./complaint.ts";

/** A file to replace. */
export interface Replacement {
  readonly file: string;
  /** For people. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Puts new bytes in the place of existing files, of all or of none: temporary files beside them, fsync, renames. Keeps modes and,
 * where permitted, owners. A symbolic link stays one; its target is replaced. Ctrl-C waits until all are done.
 */
export async function replaceFiles(replacements: readonly Replacement[]): Promise<void> {
  const release = holdSignals();
  try {
    replaceAll(replacements);
    // Here a signal that came meanwhile is seen.
    await setImmediate();
  } finally {
    release();
  }
}

const signals = ["SIGINT", "SIGTERM"] as const;

/** A signal with a listener waits for the code at hand; heard once, it is sent again and ends the process as it would have. */
function holdSignals(): () => void {
  const again = (signal: NodeJS.Signals) => void process.kill(process.pid, signal);
  for (const signal of signals) process.once(signal, again);
  return () => {
    for (const signal of signals) process.off(signal, again);
  };
}

/** New bytes that wait beside the file that they are to replace. */
interface Waiting {
  readonly path: string;
  readonly target: string;
  readonly temporary: string;
}

function replaceAll(replacements: readonly Replacement[]): void {
  const old: Replacement[] = [];
  try {
    replaceEach(replacements, old);
  } catch (error) {
    replaceEach(old, []);
    throw error;
  }
}

/** Adds to `old` what was there in the place of each that it replaced. */
function replaceEach(replacements: readonly Replacement[], old: Replacement[]): void {
  const waiting: Waiting[] = [];
  try {
    for (const replacement of replacements) waiting.push(prepared(replacement, waiting.length));
    for (const { path, target, temporary } of waiting)
      complaining(path, () => {
        const bytes = readFileSync(target);
        renameSync(temporary, target);
        old.push({ file: target, path, bytes });
        syncFolder(dirname(target));
      });
  } finally {
    // Those that were renamed are not there any more.
    for (const { temporary } of waiting) rmSync(temporary, { force: true });
  }
}

function prepared({ file, path, bytes }: Replacement, number: number): Waiting {
  return complaining(path, () => {
    const target = realpathSync(file);
    const { mode, uid, gid } = statSync(target);
    const temporary = join(dirname(target), `.refit-${process.pid}-${Date.now().toString(36)}-${number}`);
    const descriptor = openSync(temporary, "wx", 0o600);
    try {
      writeAll(descriptor, bytes);
      keepOwner(descriptor, uid, gid);
      fchmodSync(descriptor, mode & 0o7777);
      fsyncSync(descriptor);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    } finally {
      closeSync(descriptor);
    }
    return { path, target, temporary };
  });
}

/** What goes wrong with a file is told as the user's to mend. */
function complaining<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw complaintOf(path, error);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
}

/** Only root may give a file away; for anybody else the new file is theirs, as with every editor. */
function keepOwner(descriptor: number, uid: number, gid: number): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
  }
}

/** So that the rename, too, survives a power cut. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
