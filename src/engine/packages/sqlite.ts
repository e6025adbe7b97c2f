/** Reads a table of an SQLite database without a library (SQLite, "Database File Format"). */

const MAGIC = "SQLite format 3\0";
/** Kinds of pages of a table. */
const LEAF = 13;
const INTERIOR = 5;
/** Bytes that a page holds at least. */
const LEAST = 480;

/** Texts, whole numbers and blobs; null for the rest. */
type Value = string | number | Buffer | null;

/** Undefined where the file is no such database or is damaged, or there is no such table. */
export function countRows(file: Buffer, table: string): number | undefined {
  return ofTable(file, table, (pages, root) => pages.count(root));
}

/** The values of each row. Undefined as above. */
export function rowsOf(file: Buffer, table: string): readonly (readonly Value[])[] | undefined {
  return ofTable(file, table, (pages, root) => [...pages.cells(root)].map((cell) => pages.record(cell)));
}

function ofTable<Result>(
  file: Buffer,
  table: string,
  look: (pages: Pages, root: number) => Result,
): Result | undefined {
  if (file.toString("latin1", 0, MAGIC.length) !== MAGIC) return undefined;
  try {
    const pages = new Pages(file);
    for (const at of pages.cells(1)) {
      const [kind, name, , root] = pages.record(at);
      if (kind === "table" && name === table && typeof root === "number") return look(pages, root);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

class Pages {
  readonly #file: Buffer;
  readonly #size: number;
  /** Bytes of a page that may hold something. */
  readonly #usable: number;
  readonly #seen = new Set<number>();

  constructor(file: Buffer) {
    this.#file = file;
    const size = file.readUInt16BE(16);
    this.#size = size === 1 ? 65536 : size;
    this.#usable = this.#size - file.readUInt8(20);
    if (this.#usable < LEAST) throw new RangeError("pages that hold nothing");
  }

  /** Rows below the page `root`. */
  count(root: number): number {
    const { kind, cells } = this.#page(root);
    if (kind === LEAF) return cells.length;
    return this.#children(root).reduce((sum, child) => sum + this.count(child), 0);
  }

  /** Where the rows below the page `root` stand in the file. */
  *cells(root: number): Iterable<number> {
    const { kind, cells } = this.#page(root);
    if (kind === LEAF) yield* cells;
    else for (const child of this.#children(root)) yield* this.cells(child);
  }

  /** The values of a row. */
  record(cell: number): readonly Value[] {
    const payload = this.#payload(cell);
    const [headerLength, afterHeader] = varint(payload, 0);
    const values: Value[] = [];
    let body = headerLength;
    for (let at = afterHeader; at < headerLength; ) {
      const [type, next] = varint(payload, at);
      const size = sizeOf(type);
      const bytes = payload.subarray(body, body + size);
      if (type >= 12) values.push(type % 2 === 1 ? bytes.toString() : bytes);
      else values.push(type >= 1 && type <= 5 ? payload.readIntBE(body, size) : type === 9 ? 1 : null);
      body += size;
      at = next;
    }
    return values;
  }

  /** What a cell holds: its beginning stands in it, and what does not fit on pages of their own, one behind the other. */
  #payload(cell: number): Buffer {
    const [length, afterLength] = varint(this.#file, cell);
    const [, start] = varint(this.#file, afterLength);
    if (length > this.#file.length) throw new RangeError("a row that is longer than the file");
    const most = this.#usable - 35;
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
    const fitting = least + ((length - least) % (this.#usable - 4));
    const here = length <= most ? length : fitting <= most ? fitting : least;
    const parts = [this.#file.subarray(start, start + here)];
    let left = length - here;
    for (let page = left > 0 ? this.#file.readUInt32BE(start + here) : 0; left > 0; ) {
      const at = (page - 1) * this.#size;
      page = this.#file.readUInt32BE(at);
      parts.push(this.#file.subarray(at + 4, at + 4 + Math.min(left, this.#usable - 4)));
      left -= this.#usable - 4;
    }
    return Buffer.concat(parts);
  }

  #children(number: number): number[] {
    // A damaged database may go round in circles.
    if (this.#seen.has(number)) throw new RangeError("a page is its own parent");
    this.#seen.add(number);
    const { start, cells } = this.#page(number);
    return [...cells.map((cell) => this.#file.readUInt32BE(cell)), this.#file.readUInt32BE(start + 8)];
  }

  #page(number: number): { readonly start: number; readonly kind: number; readonly cells: readonly number[] } {
    const base = (number - 1) * this.#size;
    // The first page begins with the header of the file.
    const start = number === 1 ? 100 : base;
    const kind = this.#file.readUInt8(start);
    if (kind !== LEAF && kind !== INTERIOR) throw new RangeError("no page of a table");
    const count = this.#file.readUInt16BE(start + 3);
    const pointers = start + (kind === LEAF ? 8 : 12);
    const cells = Array.from({ length: count }, (_, index) => base + this.#file.readUInt16BE(pointers + 2 * index));
    return { start, kind, cells };
  }
}

/** A number of variable length, and where it ends. */
function varint(bytes: Buffer, at: number): readonly [number, number] {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes.readUInt8(at + index);
    value = value * 128 + (byte & 127);
    if (byte < 128) return [value, at + index + 1];
  }
  return [value * 256 + bytes.readUInt8(at + 8), at + 9];
}

/** Bytes of a value by its serial type. */
function sizeOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] ?? 0;
}
