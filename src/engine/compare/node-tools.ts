/** What goes with Node where an app of another language had it to make its scripts and styles. */
import { posix } from "node:path";
import { isForNode, isNodeRepository } from "../../ecosystems/index.ts";
import type { ImageTree } from "../types.ts";
import type { PathRule } from "./explain.ts";

const RULE = "build toolchain";

const PROGRAMS = ["usr/bin/node", "usr/bin/nodejs", "usr/local/bin/node"];

/** Where npm installs for everyone. */
const GLOBAL = /^usr\/(local\/)?lib\/node_modules(\/|$)/;

/** Nothing where Node is still there, or never was. `isOfContext` says whether a file of the build context lies at a path. */
export function nodeTools(before: ImageTree, after: ImageTree, isOfContext: (path: string) => boolean): PathRule {
  const isIn = ({ entries }: ImageTree) => PROGRAMS.some((path) => entries.has(path));
  if (!isIn(before) || isIn(after)) return () => undefined;
  const isOwn = (path: string) => GLOBAL.test(path) || isNodeRepository(`/${path}`);
  return (path) => {
    if (isForNode(path) && isOfContext(path)) return "build inputs";
    const entry = before.entries.get(path);
    const target = entry?.type === "symlink" ? posix.resolve("/", posix.dirname(path), entry.target).slice(1) : path;
    return isOwn(target) ? RULE : undefined;
  };
}
