/** What lies in a context folder before `.dockerignore` is asked. */
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";

export type EntryKind = "file" | "folder" | "link";

/** A tree of files, read lazily. Links are entries of their own and are never followed. */
export interface Tree {
  /** What lies directly in `folder` ("" is the root), by name. Empty where there is no such folder. */
  entries(folder: string): ReadonlyMap<string, EntryKind>;
  /** Text of a file; undefined where it can't be read or is over `LARGEST`. */
  text(path: string): string | undefined;
  /** Where a link leads, as it is written; undefined where it can't be read. */
  target(path: string): string | undefined;
  /** Permissions of a file or folder. */
  mode(path: string): number | undefined;
}

const LARGEST = 16 * 1024 * 1024;

export function diskTree(root: string): Tree {
  return {
    entries(folder) {
      const entries = new Map<string, EntryKind>();
      for (const entry of foldersEntries(join(root, folder))) {
        if (entry.isDirectory()) entries.set(entry.name, "folder");
        else if (entry.isSymbolicLink()) entries.set(entry.name, "link");
        else if (entry.isFile()) entries.set(entry.name, "file");
      }
      return entries;
    },
    text: (path) => textOf(join(root, path)),
    target(path) {
      try {
        return readlinkSync(join(root, path));
      } catch {
        return undefined;
      }
    },
    mode(path) {
      const stats = statSync(join(root, path), { throwIfNoEntry: false });
      return stats && stats.mode & 0o7777;
    },
  };
}

/** Text of a file on disk; undefined where it can't be read or is over `LARGEST`. */
export function textOf(path: string): string | undefined {
  try {
    const { size } = statSync(path);
    return size > LARGEST ? undefined : readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** A folder that can't be read is empty; BuildKit fails on it. */
function foldersEntries(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The mode of a symbolic link. */
export const LINK = 0o120777;

/**
 * Files by path; folders follow from them, and a path that ends in `/` is an empty one. `modes` are those that are not 0644 or, of a folder,
 * 0755; `LINK` makes a link of a file, to what its text says.
 */
export function memoryTree(
  files: Readonly<Record<string, string>>,
  modes: Readonly<Record<string, number>> = {},
): Tree {
  const folders = new Map<string, Map<string, EntryKind>>([["", new Map()]]);
  for (const path of Object.keys(files)) {
    let folder = "";
    for (const name of path.split("/").filter((each) => each !== "")) {
      const inner = folder === "" ? name : `${folder}/${name}`;
      const entries = folders.get(folder) ?? new Map<string, EntryKind>();
      folders.set(folder, entries);
      entries.set(name, inner !== path ? "folder" : modes[path] === LINK ? "link" : "file");
      folder = inner;
    }
  }
  const text = (path: string) => (Object.hasOwn(files, path) ? files[path] : undefined);
  return {
    entries: (folder) => folders.get(folder) ?? new Map(),
    text,
    target: (path) => text(path)?.trim(),
    mode: (path) => modes[path] ?? (folders.has(path) ? 0o755 : 0o644),
  };
}
