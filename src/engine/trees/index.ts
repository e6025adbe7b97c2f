/** The file trees of images. */
import { statSync } from "node:fs";
import type { ImageTree, Session } from "../types.ts";
import { canReadAttributes } from "./attributes.ts";
import { mountedTrees } from "./mounted.ts";
import type { OpenTrees } from "./open-trees.ts";
import { savedTrees } from "./saved.ts";

/**
 * Opens the trees of `images`, gives them to `use` in the same order, and closes them when it ends. `onSlow` is told why the images must
 * be copied out of the engine, which takes seconds for each gigabyte, where its layers lie on this machine. Throws an `EngineError`
 * where an archive of the engine can't be read.
 */
export async function withTrees<Result>(
  session: Session,
  images: readonly string[],
  use: (...trees: ImageTree[]) => Promise<Result> | Result,
  onSlow?: (why: string) => void,
): Promise<Result> {
  const open = (await mounted(session, images, onSlow)) ?? (await savedTrees(session, images));
  try {
    return await use(...open.trees);
  } finally {
    await open.close();
  }
}

/** Undefined where the engine's layers are not for this process to read. */
async function mounted(
  { engine, scratch }: Session,
  images: readonly string[],
  onSlow?: (why: string) => void,
): Promise<OpenTrees | undefined> {
  const stacks: (readonly string[])[] = [];
  for (const image of images) {
    const folders = await engine.layerFolders(image);
    if (!folders) return undefined;
    stacks.push(folders);
  }
  if (process.platform !== "linux") return undefined;
  if (!canReadAttributes()) onSlow?.("getfattr is not installed (Debian: attr)");
  else if (new Set(stacks.flat().map((folder) => statSync(folder).dev)).size > 1)
    onSlow?.("the engine's layers are on several file systems");
  else
    try {
      return await mountedTrees(stacks, scratch);
    } catch (error) {
      onSlow?.(`the engine's layers can't be mounted: ${firstLine(error as Error)}`);
    }
  return undefined;
}

function firstLine({ message }: Error): string {
  return message.split("\n")[1] ?? message;
}
