/** A folder on disk as the file tree of an image, for tests without an engine. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { entriesBelow, entryAt, filesIn } from "../../src/engine/trees/folder.ts";
import type { ImageTree, TreeEntry } from "../../src/engine/types.ts";

/** Everything below `root`, or only the paths `only` of it with what lies below them; links are not followed. */
export function diskTree(root: string, only: readonly string[] = [""]): ImageTree {
  const entries = new Map<string, TreeEntry>();
  for (const wanted of only) {
    const names = wanted.split("/").filter((name) => name !== "");
    for (const [index] of names.entries()) {
      const path = names.slice(0, index + 1).join("/");
      entries.set(path, entryAt(root, path)!);
    }
    if (wanted !== "" && entries.get(wanted)?.type !== "folder") continue;
    for (const [path, entry] of entriesBelow(root, wanted)) entries.set(path, entry);
  }
  // No test writes extended attributes, and getfattr is not on every machine.
  return { entries, ...filesIn(root), attributes: () => new Map() };
}

/** A file, executable where it starts with `#!`; or a link. */
export type Content = string | { readonly link: string } | { readonly bytes: Buffer };

/** Writes files to a new folder each time, and returns it. All are gone after the tests of the file that calls this while it is loaded. */
export function foldersHere(): (files: Readonly<Record<string, Content>>) => string {
  const work = mkdtempSync(join(tmpdir(), "refit-tree-"));
  afterAll(() => rmSync(work, { recursive: true }));
  return (files) => {
    const folder = mkdtempSync(join(work, "of-"));
    writeTree(folder, files);
    return folder;
  };
}

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
