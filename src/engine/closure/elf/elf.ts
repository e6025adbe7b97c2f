/** What the dynamic loader reads of an ELF file (System V ABI, chapters 4 and 5; elf(5)). */

export interface Elf {
  /** Class and machine: a library of another kind is passed over. */
  readonly kind: string;
  /** Of a program that is linked dynamically: the loader. */
  readonly interpreter: string | undefined;
  readonly needed: readonly string[];
  readonly soname: string | undefined;
  /** Folders as written, `$ORIGIN` not expanded. `runpath` makes `rpath` void. */
  readonly rpath: readonly string[];
  readonly runpath: readonly string[];
}

/** `size` bytes of the file from `start` on, or as many as there are. */
export type ReadAt = (start: number, size: number) => Buffer;

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const DT_NEEDED = 1;
const DT_STRTAB = 5;
const DT_STRSZ = 10;
const DT_SONAME = 14;
const DT_RPATH = 15;
const DT_RUNPATH = 29;

/** One read is enough for the headers of nearly every file. */
const HEAD = 4096;
/** Beyond this a table is no table but damage. */
const LARGEST = 1 << 26;

export function isElf(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE(0) === 0x7f454c46;
}

/** Undefined for what is no ELF file, or a damaged one. */
export function readElf(read: ReadAt): Elf | undefined {
  try {
    const head = read(0, HEAD);
    return isElf(head) ? new Reader(head, read).elf() : undefined;
  } catch (error) {
    // A number that points out of the file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

class Reader {
  readonly #head: Buffer;
  readonly #read: ReadAt;
  readonly #wide: boolean;
  readonly #little: boolean;

  constructor(head: Buffer, read: ReadAt) {
    this.#head = head;
    this.#read = read;
    this.#wide = head.readUInt8(4) === 2;
    this.#little = head.readUInt8(5) === 1;
  }

  elf(): Elf {
    const machine = this.#half(this.#head, 18);
    const segments = this.#segments();
    const interpreter = segments.find(({ type }) => type === PT_INTERP);
    const dynamic = this.#dynamic(segments);
    const texts = this.#strings(segments, dynamic);
    const folders = (tag: number) => texts(tag).flatMap((path) => path.split(":"));
    return {
      kind: `${this.#wide ? 64 : 32}-bit ${this.#little ? "little" : "big"}-endian machine ${machine}`,
      interpreter: interpreter && textAt(this.#bytes(interpreter.offset, interpreter.size), 0),
      needed: texts(DT_NEEDED),
      soname: texts(DT_SONAME)[0],
      rpath: folders(DT_RPATH),
      runpath: folders(DT_RUNPATH),
    };
  }

  #segments(): Segment[] {
    const [start, size, count] = this.#wide
      ? [this.#word(this.#head, 32), this.#half(this.#head, 54), this.#half(this.#head, 56)]
      : [this.#word(this.#head, 28), this.#half(this.#head, 42), this.#half(this.#head, 44)];
    const table = this.#bytes(start, size * count);
    return Array.from({ length: count }, (_, index) => {
      const at = index * size;
      const word = (wide: number, narrow: number) => this.#word(table, at + (this.#wide ? wide : narrow));
      return { type: this.#int(table, at), offset: word(8, 4), address: word(16, 8), size: word(32, 16) };
    });
  }

  /** Tags and their values. */
  #dynamic(segments: readonly Segment[]): readonly (readonly [number, number])[] {
    const segment = segments.find(({ type }) => type === PT_DYNAMIC);
    if (!segment) return [];
    const table = this.#bytes(segment.offset, segment.size);
    const width = this.#wide ? 8 : 4;
    const entries: [number, number][] = [];
    for (let at = 0; at + 2 * width <= table.length; at += 2 * width) {
      const tag = this.#word(table, at);
      if (tag === 0) break;
      entries.push([tag, this.#word(table, at + width)]);
    }
    return entries;
  }

  /** The texts of all entries with a tag. */
  #strings(segments: readonly Segment[], dynamic: readonly (readonly [number, number])[]): (tag: number) => string[] {
    const value = (tag: number) => dynamic.find(([name]) => name === tag)?.[1] ?? 0;
    const offsets = dynamic.filter(([tag]) => [DT_NEEDED, DT_SONAME, DT_RPATH, DT_RUNPATH].includes(tag));
    if (offsets.length === 0) return () => [];
    const address = value(DT_STRTAB);
    const load = segments.find(
      (segment) => segment.type === PT_LOAD && address >= segment.address && address < segment.address + segment.size,
    );
    if (!load) throw new RangeError("the table of strings is in no segment");
    const table = this.#bytes(load.offset + address - load.address, value(DT_STRSZ));
    return (wanted) => offsets.filter(([tag]) => tag === wanted).map(([, offset]) => textAt(table, offset));
  }

  /** Exactly `size` bytes. */
  #bytes(start: number, size: number): Buffer {
    if (size > LARGEST) throw new RangeError("a table is too large");
    const end = start + size;
    const bytes = end <= this.#head.length ? this.#head.subarray(start, end) : this.#read(start, size);
    if (bytes.length < size) throw new RangeError("a table ends behind the file");
    return bytes;
  }

  #half(bytes: Buffer, at: number): number {
    return this.#little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  }

  #int(bytes: Buffer, at: number): number {
    return this.#little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }

  /** A word of the file's class. */
  #word(bytes: Buffer, at: number): number {
    if (!this.#wide) return this.#int(bytes, at);
    return Number(this.#little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  }
}

function textAt(table: Buffer, start: number): string {
  const end = table.indexOf(0, start);
  if (start >= table.length || end < 0) throw new RangeError("a text ends behind its table");
  return table.toString("utf8", start, end);
}
