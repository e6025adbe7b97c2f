import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { complaintOf } from "./complaint.ts";

/**
 * Puts `bytes` in the place of an existing file, or leaves it as it was: temporary file beside it, fsync, rename. Keeps mode and,
 * where permitted, owner. A symbolic link stays one; its target is replaced. Ctrl-C waits until the file is done.
 */
export async function replaceFile(file: string, path: string, bytes: Uint8Array): Promise<void> {
  const release = holdSignals();
  try {
    replace(file, path, bytes);
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

function replace(file: string, path: string, bytes: Uint8Array): void {
  let temporary: string | undefined;
  try {
    const target = realpathSync(file);
    const { mode, uid, gid } = statSync(target);
    const name = join(dirname(target), `.refit-${process.pid}-${Date.now().toString(36)}`);
    const descriptor = openSync(name, "wx", 0o600);
    temporary = name;
    try {
      writeAll(descriptor, bytes);
      keepOwner(descriptor, uid, gid);
      fchmodSync(descriptor, mode & 0o7777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(name, target);
    temporary = undefined;
    syncFolder(dirname(target));
  } catch (error) {
    throw complaintOf(path, error);
  } finally {
    if (temporary !== undefined) rmSync(temporary, { force: true });
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
