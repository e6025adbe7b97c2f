/** Reads the archive that `docker export` writes (POSIX.1-2001, "pax Interchange Format", which extends ustar). */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

/** What an image promises about one path. Modification times are left out. */
export interface Entry {
  readonly type: "file" | "hard link" | "symlink" | "character device" | "block device" | "folder" | "fifo";
  /** Octal. */
  readonly mode: string;
  /** `uid:gid`. */
  readonly owner: string;
  /** Of a link. */
  readonly target: string;
  /** SHA-256 of a file's content. */
  readonly content: string;
  /** Extended attributes, capabilities among them. */
  readonly attributes: Readonly<Record<string, string>>;
}

const BLOCK = 512;
const TYPES = ["file", "hard link", "symlink", "character device", "block device", "folder", "fifo"] as const;

/** By path, without a slash at either end. */
export function readTar(path: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const file = openSync(path, "r");
  let at = 0;
  const read = (size: number) => {
    const bytes = Buffer.alloc(size);
    const got = readSync(file, bytes, 0, size, at);
    if (got < size) throw new Error(`${path} ends too early`);
    at += size;
    return bytes;
  };
  let extended = new Map<string, string>();
  try {
    for (;;) {
      const header = read(BLOCK);
      if (header[0] === 0) return entries;
      const size = Number(extended.get("size") ?? number(header, 124, 12));
      const kind = text(header, 156, 1);
      const next = at + Math.ceil(size / BLOCK) * BLOCK;
      if (kind === "x" || kind === "g") {
        if (kind === "x") extended = records(read(size));
      } else {
        const prefix = text(header, 345, 155);
        const name = extended.get("path") ?? (prefix ? `${prefix}/` : "") + text(header, 0, 100);
        const hash = createHash("sha256");
        for (let left = size; left > 0; left -= 1 << 20) hash.update(read(Math.min(left, 1 << 20)));
        const attributes = [...extended].filter(([key]) => key.startsWith("SCHILY.xattr."));
        entries.set(name.replace(/^\.?\/|\/$/g, ""), {
          type: TYPES[Number(kind) || 0]!,
          mode: number(header, 100, 8).toString(8),
          owner: [extended.get("uid") ?? number(header, 108, 8), extended.get("gid") ?? number(header, 116, 8)].join(
            ":",
          ),
          target: extended.get("linkpath") ?? text(header, 157, 100),
          content: hash.digest("hex"),
          attributes: Object.fromEntries(attributes),
        });
        extended = new Map();
      }
      at = next;
    }
  } finally {
    closeSync(file);
  }
}

function text(header: Buffer, start: number, size: number): string {
  const field = header.subarray(start, start + size);
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end < 0 ? size : end);
}

function number(header: Buffer, start: number, size: number): number {
  return Number.parseInt(text(header, start, size).trim() || "0", 8);
}

/** `LENGTH KEY=VALUE\n`, one after the other. */
function records(bytes: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const length = Number.parseInt(bytes.toString("latin1", at, bytes.indexOf(" ", at)), 10);
    const [, key, value] = /^\d+ ([^=]+)=(.*)\n$/s.exec(bytes.toString("utf8", at, at + length))!;
    found.set(key!, value!);
    at += length;
  }
  return found;
}
