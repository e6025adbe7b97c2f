/** Small ELF files that hold nothing but what the dynamic loader reads of them. */

export interface ElfParts {
  readonly wide?: boolean;
  readonly little?: boolean;
  /** 62 is x86-64. */
  readonly machine?: number;
  readonly interpreter?: string | undefined;
  readonly needed?: readonly string[];
  readonly soname?: string | undefined;
  readonly rpath?: string | undefined;
  readonly runpath?: string | undefined;
}

/** Where the file is said to be loaded, so that addresses are no offsets. */
const BASE = 0x10000;

export function writeElf(parts: ElfParts): Buffer {
  const { wide = true, little = true, machine = 62, interpreter, needed = [], soname, rpath, runpath } = parts;
  const width = wide ? 8 : 4;
  const number = (size: number, value: number) => {
    const bytes = Buffer.alloc(size);
    if (little) bytes.writeUIntLE(value, 0, Math.min(size, 6));
    else bytes.writeUIntBE(value, size - Math.min(size, 6), Math.min(size, 6));
    return bytes;
  };
  const word = (value: number) => number(width, value);

  const strings: Buffer[] = [Buffer.from([0])];
  const offsetOf = (text: string) => {
    const offset = Buffer.concat(strings).length;
    strings.push(Buffer.from(`${text}\0`));
    return offset;
  };
  const named: [number, number][] = needed.map((name) => [1, offsetOf(name)]);
  for (const [tag, text] of [
    [14, soname],
    [15, rpath],
    [29, runpath],
  ] as const)
    if (text !== undefined) named.push([tag, offsetOf(text)]);

  const count = interpreter === undefined ? 2 : 3;
  const [header, segment] = wide ? [64, 56] : [52, 32];
  const interpreterAt = header + count * segment;
  const interpreterBytes = Buffer.from(interpreter === undefined ? "" : `${interpreter}\0`);
  const stringsAt = interpreterAt + interpreterBytes.length;
  const table = Buffer.concat(strings);
  const dynamicAt = stringsAt + table.length;
  const tags: [number, number][] = [...named, [5, BASE + stringsAt], [10, table.length], [0, 0]];
  const dynamic = Buffer.concat(tags.flatMap(([tag, value]) => [word(tag), word(value)]));
  const size = dynamicAt + dynamic.length;

  const segmentOf = (type: number, offset: number, length: number) =>
    Buffer.concat(
      wide
        ? [number(4, type), number(4, 4), ...[offset, BASE + offset, BASE + offset, length, length, 1].map(word)]
        : [type, offset, BASE + offset, BASE + offset, length, length, 4, 1].map(word),
    );
  return Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, little ? 1 : 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ...[number(2, 3), number(2, machine), number(4, 1), word(0), word(header), word(0), number(4, 0)],
    ...[header, segment, count, 0, 0, 0].map((value) => number(2, value)),
    segmentOf(1, 0, size),
    segmentOf(2, dynamicAt, dynamic.length),
    ...(interpreter === undefined ? [] : [segmentOf(3, interpreterAt, interpreterBytes.length)]),
    ...[interpreterBytes, table, dynamic],
  ]);
}
