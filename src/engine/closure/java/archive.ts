/** Files in archives of Java: the zip format (PKWARE APPNOTE.TXT 6.3), as far as `java.util.zip` reads it. */
import { inflateRawSync } from "node:zlib";

/** Archives in archives go no deeper: `ear`, `war`, `jar`. */
const DEEPEST = 3;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** Of the record at the end, without its comment. */
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;

export function isArchive(path: string): boolean {
  return /\.([jwe]ar|zip)$/.test(path);
}

/** Class files in an archive, those of archives in it too, by their whole content. Of what is no archive, or a damaged one, what can be read. */
export function* classesIn(archive: Buffer, depth = 0): Iterable<Buffer> {
  for (const { name, content } of entriesIn(archive, (name) => name.endsWith(".class") || isArchive(name))) {
    if (!isArchive(name)) yield content;
    else if (depth < DEEPEST) yield* classesIn(content, depth + 1);
  }
}

interface Entry {
  readonly name: string;
  readonly content: Buffer;
}

function* entriesIn(archive: Buffer, isAskedFor: (name: string) => boolean): Iterable<Entry> {
  const end = endOf(archive);
  if (end === undefined) return;
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== ENTRY) return;
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const name = archive.toString("utf8", at + 46, at + 46 + nameSize);
    const content = isAskedFor(name) ? contentOf(archive, at) : undefined;
    if (content) yield { name, content };
    at += 46 + nameSize + extraSize + commentSize;
  }
}

function contentOf(archive: Buffer, entry: number): Buffer | undefined {
  const [method, size, header] = [
    archive.readUInt16LE(entry + 10),
    archive.readUInt32LE(entry + 20),
    archive.readUInt32LE(entry + 42),
  ];
  if (header + 30 > archive.length) return undefined;
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const packed = archive.subarray(start, start + size);
  try {
    return method === 0 ? packed : method === 8 ? inflateRawSync(packed) : undefined;
  } catch {
    return undefined;
  }
}

/** The record stands last, before a comment that may be empty. */
function endOf(archive: Buffer): number | undefined {
  const first = Math.max(0, archive.length - END_SIZE - LONGEST_COMMENT);
  for (let at = archive.length - END_SIZE; at >= first; at--) if (archive.readUInt32LE(at) === END) return at;
  return undefined;
}
