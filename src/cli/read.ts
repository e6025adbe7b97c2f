import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from "node:fs";
import { decodeBytes } from "../text/index.ts";
import { Complaint, complaintOf } from "./complaint.ts";

/** The largest Dockerfile that refit reads, in bytes. Real ones stay below 100 kB. */
const maxBytes = 4 * 1024 * 1024;

/** Reads a Dockerfile. Throws a `Complaint` for what is not a text of a size that a person could have written. `path` is for people. */
export function readSource(file: string, path: string): string {
  return decode(readBytes(file, path), path);
}

/** Bytes from anywhere to text; a NUL in the first 8,000 bytes means binary, as git has it. */
export function decode(bytes: Uint8Array, path: string): string {
  if (bytes.length > maxBytes) throw tooLarge(path, bytes.length);
  if (bytes.subarray(0, 8000).includes(0)) throw new Complaint(path, "is a binary file");
  return decodeBytes(bytes);
}

function readBytes(file: string, path: string): Uint8Array {
  let descriptor: number | undefined;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) throw new Complaint(path, "is a folder");
    if (!stats.isFile()) throw new Complaint(path, "is not a regular file");
    if (stats.size > maxBytes) throw tooLarge(path, stats.size);
    return readFileSync(descriptor);
  } catch (error) {
    throw isDangling(file, error) ? new Complaint(path, "is a symbolic link to nothing") : complaintOf(path, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function isDangling(file: string, error: unknown): boolean {
  const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
  return missing && lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function tooLarge(path: string, bytes: number): Complaint {
  const megabytes = (count: number) => `${Math.ceil(count / 1024 / 1024)} MB`;
  return new Complaint(path, `is ${megabytes(bytes)} large; refit reads Dockerfiles up to ${megabytes(maxBytes)}`);
}
