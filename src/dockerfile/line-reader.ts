/** The longest line in bytes that BuildKit reads (Go's bufio.MaxScanTokenSize, less one for the line end). */
export const MAX_LINE = 65_535;

/** One line of the file: `[start, end)` with its line end, `[start, textEnd)` without. */
export interface Line {
  readonly start: number;
  readonly textEnd: number;
  readonly end: number;
}

/** Hands out the lines of a source one after the other. Lines end with "\n"; any "\r" before it belongs to the line end. */
export class LineReader {
  readonly source: string;
  /** Lines that BuildKit finds too long. */
  readonly tooLong: Line[] = [];
  #at: number;

  constructor(source: string, start: number) {
    this.source = source;
    this.#at = start;
  }

  /** Where the next line begins. */
  get at(): number {
    return this.#at;
  }

  next(): Line | undefined {
    const start = this.#at;
    if (start >= this.source.length) return undefined;
    const newline = this.source.indexOf("\n", start);
    const end = newline < 0 ? this.source.length : newline + 1;
    let textEnd = newline < 0 ? end : newline;
    const isTooLong = byteLengthExceeds(this.source, start, textEnd, MAX_LINE);
    while (textEnd > start && this.source[textEnd - 1] === "\r") textEnd--;
    this.#at = end;
    const line = { start, textEnd, end };
    if (isTooLong) this.tooLong.push(line);
    return line;
  }
}

function byteLengthExceeds(source: string, start: number, end: number, limit: number): boolean {
  if ((end - start) * 3 <= limit) return false;
  const line = source.slice(start, end);
  // An invalid byte is held as a lone surrogate, which would count as three.
  const invalidBytes = line.match(/[\udc80-\udcff]/gu)?.length ?? 0;
  return Buffer.byteLength(line, "utf8") - 2 * invalidBytes > limit;
}
