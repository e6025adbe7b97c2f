import { inFolder } from "./toolchain/paths.ts";
import type { BuildContext } from "./types.ts";

/** `context` with another text in each of the files that `texts` names. */
export function withTexts(context: BuildContext, texts: ReadonlyMap<string, string>): BuildContext {
  return { ...context, read: (path) => texts.get(path) ?? context.read(path) };
}

/** Files of `context` under other paths: `places` gives each path its path in the context. Their modes may be other ones there. */
export function viewOf(
  context: BuildContext,
  places: ReadonlyMap<string, string>,
  { keepsModes = true } = {},
): BuildContext {
  const folders = new Map<string, Set<string>>([["", new Set()]]);
  for (const path of places.keys()) {
    let folder = "";
    for (const name of path.split("/")) {
      const inner = inFolder(folder, name);
      if (!folders.has(folder)) folders.set(folder, new Set());
      folders.get(folder)?.add(name);
      folder = inner;
    }
  }
  const files = [...places.keys()].sort();
  const of = (path: string) => places.get(path) ?? "";
  return {
    root: context.root,
    files: () => files,
    list: (folder) => [...(folders.get(folder) ?? [])].sort(),
    has: (path) => places.has(path),
    isFolder: (path) => folders.has(path),
    isLink: (path) => places.has(path) && context.isLink(of(path)),
    mode: (path) => (places.has(path) && keepsModes ? context.mode(of(path)) : undefined),
    read: (path) => (places.has(path) ? context.read(of(path)) : undefined),
    ignores: (path) => context.ignores(path),
    keepsOut: (path) => context.keepsOut(path),
  };
}
