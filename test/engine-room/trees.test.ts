/** Archives that GNU tar writes, read and stacked, compared with what GNU tar unpacks on disk. */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { Archive } from "../../src/engine/trees/archive.ts";
import { OpenFile } from "../../src/engine/trees/open-file.ts";
import { treeOf } from "../../src/engine/trees/saved.ts";
import { type Layer, stack } from "../../src/engine/trees/stack.ts";
import { membersOf } from "../../src/engine/trees/tar.ts";
import type { ImageTree } from "../../src/engine/types.ts";
import { encodeText } from "../../src/text/index.ts";
import { diskTree } from "./disk-tree.ts";

const work = mkdtempSync(join(tmpdir(), "refit-trees-test-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

let made = 0;
const newFolder = () => {
  const folder = join(work, String(made++));
  mkdirSync(folder);
  return folder;
};

type Format = "gnu" | "ustar" | "pax" | "v7";

function archiveOf(folder: string, format: Format = "gnu", ...options: readonly string[]): string {
  const file = `${folder}.tar`;
  execFileSync("tar", [`--format=${format}`, ...options, "-C", folder, "-cf", file, "."]);
  return file;
}

function layerOf(path: string): Layer {
  const file = new OpenFile(path);
  return { digest: path, file, members: [...membersOf(file, 0, file.size)] };
}

function treeOfLayers(...paths: readonly string[]): ImageTree {
  return treeOf(stack(paths.map(layerOf)));
}

/** All that a tree says, but for identities. Links have no mode of their own. */
function said(tree: ImageTree) {
  return Object.fromEntries(
    [...tree.entries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, { identity, mode, ...entry }]) => [
        path,
        {
          ...entry,
          ...(entry.type === "symlink" ? {} : { mode }),
          ...(entry.type === "file" ? { hash: tree.hash(path) } : {}),
        },
      ]),
  );
}

interface Action {
  readonly path: string;
  readonly kind: "file" | "folder" | "symlink" | "link" | "remove" | "empty";
  readonly text: string;
  readonly mode: number;
  readonly owner: number;
}

/** Also such as take more than the header's octal digits, where this process may give files away. */
const OWNERS = process.getuid?.() === 0 ? [0, 1000, 65_534, 2_097_151, 2_097_152, 4_000_000_000] : [process.getuid!()];

const names = fc.constantFrom("a", "b", "c", "Ünlaut", "with blank", "new\nline", "x".repeat(120), "y".repeat(200));
const paths = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const actions: fc.Arbitrary<Action> = fc.record({
  path: paths,
  kind: fc.constantFrom("file", "file", "folder", "symlink", "link", "remove", "empty"),
  text: fc.string({ maxLength: 2000 }),
  mode: fc.constantFrom(0o644, 0o755, 0o4755, 0o2755, 0o1777, 0o600, 0o000),
  owner: fc.constantFrom(...OWNERS),
});

/** Does it in `layer`, over `below`, which is what the layers before it made; whiteouts as the OCI image specification has them. */
function apply(layer: string, below: string, { path, kind, text, mode, owner }: Action): void {
  const place = join(layer, path);
  const parents = path.split("/").map((_, index, all) => all.slice(0, index).join("/"));
  // A parent that is a file in either is left alone.
  const isFile = (at: string) => statOf(at)?.isDirectory() === false;
  if (parents.some((parent) => isFile(join(layer, parent)) || isFile(join(below, parent)))) return;
  if (kind === "remove" || kind === "empty") {
    const target =
      kind === "empty" ? join(place, ".wh..wh..opq") : join(dirname(place), `.wh.${path.split("/").at(-1)}`);
    if (statOf(place) || target.split("/").at(-1)!.length > 255) return;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, "");
    return;
  }
  rmSync(place, { recursive: true, force: true });
  mkdirSync(dirname(place), { recursive: true });
  if (kind === "folder") mkdirSync(place);
  else if (kind === "symlink") symlinkSync(text.replaceAll("\0", "") || "nowhere", place);
  else if (kind === "link") {
    const other = readdirSync(layer).find((name) => lstatSync(join(layer, name)).isFile() && !name.startsWith(".wh."));
    if (other === undefined) return;
    linkSync(join(layer, other), place);
    return;
  } else writeFileSync(place, text);
  if (kind === "symlink") return;
  chownSync(place, owner, owner);
  chmodSync(place, mode);
}

/** Undefined where nothing is; links are not followed. */
function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** What the layer makes of `below` on disk: whiteouts first, then tar unpacks the rest. */
function unpack(archive: string, layer: string, below: string): void {
  const whiteouts = execFileSync("find", [layer, "-name", ".wh.*", "-print0"], { encoding: "utf8" });
  for (const found of whiteouts.split("\0").filter((path) => path !== "")) {
    const path = join(below, found.slice(layer.length));
    const name = path.split("/").at(-1)!;
    if (name !== ".wh..wh..opq") rmSync(join(dirname(path), name.slice(4)), { recursive: true, force: true });
    else if (statOf(dirname(path))?.isDirectory())
      for (const inner of readdirSync(dirname(path))) rmSync(join(dirname(path), inner), { recursive: true });
  }
  // tar does not put a file where a folder with something in it is, nor a folder over a file.
  for (const found of execFileSync("find", [layer, "-mindepth", "1", "-print0"], { encoding: "utf8" }).split("\0")) {
    if (found === "") continue;
    const old = join(below, found.slice(layer.length));
    const isThere = statOf(old);
    if (isThere && !(isThere.isDirectory() && lstatSync(found).isDirectory())) rmSync(old, { recursive: true });
  }
  execFileSync("tar", ["--same-owner", "-p", "--numeric-owner", "--exclude=.wh.*", "-C", below, "-xf", archive]);
}

