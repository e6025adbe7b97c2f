/** How two file trees differ, path by path. */
import { isDeepStrictEqual } from "node:util";
import type { Difference, ImageTree, TreeEntry } from "../types.ts";
import { shortDiff } from "./text.ts";

export interface PathDifference extends Difference {
  /** Without a slash at the front, as trees have it. */
  readonly path: string;
  readonly kind: Exclude<Difference["kind"], "config" | "behaviour" | "build">;
}

/** Each way in which a path differs is one difference. Sorted by path. */
export function pathDifferences(before: ImageTree, after: ImageTree): PathDifference[] {
  const paths = [...new Set([...before.entries.keys(), ...after.entries.keys()])].sort();
  const both = paths.filter((path) => before.entries.has(path) && after.entries.has(path));
  // Files of one identity are the same file.
  const other = both.filter((path) => before.entries.get(path)!.identity !== after.entries.get(path)!.identity);
  const attributes = { before: before.attributes(other), after: after.attributes(other) };
  const unlike = new Set(other);

  return paths.flatMap((path) => {
    const [old, now] = [before.entries.get(path), after.entries.get(path)];
    const found = (kind: PathDifference["kind"], what: string, diff?: string): PathDifference => ({
      at: `/${path}`,
      path,
      kind,
      what,
      ...(diff !== undefined && { diff }),
    });
    if (!old || !now) return found(old ? "gone" : "added", `${(old ?? now)!.type} is ${old ? "gone" : "new"}`);
    if (old.type !== now.type) return found("type", `${old.type} → ${now.type}`);
    const differs = unlike.has(path) && now.type === "file" && isOther(path, before, after);
    const [was, is] = [attributes.before.get(path), attributes.after.get(path)];
    return [
      ...changes(old, now).map(([kind, from, to]) => found(kind, `${kind} ${from} → ${to}`)),
      ...(differs ? [found("content", contentChange(old, now), shortDiff(path, before, after))] : []),
      ...(isDeepStrictEqual(was, is) ? [] : [found("attributes", attributeChange(was, is))]),
    ];
  });
}

type Change = readonly [kind: "owner" | "mode" | "target", from: string, to: string];

function changes(old: TreeEntry, now: TreeEntry): Change[] {
  const octal = ({ mode }: TreeEntry) => mode.toString(8);
  const owner = ({ uid, gid }: TreeEntry) => `${uid}:${gid}`;
  const all: Change[] = [
    ["owner", owner(old), owner(now)],
    // Nobody asks for the mode of a symlink (symlink(7)).
    ...(old.type === "symlink" ? [] : [["mode", octal(old), octal(now)] as const]),
    ["target", old.target, now.target],
  ];
  return all.filter(([, from, to]) => from !== to);
}

function isOther(path: string, before: ImageTree, after: ImageTree): boolean {
  const [old, now] = [before.entries.get(path)!, after.entries.get(path)!];
  return old.size !== now.size || before.hash(path) !== after.hash(path);
}

function contentChange(old: TreeEntry, now: TreeEntry): string {
  return old.size === now.size
    ? `content differs, ${old.size} bytes in both`
    : `content ${old.size} → ${now.size} bytes`;
}

type Attributes = Readonly<Record<string, string>>;

function attributeChange(old: Attributes = {}, now: Attributes = {}): string {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => old[name] !== now[name]);
  return names
    .map((name) => {
      if (now[name] === undefined) return `attribute ${name} is gone`;
      return old[name] === undefined ? `attribute ${name} is new` : `attribute ${name} ${old[name]} → ${now[name]}`;
    })
    .join(", ");
}
