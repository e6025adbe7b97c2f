/** rpm's database: a header of each package in an SQLite table (rpm, "Package format"). */
import type { ImageTree } from "../types.ts";
import { rowsOf } from "./sqlite.ts";

export const RPM_DATABASES = [
  "var/lib/rpm/rpmdb.sqlite",
  "usr/lib/sysimage/rpm/rpmdb.sqlite",
  "usr/share/rpm/rpmdb.sqlite",
];

export interface RpmPackage {
  readonly name: string;
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly requires: readonly string[];
  readonly recommends: readonly string[];
  readonly provides: readonly string[];
}

/** The packages of the database at `path`. None of older forms (Berkeley DB, ndb), and of a damaged one. */
export function rpmPackagesIn(tree: ImageTree, path: string): readonly RpmPackage[] {
  if (tree.entries.get(path)?.type !== "file") return [];
  const rows = rowsOf(tree.read(path), "Packages") ?? [];
  try {
    return rows.flatMap(([, header]) => (Buffer.isBuffer(header) ? packageOf(header) : []));
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

const TAGS = {
  name: 1000,
  provides: 1047,
  requires: 1049,
  recommends: 5046,
  folders: 1118,
  folderOf: 1116,
  names: 1117,
};

function packageOf(header: Buffer): RpmPackage {
  const texts = (tag: number) => valuesOf(header, tag).map(String);
  const folders = texts(TAGS.folders);
  const folderOf = valuesOf(header, TAGS.folderOf);
  return {
    name: texts(TAGS.name)[0] ?? "",
    files: texts(TAGS.names).map((name, at) => `${folders[Number(folderOf[at])] ?? ""}${name}`),
    requires: texts(TAGS.requires),
    recommends: texts(TAGS.recommends),
    provides: texts(TAGS.provides),
  };
}

const NUMBER = 4;
const TEXTS = [6, 8, 9];

/** Two counts, then four numbers for each tag, then what they point at. */
function valuesOf(header: Buffer, tag: number): readonly (string | number)[] {
  const count = header.readUInt32BE(0);
  const data = 8 + 16 * count;
  for (let at = 8; at < data; at += 16) {
    if (header.readUInt32BE(at) !== tag) continue;
    const [type, offset, length] = [4, 8, 12].map((each) => header.readUInt32BE(at + each)) as [number, number, number];
    if (length > header.length) throw new RangeError("more values than bytes");
    if (type === NUMBER) return Array.from({ length }, (_, index) => header.readUInt32BE(data + offset + 4 * index));
    if (TEXTS.includes(type)) return textsAt(header, data + offset, length);
  }
  return [];
}

function textsAt(bytes: Buffer, start: number, count: number): readonly string[] {
  const found: string[] = [];
  for (let at = start; found.length < count; ) {
    const end = bytes.indexOf(0, at);
    if (end < 0) break;
    found.push(bytes.toString("utf8", at, end));
    at = end + 1;
  }
  return found;
}
