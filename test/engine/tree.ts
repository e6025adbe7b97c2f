/** The files of an image, read from its layers on disk: exporting them would copy the whole base image for each comparison. */
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, type Stats } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { docker } from "../../scripts/engine/docker.ts";

/** What an image promises about one path, but for content and extended attributes. Modification times are left out. */
export interface Entry {
  readonly type: "file" | "folder" | "symlink" | "fifo" | "device";
  /** Octal. */
  readonly mode: string;
  /** `uid:gid`. */
  readonly owner: string;
  /** Of a symlink. */
  readonly target: string;
}

export interface Tree {
  /** Where it is mounted. */
  readonly root: string;
  /** By path, without a slash at the front. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** By path. A file that two images share, since they share its layer, has one number in both. */
  readonly inodes: ReadonlyMap<string, number>;
}

/** The system call mount(2): the newer one takes 256 bytes for an option, which a few layers fill. */
const OLD_MOUNT = { ...process.env, LIBMOUNT_FORCE_MOUNT2: "always" };

/** Stacks the layers of each image as the engine does (storage driver overlay2), read-only, while `use` runs. Needs root. */
export function withTrees<Result>(images: readonly string[], use: (...trees: Tree[]) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "refit-trees-"));
  const mounted: string[] = [];
  try {
    // An overlay has at least two layers.
    mkdirSync(join(folder, "empty"));
    for (const image of images) {
      const root = join(folder, String(mounted.length));
      mkdirSync(root);
      const options = `ro,lowerdir=${[...layersOf(image), join(folder, "empty")].join(":")}`;
      execFileSync("mount", ["-t", "overlay", "overlay", "-o", options, root], { env: OLD_MOUNT });
      mounted.push(root);
    }
    return use(...mounted.map(readTree));
  } finally {
    for (const root of mounted) execFileSync("umount", [root]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The topmost first. */
function layersOf(image: string): string[] {
  const format = "{{json .GraphDriver}}";
  const { Name: driver, Data: data } = JSON.parse(docker(["image", "inspect", "--format", format, image]));
  if (driver !== "overlay2") throw new Error(`the engine stores images with ${driver}, not with overlay2`);
  return [data.UpperDir, ...(data.LowerDir?.split(":") ?? [])];
}

function readTree(root: string): Tree {
  const entries = new Map<string, Entry>();
  const inodes = new Map<string, number>();
  const read = (folder: string) => {
    for (const name of readdirSync(join(root, folder))) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const stats = lstatSync(join(root, path));
      const type = typeOf(stats);
      const target = type === "symlink" ? readlinkSync(join(root, path)) : "";
      const mode = (stats.mode & 0o7777).toString(8);
      entries.set(path, { type, mode, owner: `${stats.uid}:${stats.gid}`, target });
      inodes.set(path, stats.ino);
      if (type === "folder") read(path);
    }
  };
  read("");
  return { root, entries, inodes };
}

function typeOf(stats: Stats): Entry["type"] {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "folder";
  if (stats.isSymbolicLink()) return "symlink";
  return stats.isFIFO() ? "fifo" : "device";
}
