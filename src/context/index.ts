/** The build context: its files as BuildKit would send them. */
import { Dockerignore } from "./dockerignore.ts";
import { diskTree, type EntryKind, memoryTree, type Tree, textOf } from "./tree.ts";
import type { BuildContext } from "./types.ts";

export { type Copied, copiedBy, couldNameBelow, isFolderDestination, namedBy } from "./copied.ts";
export { matchingFolders } from "./folders.ts";
export * from "./toolchain/index.ts";
export { LINK } from "./tree.ts";
export type { BuildContext } from "./types.ts";
export { type BuildUse, openUses, type UseFinder, type UseStart } from "./uses/index.ts";
export { viewOf, withTexts } from "./view.ts";

/**
 * The context `folder` on disk. `dockerfile` is the path of the Dockerfile on disk: `<dockerfile>.dockerignore` beside it comes before the
 * folder's own `.dockerignore` (BuildKit, frontend/dockerui/config.go). Nothing is read before it is asked for.
 */
export function openContext(folder: string, dockerfile?: string): BuildContext {
  return openContextWith(folder, dockerfile === undefined ? undefined : textOf(`${dockerfile}.dockerignore`));
}

/** The context `folder` on disk under the text of the Dockerfile's own ignore file; without one, the folder's `.dockerignore` counts. */
export function openContextWith(folder: string, ignoreFile: string | undefined): BuildContext {
  return contextOf(folder, diskTree(folder), ignoreFile);
}

/** A context made of `files`, by path, for tests; a path that ends in `/` is an empty folder. `dockerfile` is a path among them, `modes` are those that are not the usual ones. */
export function memoryContext(
  files: Readonly<Record<string, string>>,
  root = "context",
  dockerfile = "Dockerfile",
  modes: Readonly<Record<string, number>> = {},
): BuildContext {
  const tree = memoryTree(files, modes);
  return contextOf(root, tree, tree.text(`${dockerfile}.dockerignore`));
}

function contextOf(root: string, tree: Tree, ownIgnore: string | undefined): BuildContext {
  let rules: Dockerignore | undefined;
  const dockerignore = () => {
    rules ??= new Dockerignore(ownIgnore ?? tree.text(".dockerignore") ?? "");
    return rules;
  };

  const known = new Map<string, ReadonlyMap<string, EntryKind>>();
  const entries = (folder: string): ReadonlyMap<string, EntryKind> => {
    const cached = known.get(folder);
    if (cached) return cached;
    const read = folder === "" || kindOnDisk(folder) === "folder" ? tree.entries(folder) : new Map<string, EntryKind>();
    known.set(folder, read);
    return read;
  };
  const kindOnDisk = (path: string): EntryKind | undefined => {
    if (path.split("/").some((name) => name === "" || name === "." || name === "..")) return undefined;
    const slash = path.lastIndexOf("/");
    return entries(path.slice(0, Math.max(0, slash))).get(path.slice(slash + 1));
  };

  const sent = new Map<string, readonly [string, EntryKind][]>();
  /** What of `folder` is sent. An ignored folder is sent where an exception below it is. */
  const listing = (folder: string): readonly [string, EntryKind][] => {
    const cached = sent.get(folder);
    if (cached) return cached;
    const list = [...entries(folder)]
      .filter(([name, kind]) => isSent(folder === "" ? name : `${folder}/${name}`, kind))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    sent.set(folder, list);
    return list;
  };
  const isSent = (path: string, kind: EntryKind): boolean => {
    if (!dockerignore().ignores(path)) return true;
    return kind === "folder" && !dockerignore().skips(path) && listing(path).length > 0;
  };
  const kindSent = (path: string): EntryKind | undefined => {
    const kind = kindOnDisk(path);
    return kind !== undefined && isSent(path, kind) ? kind : undefined;
  };

  /** Paths of files and links, and of empty folders with "/" at their end. */
  const walk = (folder: string): string[] =>
    listing(folder).flatMap(([name, kind]) => {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (kind !== "folder") return [path];
      return listing(path).length === 0 ? [`${path}/`] : walk(path);
    });
  let walked: Record<"files" | "emptyFolders", readonly string[]> | undefined;
  const all = () => {
    if (walked) return walked;
    const paths = walk("");
    const isFolder = (path: string) => path.endsWith("/");
    const files = paths.filter((path) => !isFolder(path)).sort();
    const emptyFolders = paths.filter(isFolder).map((path) => path.slice(0, -1));
    walked = { files, emptyFolders: emptyFolders.sort() };
    return walked;
  };

  return {
    root,
    files: () => all().files,
    emptyFolders: () => all().emptyFolders,
    list: (folder) => (folder === "" || kindSent(folder) === "folder" ? listing(folder).map(([name]) => name) : []),
    has: (path) => ["file", "link"].includes(kindSent(path) ?? ""),
    isFolder: (path) => path === "" || kindSent(path) === "folder",
    isLink: (path) => kindSent(path) === "link",
    linkTarget: (path) => (kindSent(path) === "link" ? tree.target(path) : undefined),
    mode: (path) => (["file", "folder"].includes(kindSent(path) ?? "") ? tree.mode(path) : undefined),
    read: (path) => (kindSent(path) === "file" ? tree.text(path) : undefined),
    ignores(path) {
      const kind = kindOnDisk(path);
      return kind !== undefined && !isSent(path, kind);
    },
    keepsOut: (path) => !isSent(path, kindOnDisk(path) ?? "file"),
  };
}
