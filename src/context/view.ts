import { inFolder } from "./toolchain/paths.ts";
import type { BuildContext } from "./types.ts";

/** `context` with another text in each of the files that `texts` names. */
export function withTexts(context: BuildContext, texts: ReadonlyMap<string, string>): BuildContext {
  return { ...context, read: (path) => texts.get(path) ?? context.read(path) };
}

/** Files and empty folders of `context` under other paths: `places` gives each path its path in the context. Their modes may be other ones there. */
export function viewOf(
  context: BuildContext,
  places: ReadonlyMap<string, string>,
  { keepsModes = true } = {},
): BuildContext {
  const folders = new Map<string, Set<string>>([["", new Set()]]);
  const of = (path: string) => places.get(path) ?? "";
  const empty = new Set([...places.keys()].filter((path) => context.isFolder(of(path))));
  for (const path of places.keys()) {
    if (empty.has(path) && !folders.has(path)) folders.set(path, new Set());
    let folder = "";
    for (const name of path.split("/")) {
      const inner = inFolder(folder, name);
      if (!folders.has(folder)) folders.set(folder, new Set());
      folders.get(folder)?.add(name);
      folder = inner;
    }
  }
  const files = [...places.keys()].filter((path) => !empty.has(path)).sort();
  const has = (path: string) => places.has(path) && !empty.has(path);
  return {
    root: context.root,
    files: () => files,
    emptyFolders: () => [...folders].flatMap(([path, names]) => (path !== "" && names.size === 0 ? [path] : [])).sort(),
    list: (folder) => [...(folders.get(folder) ?? [])].sort(),
    has,
    isFolder: (path) => folders.has(path),
    isLink: (path) => has(path) && context.isLink(of(path)),
    linkTarget: (path) => (has(path) ? context.linkTarget(of(path)) : undefined),
    mode: (path) => (places.has(path) && keepsModes ? context.mode(of(path)) : undefined),
    read: (path) => (has(path) ? context.read(of(path)) : undefined),
    ignores: (path) => !places.has(path) && context.ignores(`${originOf(places)}${path}`),
    keepsOut: (path) => context.keepsOut(path),
  };
}

/** The folder whose files a view shows under their own names, with "/" behind it. What is kept out would come from there too. */
function originOf(places: ReadonlyMap<string, string>): string {
  const [path, from] = [...places].find(([path, from]) => `/${from}`.endsWith(`/${path}`)) ?? ["", ""];
  return from.slice(0, from.length - path.length);
}
