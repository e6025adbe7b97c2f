/** One header block of a tar archive (POSIX.1-1988 ustar, and what GNU tar makes of it). */
import { decodeBytes } from "../../text/index.ts";

export const BLOCK = 512;

export interface Header {
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes that follow, padded to whole blocks. */
  readonly size: number;
  /** One character: `0` a file, `5` a folder, `x` an extended header, … */
  readonly type: string;
  readonly linkName: string;
  /** `major:minor`. */
  readonly device: string;
}

/** Undefined where the block is no header: its checksum is wrong. */
export function readHeader(block: Buffer): Header | undefined {
  if (block.length < BLOCK || numberIn(block, 148, 8) !== checksum(block)) return undefined;
  const type = block[156] === 0 ? "0" : String.fromCharCode(block[156]!);
  // GNU tar writes "ustar  " and keeps other things where the prefix is.
  const prefix = block.toString("latin1", 257, 263) === "ustar\0" ? textIn(block, 345, 155) : "";
  const name = textIn(block, 0, 100);
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    mode: numberIn(block, 100, 8),
    uid: numberIn(block, 108, 8),
    gid: numberIn(block, 116, 8),
    size: numberIn(block, 124, 12),
    type,
    linkName: textIn(block, 157, 100),
    device: `${numberIn(block, 329, 8)}:${numberIn(block, 337, 8)}`,
  };
}

export function isEmptyBlock(block: Buffer): boolean {
  return block.every((byte) => byte === 0);
}

/** Octal, or where the first bit is set the bytes of the number itself (GNU). */
export function numberIn(block: Buffer, start: number, length: number): number {
  const field = block.subarray(start, start + length);
  if (field[0]! < 0x80)
    return Number.parseInt(
      field
        .toString("latin1")
        .replace(/[\0 ]+/g, " ")
        .trim() || "0",
      8,
    );
  const bytes = [field[0]! & 0x7f, ...field.subarray(1)];
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

function textIn(block: Buffer, start: number, length: number): string {
  return untilNul(block.subarray(start, start + length));
}

export function untilNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return decodeBytes(end < 0 ? bytes : bytes.subarray(0, end));
}

/** The sum of all bytes, with blanks in the place of the sum. */
function checksum(block: Buffer): number {
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) sum += at >= 148 && at < 156 ? 32 : block[at]!;
  return sum;
}
