/** Reads the headers of a tar archive and says where each content lies. Forms: ustar, GNU, pax (POSIX.1-2001) as star and Go write it. */
import { decodeBytes } from "../../text/index.ts";
import { EngineError } from "../error.ts";
import type { TreeEntry } from "../types.ts";
import type { OpenFile } from "./open-file.ts";
import { oldSparse, type Piece, sparseMap } from "./sparse.ts";
import { BLOCK, type Header, isEmptyBlock, readHeader, untilNul } from "./tar-header.ts";

export interface Member {
  /** Without a slash or `./` at the front or a slash at the end; empty for the root folder. */
  readonly path: string;
  readonly type: TreeEntry["type"] | "link";
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes, unpacked. */
  readonly size: number;
  /** As in `TreeEntry`; of a hard link the path of the other name. */
  readonly target: string;
  /** Extended attributes in hexadecimal. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Where the content lies in the archive's file. What no piece covers is zeros. */
  readonly pieces: readonly Piece[];
}

type Records = ReadonlyMap<string, Buffer>;

const TYPES: Readonly<Record<string, Member["type"]>> = {
  "0": "file",
  "7": "file",
  S: "file",
  "1": "link",
  "2": "symlink",
  "3": "device",
  "4": "device",
  "5": "folder",
  "6": "fifo",
};

/** Members of the archive that lies in `file` from `start` to `end`. Throws an `EngineError` where that is no tar archive. */
export function* membersOf(file: OpenFile, start: number, end: number): Generator<Member> {
  let global: Records = new Map();
  let own: Records = new Map();
  let long: { name?: string; link?: string } = {};
  for (let at = start; at + BLOCK <= end; ) {
    const block = file.peek(at, BLOCK);
    if (isEmptyBlock(block)) return;
    const header = readHeader(block);
    if (!header) throw new EngineError(`${file.path} has something at byte ${at} that is no header of a tar archive`);
    const data = at + BLOCK;
    const text = () => file.read(data, header.size);
    at = data + padded(header.size);
    if (header.type === "x") own = recordsIn(text());
    else if (header.type === "g") global = new Map([...global, ...recordsIn(text())]);
    else if (header.type === "L") long = { ...long, name: untilNul(text()) };
    else if (header.type === "K") long = { ...long, link: untilNul(text()) };
    else {
      const { member, next } = memberOf(file, data, header, new Map([...global, ...own]), long);
      at = next;
      if (at > end) throw new EngineError(`${file.path} ends within ${header.name}`);
      own = new Map();
      long = {};
      if (member) yield member;
    }
  }
}

function memberOf(
  file: OpenFile,
  data: number,
  header: Header,
  records: Records,
  long: { readonly name?: string; readonly link?: string },
): { member: Member | undefined; next: number } {
  const text = (key: string) => (records.has(key) ? decodeBytes(records.get(key)!) : undefined);
  const number = (key: string) => (records.has(key) ? Number(text(key)) : undefined);
  const name = text("GNU.sparse.name") ?? text("path") ?? long.name ?? header.name;
  // An archive of before 1988 marks a folder by its name.
  const type = header.type === "0" && name.endsWith("/") ? "folder" : TYPES[header.type];
  const stored = type === "file" || type === undefined ? (number("size") ?? header.size) : 0;
  const sparse =
    header.type === "S"
      ? oldSparse(file, data, stored)
      : sparseMap(file, data, stored, text, number("GNU.sparse.realsize"));
  const next = (sparse?.data ?? data) + padded(sparse?.stored ?? stored);
  // Volume labels and the like are about the archive.
  if (!type) return { member: undefined, next };
  const link = text("linkpath") ?? long.link ?? header.linkName;
  return {
    next,
    member: {
      path: normal(name, file),
      type,
      mode: header.mode & 0o7777,
      uid: number("uid") ?? header.uid,
      gid: number("gid") ?? header.gid,
      size: sparse?.size ?? stored,
      target: targetOf(type, header, type === "link" ? normal(link, file) : link),
      attributes: attributesIn(records),
      pieces: sparse?.pieces ?? [{ at: 0, from: data, length: stored }],
    },
  };
}

function targetOf(type: Member["type"], header: Header, link: string): string {
  if (type === "symlink" || type === "link") return link;
  return type === "device" ? `${header.type === "3" ? "c" : "b"} ${header.device}` : "";
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

function normal(path: string, file: OpenFile): string {
  const names = path.split("/").filter((name) => name !== "" && name !== ".");
  if (names.includes("..")) throw new EngineError(`${file.path} has the path ${path}, which leads out of the image`);
  return names.join("/");
}

/** `27 path=…` and a line feed: the length counts itself. A value may hold anything. */
function recordsIn(bytes: Buffer): Records {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(" ", at);
    const length = Number(bytes.toString("latin1", at, blank));
    const equals = bytes.indexOf("=", blank);
    if (blank < 0 || equals < 0 || !(length > 0)) break;
    const key = bytes.toString("utf8", blank + 1, equals);
    const value = bytes.subarray(equals + 1, at + length - 1);
    // An empty value takes a global one back; of an extended attribute it is the value.
    if (value.length === 0 && !key.startsWith(ATTRIBUTE)) records.delete(key);
    else records.set(key, value);
    at += length;
  }
  return records;
}

const ATTRIBUTE = "SCHILY.xattr.";

function attributesIn(records: Records): Readonly<Record<string, string>> {
  const found = [...records].filter(([key]) => key.startsWith(ATTRIBUTE));
  return Object.fromEntries(found.map(([key, value]) => [key.slice(ATTRIBUTE.length), value.toString("hex")]));
}
