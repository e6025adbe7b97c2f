import type { ImageTree } from "../types.ts";

/** Of `scratch`, which engines don't hand out, since it has no layers. */
export const EMPTY_TREE: ImageTree = {
  entries: new Map(),
  read: absent,
  hash: absent,
  attributes: () => new Map(),
};

function absent(path: string): never {
  throw new Error(`nothing is at ${path}`);
}
