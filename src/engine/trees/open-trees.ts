import type { ImageTree } from "../types.ts";

/** What a reader of images gives: one tree for each, open until `close`. */
export interface OpenTrees {
  readonly trees: readonly ImageTree[];
  close(): Promise<void>;
}
