/** Files with holes, as GNU tar stores them (GNU tar's manual, "Storing Sparse Files"). */
import { EngineError } from "../error.ts";
import type { OpenFile } from "./open-file.ts";
import { BLOCK, numberIn } from "./tar-header.ts";

/** `length` bytes of a content from its byte `at` on, which lie in the archive's file from `from` on. */
export interface Piece {
  readonly at: number;
  readonly from: number;
  readonly length: number;
}

export interface Sparse {
  /** Where the stored bytes begin in the archive's file, and how many they are. */
  readonly data: number;
  readonly stored: number;
  /** Bytes, holes included. */
  readonly size: number;
  readonly pieces: readonly Piece[];
}

type Range = readonly [at: number, length: number];

/** Type `S`: four ranges in the header before `data`, more in blocks after it. */
export function oldSparse(file: OpenFile, data: number, stored: number): Sparse {
  const header = file.peek(data - BLOCK, BLOCK);
  const size = numberIn(header, 483, 12);
  const ranges = rangesIn(header, 386, 4);
  let start = data;
  for (let more = header[482] !== 0; more; start += BLOCK) {
    const block = file.peek(start, BLOCK);
    ranges.push(...rangesIn(block, 0, 21));
    more = block[504] !== 0;
  }
  return { data: start, stored, size, pieces: piecesOf(ranges, start) };
}

function rangesIn(block: Buffer, start: number, count: number): Range[] {
  const ranges = Array.from({ length: count }, (_, index): Range => {
    const at = start + index * 24;
    return [numberIn(block, at, 12), numberIn(block, at + 12, 12)];
  });
  return ranges.filter(([, length]) => length > 0);
}

/** Of the pax format 1.0, whose ranges come before the bytes, one number a line; undefined for a file that is not sparse. */
export function sparseMap(
  file: OpenFile,
  data: number,
  stored: number,
  record: (key: string) => string | undefined,
  size: number | undefined,
): Sparse | undefined {
  if (record("GNU.sparse.major") === "1" && size !== undefined) {
    let blocks = 1;
    let lines = linesIn(file.read(data, BLOCK));
    while (lines.length < 1 + 2 * (lines[0] ?? Number.POSITIVE_INFINITY) && blocks * BLOCK < stored)
      lines = linesIn(file.read(data, ++blocks * BLOCK));
    const ranges = Array.from(
      { length: lines[0] ?? 0 },
      (_, n): Range => [lines[2 * n + 1] ?? 0, lines[2 * n + 2] ?? 0],
    );
    const start = data + blocks * BLOCK;
    return { data: start, stored: stored - blocks * BLOCK, size, pieces: piecesOf(ranges, start) };
  }
  if (record("GNU.sparse.size") !== undefined)
    throw new EngineError(`${file.path} has sparse files in a form that refit does not read`);
  return undefined;
}

/** Numbers of the lines that are whole. */
function linesIn(bytes: Buffer): number[] {
  return bytes.toString("latin1").split("\n").slice(0, -1).map(Number);
}

function piecesOf(ranges: readonly Range[], start: number): Piece[] {
  let from = start;
  return ranges
    .map(([at, length]) => {
      const piece = { at, from, length };
      from += length;
      return piece;
    })
    .filter(({ length }) => length > 0);
}