describe("layers that tar writes", () => {
  test("make the tree that tar unpacks, one upon the other", () => {
    const layers = fc.array(fc.array(actions, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(layers, fc.constantFrom<Format>("gnu", "pax"), (all, format) => {
        const below = newFolder();
        const archives = all.map((list) => {
          const layer = newFolder();
          for (const action of list) apply(layer, below, action);
          const archive = archiveOf(layer, format);
          unpack(archive, layer, below);
          return archive;
        });
        expect(said(treeOfLayers(...archives))).toEqual(said(diskTree(below)));
      }),
      { numRuns: 40 },
    );
  });

  test.each(["gnu", "pax"] as const)("have holes, in the format %s", (format) => {
    const folder = newFolder();
    writeFileSync(join(folder, "head"), "head");
    truncateSync(join(folder, "head"), 1 << 20);
    const many = join(folder, "many");
    writeFileSync(many, "");
    for (let at = 0; at < 40; at++) {
      appendFileSync(many, "x".repeat(4096));
      truncateSync(many, (at + 1) * 65_536);
    }
    const tree = treeOfLayers(archiveOf(folder, format, "--sparse"));
    const disk = diskTree(folder);
    expect(said(tree)).toEqual(said(disk));
    expect(tree.read("many", 10_000, 60_000)).toEqual(disk.read("many", 10_000, 60_000));
    expect(tree.entries.get("many")!.size).toBe(40 * 65_536);
  });

  test("have fifos and names that are no UTF-8", () => {
    const folder = newFolder();
    execFileSync("mkfifo", [join(folder, "fifo")]);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x66, 0xff])]), "odd");
    const tree = treeOfLayers(archiveOf(folder));
    expect(tree.entries.get("fifo")?.type).toBe("fifo");
    const odd = [...tree.entries.keys()].find((path) => path.startsWith("f\udcff"))!;
    expect(encodeText(odd)).toEqual(Buffer.from([0x66, 0xff]));
    expect(String(tree.read(odd))).toBe("odd");
  });

  test("share what they have in common: a hard link has the identity of its other name", () => {
    const folder = newFolder();
    writeFileSync(join(folder, "a"), "text");
    linkSync(join(folder, "a"), join(folder, "b"));
    const { entries } = treeOfLayers(archiveOf(folder));
    expect(entries.get("a")!.identity).toBe(entries.get("b")!.identity);
  });

  test("that are cut off or no archives are told in one line", () => {
    const folder = newFolder();
    writeFileSync(join(folder, "a"), "a".repeat(100_000));
    const archive = archiveOf(folder);
    truncateSync(archive, 50_000);
    expect(() => treeOfLayers(archive)).toThrow(/ends within \.\/a$/);
    writeFileSync(archive, "no archive ".repeat(100));
    expect(() => treeOfLayers(archive)).toThrow(/at byte 0 that is no header/);
  });
});

describe("archives of images", () => {
  /** As `docker save` writes it, with the layer packed by `pack`. */
  function saved(pack: (tar: Buffer) => Uint8Array): string {
    const [layer, archive] = [newFolder(), newFolder()];
    writeFileSync(join(layer, "hello"), "hello");
    writeFileSync(join(archive, "layer"), pack(readFileSync(archiveOf(layer))));
    writeFileSync(join(archive, "config"), JSON.stringify({ rootfs: { diff_ids: ["sha256:1", "sha256:2"] } }));
    symlinkSync("layer", join(archive, "same-layer"));
    writeFileSync(
      join(archive, "manifest.json"),
      JSON.stringify([{ Config: "config", RepoTags: null, Layers: ["layer", "same-layer"] }]),
    );
    return archiveOf(archive);
  }

  test.each([
    ["as they are", (tar: Buffer) => tar],
    ["packed with gzip", (tar: Buffer) => gzipSync(tar)],
  ])("are read with layers %s", async (_, pack) => {
    const archive = new Archive(saved(pack), newFolder());
    const tree = treeOf(stack(await archive.layers(["sha256:1", "sha256:2"])));
    expect(String(tree.read("hello"))).toBe("hello");
    archive.close();
  });

  test("that are packed with what refit does not read are told in one line", async () => {
    const archive = new Archive(
      saved(() => Buffer.from("28b52ffd", "hex")),
      newFolder(),
    );
    await expect(archive.layers(["sha256:1", "sha256:2"])).rejects.toThrow(/packed with zstd/);
    archive.close();
  });

  test("that lack the image are told in one line", async () => {
    const archive = new Archive(
      saved((tar) => tar),
      newFolder(),
    );
    await expect(archive.layers(["sha256:3"])).rejects.toThrow(/lacks an image/);
    archive.close();
  });
});
