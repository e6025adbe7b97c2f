import type { BuildContext } from "../context/index.ts";
import { digest, unknownText } from "./digest.ts";
import { EMPTY, entryOf, Tree } from "./tree.ts";

const trees = new WeakMap<BuildContext, Tree>();

/** The build context as a tree: each file's content and mode are its own, all of it belongs to root (BuildKit resets owners). */
export function contextTree(context: BuildContext): Tree {
  const known = trees.get(context);
  if (known) return known.fork();
  const tree = new Tree(EMPTY);
  const folders = new Set<string>();
  for (const path of context.files()) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      const folder = path.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
      tree.put(`/${folder}`, entryOf("folder", unknownText("ctx mode", folder), "0:0"));
    }
    const kind = context.isLink(path) ? "link" : "file";
    tree.put(`/${path}`, entryOf(kind, unknownText("ctx mode", path), "0:0", unknownText("ctx", path)));
  }
  trees.set(context, tree);
  return tree.fork();
}

/** A context of which nothing was given. */
export function unknownContextTree(): Tree {
  return new Tree(digest("ctx"));
}
