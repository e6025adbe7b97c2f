/** The file trees of images. */
import type { ImageTree, Session } from "../types.ts";

/** Opens the trees of `images`, gives them to `use` in the same order, and closes them when it ends. */
export async function withTrees<Result>(
  _session: Session,
  _images: readonly string[],
  _use: (...trees: ImageTree[]) => Promise<Result> | Result,
): Promise<Result> {
  throw new Error("not there yet");
}
