/** A folder on disk as the file tree of an image, for tests without an engine. */
import { createHash } from "node:crypto";
import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  type Stats,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { ImageTree, TreeEntry } from "../../src/engine/types.ts";

/** Everything below `root`, or only the paths `only` of it with what lies below them; links are not followed. */
export function diskTree(root: string, only: readonly string[] = [""]): ImageTree {
  const entries = new Map<string, TreeEntry>();
  const read = (folder: string) => {
    for (const name of readdirSync(join(root, folder))) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const entry = entryOf(join(root, path));
      entries.set(path, entry);
      if (entry.type === "folder") read(path);
    }
  };
  for (const folder of only) {
    const names = folder.split("/").filter((name) => name !== "");
    for (const [index] of names.entries()) {
      const path = names.slice(0, index + 1).join("/");
      entries.set(path, entryOf(join(root, path)));
    }
    if (folder === "" || entries.get(folder)?.type === "folder") read(folder);
  }
  return {
    entries,
    read(path, limit, start = 0) {
      if (limit === undefined) return readFileSync(join(root, path)).subarray(start);
      const file = openSync(join(root, path), "r");
      try {
        const bytes = Buffer.alloc(limit);
        return bytes.subarray(0, readSync(file, bytes, 0, limit, start));
      } finally {
        closeSync(file);
      }
    },
    attributes: () => new Map(),
    hash: (path) =>
      createHash("sha256")
        .update(readFileSync(join(root, path)))
        .digest("hex"),
  };
}

function entryOf(path: string): TreeEntry {
  const stats = lstatSync(path);
  const type = typeOf(stats);
  return {
    type,
    mode: stats.mode & 0o7777,
    uid: stats.uid,
    gid: stats.gid,
    size: type === "file" ? stats.size : 0,
    target: type === "symlink" ? readlinkSync(path) : "",
    identity: String(stats.ino),
  };
}

function typeOf(stats: Stats): TreeEntry["type"] {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "folder";
  if (stats.isSymbolicLink()) return "symlink";
  return stats.isFIFO() ? "fifo" : "device";
}

/** A file, executable where it starts with `#!`; or a link. */
export type Content = string | { readonly link: string } | { readonly bytes: Buffer };

/** Writes files by path below `root`. */
export function writeTree(root: string, files: Readonly<Record<string, Content>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === "string") writeFileSync(file, content, { mode: content.startsWith("#!") ? 0o755 : 0o644 });
    else if ("link" in content) symlinkSync(content.link, file);
    else writeFileSync(file, content.bytes, { mode: 0o755 });
  }
}
