/** Packages of the base system that are gone as a whole: dpkg's and apk's databases before and after. */
import { isToolchain } from "../../ecosystems/index.ts";
import type { ImageTree } from "../types.ts";
import type { PathRule } from "./explain.ts";

const RULE = "build toolchain";

/** Files of packages that are gone from the database and are build toolchain by their names. */
export function systemPackages(before: ImageTree, after: ImageTree): PathRule {
  const files = new Set([...debianFiles(before, after), ...alpineFiles(before, after)]);
  return (path) => (files.has(path) ? RULE : undefined);
}

const STATUS = "var/lib/dpkg/status";
const INFO = "var/lib/dpkg/info/";

function debianFiles(before: ImageTree, after: ImageTree): string[] {
  const gone = goneToolchain(stanzas(before, STATUS, "Package: "), stanzas(after, STATUS, "Package: "));
  if (gone.size === 0) return [];
  // `gcc.list`, `libc6-dev:amd64.list`, and the package's scripts beside it.
  const own = [...before.entries.keys()].filter(
    (path) => path.startsWith(INFO) && gone.has(path.slice(INFO.length).replace(/(:[^.]+)?\.\w+$/, "")),
  );
  const listed = own.filter((path) => path.endsWith(".list"));
  return [
    ...own,
    ...listed.flatMap((list) =>
      before
        .read(list)
        .toString()
        .split("\n")
        .map((path) => path.slice(1)),
    ),
  ];
}

const INSTALLED = "lib/apk/db/installed";

/** Lines `F:` name a folder and `R:` the files in it. */
function alpineFiles(before: ImageTree, after: ImageTree): string[] {
  const old = stanzas(before, INSTALLED, "P:");
  const gone = goneToolchain(old, stanzas(after, INSTALLED, "P:"));
  return [...gone].flatMap((name) => {
    let folder = "";
    return old
      .get(name)!
      .split("\n")
      .flatMap((line) => {
        if (line.startsWith("F:")) folder = line.slice(2);
        return line.startsWith("R:") ? `${folder}/${line.slice(2)}` : [];
      });
  });
}

type Stanzas = ReadonlyMap<string, string>;

function goneToolchain(before: Stanzas, after: Stanzas): ReadonlySet<string> {
  return new Set([...before.keys()].filter((name) => !after.has(name) && isToolchain(name)));
}

/** Blocks of a database by the name of the package. */
function stanzas(tree: ImageTree, path: string, field: string): Stanzas {
  if (tree.entries.get(path)?.type !== "file") return new Map();
  const blocks = tree.read(path).toString().split("\n\n");
  const named = blocks.map((block) => [
    block
      .split("\n")
      .find((line) => line.startsWith(field))
      ?.slice(field.length),
    block,
  ]);
  return new Map(named.filter((pair): pair is [string, string] => pair[0] !== undefined));
}

/** Whether a database lost packages of the toolchain and is otherwise the same. */
export function isReducedDatabase(path: string, before: ImageTree, after: ImageTree): boolean {
  const field = path === STATUS ? "Package: " : path === INSTALLED ? "P:" : undefined;
  if (field === undefined) return false;
  const [old, now] = [stanzas(before, path, field), stanzas(after, path, field)];
  const isSame = [...now].every(([name, block]) => old.get(name)?.trim() === block.trim());
  return isSame && [...old.keys()].every((name) => now.has(name) || isToolchain(name));
}
