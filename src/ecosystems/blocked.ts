/** Checks for `installInputs`: each gives one sentence that names what blocks, or undefined. */
import type { BuildContext } from "../context/types.ts";
import type { Arguments } from "./call.ts";

export type Blocker = string | undefined;

/** The first option that is not in `harmless`. An option that refit does not know could name a file. */
export function unknownOption(args: Arguments, harmless: RegExp): Blocker {
  const unknown = [...args.options].find(([name]) => !harmless.test(name));
  return unknown && `the option ${unknown[0]} could make the install read other files`;
}

/** A link among `paths`: COPY of a link by its name copies what it leads to, COPY of its folder the link itself. */
export function linkAmong(context: BuildContext, paths: readonly string[]): Blocker {
  const link = paths.find((path) => context.isLink(path));
  return link && `${link} is a symbolic link`;
}

/** `folder/name`, where "" is the root. */
export function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** The folders above `folder`, the root last. */
export function foldersAbove(folder: string): string[] {
  const above: string[] = [];
  for (let at = folder; at !== ""; ) {
    at = at.slice(0, Math.max(0, at.lastIndexOf("/")));
    above.push(at);
  }
  return above;
}

/** Files of the context below `folder`, with paths relative to `from`. */
export function filesBelow(context: BuildContext, folder: string): string[] {
  return context.list(folder).flatMap((name) => {
    const path = inFolder(folder, name);
    return context.isFolder(path) ? filesBelow(context, path) : [path];
  });
}
