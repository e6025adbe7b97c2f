/** Counts the rows of a table in an SQLite database without a library (SQLite, "Database File Format"). */

const MAGIC = "SQLite format 3\0";
/** Kinds of pages of a table. */
const LEAF = 13;
const INTERIOR = 5;

/** Undefined where the file is no such database or is damaged, or there is no such table. */
export function countRows(file: Buffer, table: string): number | undefined {
  if (file.toString("latin1", 0, MAGIC.length) !== MAGIC) return undefined;
  try {
    const pages = new Pages(file);
    for (const at of pages.cells(1)) {
      const [kind, name, , root] = pages.record(at);
      if (kind === "table" && name === table && typeof root === "number") return pages.count(root);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

class Pages {
  readonly #file: Buffer;
  readonly #size: number;
  readonly #seen = new Set<number>();

  constructor(file: Buffer) {
    this.#file = file;
    const size = file.readUInt16BE(16);
    this.#size = size === 1 ? 65536 : size;
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

  /** The first values of a row: texts and whole numbers; null for the rest. */
  record(cell: number): readonly (string | number | null)[] {
    const [, afterLength] = this.#varint(cell);
    const [, start] = this.#varint(afterLength);
    const [headerLength, afterHeader] = this.#varint(start);
    const values: (string | number | null)[] = [];
    let body = start + headerLength;
    for (let at = afterHeader; at < start + headerLength; ) {
      const [type, next] = this.#varint(at);
      const size = sizeOf(type);
      if (type >= 13 && type % 2 === 1) values.push(this.#file.toString("utf8", body, body + size));
      else values.push(type >= 1 && type <= 5 ? this.#file.readIntBE(body, size) : type === 9 ? 1 : null);
      body += size;
      at = next;
    }
    return values;
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

  /** A number of variable length, and where it ends. */
  #varint(at: number): readonly [number, number] {
    let value = 0;
    for (let index = 0; index < 8; index++) {
      const byte = this.#file.readUInt8(at + index);
      value = value * 128 + (byte & 127);
      if (byte < 128) return [value, at + index + 1];
    }
    return [value * 256 + this.#file.readUInt8(at + 8), at + 9];
  }
}

/** Bytes of a value by its serial type. */
function sizeOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] ?? 0;
}
