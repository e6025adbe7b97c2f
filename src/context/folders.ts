/** Folders of a build context that a pattern of workspace members names. */
import { inFolder } from "./toolchain/paths.ts";
import type { BuildContext } from "./types.ts";

/** Folders (and links, at its end) that the segments of a glob name below `folder`; `node_modules` is never looked into. */
export function matchingFolders(context: BuildContext, folder: string, segments: readonly string[]): string[] {
  const [first, ...rest] = segments;
  if (first === undefined) return [folder];
  if (first === "." || first === "") return matchingFolders(context, folder, rest);
  const folders = context.list(folder).filter((name) => name !== "node_modules");
  const below = folders
    .map((name) => inFolder(folder, name))
    .filter((path) => context.isFolder(path) || (context.isLink(path) && rest.length === 0));
  if (first === "**")
    return [
      ...matchingFolders(context, folder, rest),
      ...below.flatMap((path) => matchingFolders(context, path, segments)),
    ];
  const name = new RegExp(`^${first.replace(/[.+^$|]/g, "\\$&").replaceAll("*", "[^/]*")}$`);
  const matching = below.filter((path) => name.test(path.slice(path.lastIndexOf("/") + 1)));
  return matching.flatMap((path) => matchingFolders(context, path, rest));
}
