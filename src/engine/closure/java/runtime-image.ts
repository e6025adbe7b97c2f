/**
 * Which module each package of a Java is of: the index of `lib/modules`, as jdk.internal.jimage reads it (BasicImageReader, ImageHeader,
 * ImageLocation of OpenJDK 9 to 25).
 */
import type { Image } from "../image.ts";

const MAGIC = 0xcafedada;
const HEADER = 28;

/** Kinds of attributes of a location, of those that are read. */
const MODULE = 1;
const PARENT = 2;
const EXTENSION = 4;

/** `java/net/http` to `java.net.http`; undefined where `path` is no such file. */
export function packagesIn(image: Image, path: string): ReadonlyMap<string, string> | undefined {
  const header = image.read(path, HEADER);
  if (!header || header.length < HEADER) return undefined;
  const isLittle = header.readUInt32LE(0) === MAGIC;
  if (!isLittle && header.readUInt32BE(0) !== MAGIC) return undefined;
  const number = (bytes: Buffer, at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const [length, locationsSize, stringsSize] = [number(header, 16), number(header, 20), number(header, 24)];
  const offsetsAt = HEADER + length * 4;
  const locationsAt = offsetsAt + length * 4;
  const stringsAt = locationsAt + locationsSize;
  const index = image.read(path, stringsAt + stringsSize)!;
  const text = (offset: number) => {
    const start = stringsAt + offset;
    return index.toString("utf8", start, index.indexOf(0, start));
  };
  const packages = new Map<string, string>();
  for (let each = 0; each < length; each++) {
    const at = locationsAt + number(index, offsetsAt + each * 4);
    const { [MODULE]: module, [PARENT]: parent, [EXTENSION]: extension } = attributesAt(index, at);
    if (module !== undefined && parent !== undefined && extension !== undefined && text(extension) === "class")
      packages.set(text(parent), text(module));
  }
  return packages;
}

/** A byte of kind and length, and so many bytes of a value; kind 0 ends them. */
function attributesAt(index: Buffer, start: number): Record<number, number> {
  const values: Record<number, number> = {};
  for (let at = start; ; ) {
    const byte = index.readUInt8(at++);
    const [kind, size] = [byte >> 3, (byte & 7) + 1];
    if (kind === 0) return values;
    if (size <= 6) values[kind] = index.readUIntBE(at, size);
    at += size;
  }
}
