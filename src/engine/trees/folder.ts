/** A folder on this machine as a file tree. Paths are of the tree: without a slash at the front. */
import { createHash } from "node:crypto";
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync, type Stats, statSync } from "node:fs";
import { decodeBytes, encodeText } from "../../text/index.ts";
import type { ImageTree, TreeEntry } from "../types.ts";
import { attributesBelow } from "./attributes.ts";

/** What lies in the files of the tree `root`. */
export function filesIn(root: string): Omit<ImageTree, "entries"> {
  return {
    read(path, limit = Number.POSITIVE_INFINITY, start = 0) {
      const place = placeOf(root, path);
      const file = openSync(place, "r");
      try {
        return contentOf(file, limit, start, statSync(place).size);
      } finally {
        closeSync(file);
      }
    },
    attributes: (paths) => attributesBelow(root, paths),
    hash(path) {
      const hash = createHash("sha256");
      const file = openSync(placeOf(root, path), "r");
      try {
        const chunk = Buffer.alloc(1 << 20);
        for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk))
          hash.update(chunk.subarray(0, count));
        return hash.digest("hex");
      } finally {
        closeSync(file);
      }
    },
  };
}

/** All that is below the folder `path` of the tree `root`, by path; links are not followed. */
export function* entriesBelow(root: string, path: string): Generator<[string, TreeEntry]> {
  for (const name of readdirSync(placeOf(root, path), { encoding: "buffer" })) {
    const inside = path === "" ? decodeBytes(name) : `${path}/${decodeBytes(name)}`;
    const entry = entryAt(root, inside);
    if (entry === undefined) continue;
    yield [inside, entry];
    if (entry.type === "folder") yield* entriesBelow(root, inside);
  }
}

function contentOf(file: number, limit: number, start: number, size: number): Buffer {
  const content = Buffer.alloc(Math.max(0, Math.min(limit, size - start)));
  let filled = 0;
  while (filled < content.length) {
    const count = readSync(file, content, filled, content.length - filled, start + filled);
    if (count === 0) break;
    filled += count;
  }
  return content.subarray(0, filled);
}

/** Undefined for a socket: a process may leave one, and no archive of an image holds any. */
export function entryAt(root: string, path: string): TreeEntry | undefined {
  const place = placeOf(root, path);
  const stats = lstatSync(place);
  return stats.isSocket() ? undefined : entryOf(place, stats);
}

function placeOf(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), encodeText(path)]);
}

function entryOf(place: Buffer, stats: Stats): TreeEntry {
  const type = typeOf(stats);
  return {
    type,
    mode: stats.mode & 0o7777,
    uid: stats.uid,
    gid: stats.gid,
    size: type === "file" ? stats.size : 0,
    target:
      type === "symlink"
        ? decodeBytes(readlinkSync(place, { encoding: "buffer" }))
        : type === "device"
          ? device(stats)
          : "",
    // Where all layers are on one file system, overlayfs gives the number of the file underneath (kernel documentation, overlayfs).
    identity: String(Number.isSafeInteger(stats.ino) ? stats.ino : lstatSync(place, { bigint: true }).ino),
  };
}

function typeOf(stats: Stats): TreeEntry["type"] {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "folder";
  if (stats.isSymbolicLink()) return "symlink";
  return stats.isFIFO() ? "fifo" : "device";
}

/** The number as Linux splits it (glibc, sys/sysmacros.h). */
function device(stats: Stats): string {
  const number = BigInt(stats.rdev);
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xfffff000n);
  const minor = (number & 0xffn) | ((number >> 12n) & 0xffffff00n);
  return `${stats.isCharacterDevice() ? "c" : "b"} ${major}:${minor}`;
}
