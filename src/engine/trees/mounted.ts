/** Trees of images read from the engine's own layers on this machine, stacked by the kernel: nothing is copied. */
import { execFileSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { ImageTree } from "../types.ts";
import { entriesBelow, filesIn } from "./folder.ts";
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
  return { entries: new Map(entriesBelow(folder, "")), ...filesIn(folder) };
}
