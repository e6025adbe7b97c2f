import type { BuildContext } from "../context/index.ts";
import { digest, type Text, unknownText } from "./digest.ts";
import { type Entry, entryOf } from "./entry.ts";
import { EMPTY, type Memo } from "./node.ts";
import { Tree } from "./tree.ts";

/** The build context as the model sees it. */
export interface ContextTree {
  readonly context: BuildContext;
  /** Unlike that of any other context. */
  readonly id: number;
  readonly tree: Tree;
  /** The path of the file that has this content. */
  readonly paths: ReadonlyMap<Text, string>;
  /** Whether a file's content, or a folder's mode, is of this context. */
  isOwn(text: Text): boolean;
  /** For `Tree.digestWithout`. */
  readonly rests: Memo;
}

let contexts = 0;
const known = new WeakMap<BuildContext, ContextTree>();

/** The context as a tree: each file's content and mode are its own, all of it belongs to root (BuildKit resets owners). */
export function contextTree(context: BuildContext): ContextTree {
  const made = known.get(context);
  if (made) return made;
  const tree = new Tree(EMPTY);
  const paths = new Map<Text, string>();
  const folders = new Set<Text>();
  const read = (folder: string) => {
    for (const name of context.list(folder)) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const mode = modeOf(path);
      if (context.isFolder(path)) {
        folders.add(mode);
        tree.put(`/${path}`, entryOf("folder", mode, "0:0"));
        read(path);
        continue;
      }
      const content = unknownText("ctx", path);
      paths.set(content, path);
      tree.put(`/${path}`, entryOf(context.isLink(path) ? "link" : "file", mode, "0:0", content));
    }
  };
  read("");
  const isOwn = (text: Text) => paths.has(text) || folders.has(text);
  const result = { context, id: ++contexts, tree, paths, isOwn, rests: new Map() };
  known.set(context, result);
  return result;
}

/** Whether `entry` is a folder of the context in which nothing lies. */
export function isEmptyFolderOf(context: BuildContext, entry: Entry): boolean {
  return context.emptyFolders().some((path) => entry.mode === modeOf(path));
}

function modeOf(path: string): Text {
  return unknownText("ctx mode", path);
}

/** A context of which nothing was given. */
export function unknownContextTree(): Tree {
  return new Tree(digest("ctx"));
}
