/** Packages that a package manager put to another place in node_modules when it took others out: what finds them finds the same. */
import type { ImageTree } from "../types.ts";
import type { PathRule } from "./explain.ts";
import { needsOf, packageFolder, perProject, programsOf, resolve, workspacesOf } from "./node-packages.ts";

/**
 * Explains what is gone, new or another one where packages moved, in projects whose every package for production finds in `after` what it finds
 * in `before`, file by file. Yarn and npm lay out node_modules anew when a name gets free.
 */
export function movedPackages(before: ImageTree, after: ImageTree): PathRule {
  const movedAt = movesBetween(before, after);
  return (path) => {
    const moved = movedAt(path);
    const program = /\/\.bin\/([^/]+)$/.exec(path)?.[1];
    const isMoved =
      program === undefined ? moved?.folders.has(packageFolder(path) ?? "") : moved?.programs.has(program);
    return isMoved === true ? "packages at another place" : undefined;
  };
}

/** Where in `after` a file lies that is in a package of `before` which moved. */
export function movedTo(before: ImageTree, after: ImageTree): (path: string) => string | undefined {
  const movedAt = movesBetween(before, after);
  return (path) => {
    const folder = packageFolder(path) ?? "";
    const is = movedAt(path)?.places.get(folder);
    return is === undefined ? undefined : `${is}${path.slice(folder.length)}`;
  };
}

interface Moved {
  /** Where in `after` each of them lies, by its folder in `before`. */
  readonly places: ReadonlyMap<string, string>;
  /** Where they were, and where they are. */
  readonly folders: ReadonlySet<string>;
  /** What they put into `.bin`. */
  readonly programs: ReadonlySet<string>;
}

const known = new WeakMap<ImageTree, WeakMap<ImageTree, (path: string) => Moved | undefined>>();

/** In the project of a path; worked out once for two trees, since every file of a package that moved is read. */
function movesBetween(before: ImageTree, after: ImageTree): (path: string) => Moved | undefined {
  const others = known.get(before) ?? new WeakMap<ImageTree, (path: string) => Moved | undefined>();
  const moves = others.get(after) ?? perProject((root) => movedIn(root, before, after));
  known.set(before, others.set(after, moves));
  return moves;
}

/** Undefined where a package finds another one than before, or none. */
function movedIn(root: string, before: ImageTree, after: ImageTree): Moved | undefined {
  const [folders, programs] = [new Set<string>(), new Set<string>()];
  const places = new Map<string, string>();
  const seen = new Set<string>();
  const waiting = [root, ...workspacesOf(before, root)].map((folder) => [folder, folder] as const);
  for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
    const [was, is] = pair;
    if (seen.has(pair.join("\0"))) continue;
    seen.add(pair.join("\0"));
    if (was !== is) {
      if (!isCopy(was, is, before, after)) return undefined;
      places.set(was, is);
      for (const folder of pair) folders.add(folder);
      for (const program of programsOf(before, was)) programs.add(program);
    }
    for (const name of needsOf(before, was)) {
      const [old, now] = [resolve(before, was, name), resolve(after, is, name)];
      if (old === undefined && now === undefined) continue;
      if (old === undefined || now === undefined) return undefined;
      waiting.push([old, now]);
    }
  }
  return { places, folders, programs };
}

/** Whether a package is the same, without the packages that lie in it. */
function isCopy(was: string, is: string, before: ImageTree, after: ImageTree): boolean {
  const [old, now] = [filesOf(before, was), filesOf(after, is)];
  return (
    old.size === now.size &&
    [...old].every(([path, from]) => {
      const to = now.get(path);
      const [entry, other] = [before.entries.get(from), after.entries.get(to ?? "")];
      if (!entry || !other || to === undefined) return false;
      const isAlike = (["type", "mode", "uid", "gid", "target", "size"] as const).every(
        (key) => entry[key] === other[key],
      );
      return isAlike && (entry.type !== "file" || before.hash(from) === after.hash(to));
    })
  );
}

/** By path in the package. */
function filesOf(tree: ImageTree, folder: string): ReadonlyMap<string, string> {
  const inside = [...tree.entries.keys()].filter((path) => path.startsWith(`${folder}/`));
  const own = inside.map((path) => [path.slice(folder.length + 1), path] as const);
  return new Map(own.filter(([path]) => !/^node_modules(\/|$)/.test(path)));
}
