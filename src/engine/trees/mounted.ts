/** Trees of images read from the engine's own layers on this machine, stacked by the kernel: nothing is copied. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync, type Stats, statSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { decodeBytes, encodeText } from "../../text/index.ts";
import type { ImageTree, TreeEntry } from "../types.ts";
import { attributesBelow } from "./attributes.ts";
import type { OpenTrees } from "./open-trees.ts";

/** The system call mount(2): the newer one takes 256 bytes for an option, which many layers fill. */
const OLD_MOUNT = { ...process.env, LIBMOUNT_FORCE_MOUNT2: "always" };

/** `stacks` are the layers' folders of each image, the topmost first, all on one file system. Needs root. */
export async function mountedTrees(stacks: readonly (readonly string[])[], scratch: string): Promise<OpenTrees> {
  const work = await mkdtemp(join(scratch, "mounted-"));
  const roots: number[] = [];
  const close = async () => {
    for (const root of roots.splice(0)) closeSync(root);
    await rm(work, { recursive: true });
  };
  try {
    for (const folders of stacks) roots.push(await mountOf(folders, join(work, String(roots.length))));
    return { trees: roots.map(treeIn), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The root folder of the stacked layers, open. The mount itself is taken off its place at once and lives as long as something in it is
 * open, so that however this process ends, none is left behind.
 */
async function mountOf(folders: readonly string[], work: string): Promise<number> {
  await mkdir(work);
  // Names of one or two characters: 128 layers must fit into one page.
  const names = folders.map((_, index) => index.toString(36));
  await Promise.all(folders.map((folder, index) => symlink(folder, join(work, names[index]!))));
  // An overlay has at least two layers.
  await Promise.all(["empty", "root"].map((name) => mkdir(join(work, name))));
  const options = `ro,lowerdir=${[...names, "empty"].join(":")}`;
  execFileSync("mount", ["-t", "overlay", "overlay", "-o", options, join(work, "root")], {
    cwd: work,
    env: OLD_MOUNT,
    stdio: "pipe",
  });
  try {
    return openSync(join(work, "root"), "r");
  } finally {
    execFileSync("umount", ["--lazy", join(work, "root")]);
  }
}

function treeIn(root: number): ImageTree {
  const folder = `/proc/${process.pid}/fd/${root}`;
  const at = (path: string) => Buffer.concat([Buffer.from(`${folder}/`), encodeText(path)]);
  return {
    entries: entriesIn(folder),
    read(path, limit = Number.POSITIVE_INFINITY, start = 0) {
      const file = openSync(at(path), "r");
      try {
        return contentOf(file, limit, start, statSync(at(path)).size);
      } finally {
        closeSync(file);
      }
    },
    attributes: (paths) => attributesBelow(folder, paths),
    hash(path) {
      const hash = createHash("sha256");
      const file = openSync(at(path), "r");
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

function entriesIn(root: string): ReadonlyMap<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  const slash = Buffer.from("/");
  const read = (folder: Buffer, path: string) => {
    for (const name of readdirSync(folder, { encoding: "buffer" })) {
      const place = Buffer.concat([folder, slash, name]);
      const inside = path === "" ? decodeBytes(name) : `${path}/${decodeBytes(name)}`;
      const stats = lstatSync(place);
      // A process may leave one; no archive of an image holds any.
      if (stats.isSocket()) continue;
      entries.set(inside, entryOf(place, stats));
      if (stats.isDirectory()) read(place, inside);
    }
  };
  read(Buffer.from(root), "");
  return entries;
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
