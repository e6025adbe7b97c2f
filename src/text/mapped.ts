import type { Span } from "./span.ts";

/**
 * A text that was put together from pieces of a source (lines joined over continuations, comments left out),
 * which remembers where each character came from.
 */
export interface MappedText {
  readonly text: string;
  /** The source offset of the character at `offset` of `text`; `text.length` maps to the end of the last piece. */
  toSource(offset: number): number;
  /** The smallest source span that covers `span` of `text`, so an edit there may also cover continuations inside it. */
  toSourceSpan(span: Span): Span;
  /** The part `[start, end)` as a mapped text of its own. */
  slice(start: number, end?: number): MappedText;
}

/** The pieces of `source` joined, in the order given. Pieces may be empty; with no piece at all, the text stands at `offset`. */
export function mappedFrom(source: string, pieces: readonly Span[], offset = 0): MappedText {
  const [first] = pieces;
  if (pieces.length <= 1) {
    const span = first ?? { start: offset, end: offset };
    return plain(source.slice(span.start, span.end), span.start);
  }
  const text = pieces.map((piece) => source.slice(piece.start, piece.end)).join("");
  let length = 0;
  const table = pieces.map((piece) => {
    const row = { at: length, start: piece.start };
    length += piece.end - piece.start;
    return row;
  });
  return new Joined(text, table, 0);
}

/** A text that stands in the source as it is, from `offset` on. */
export function plain(text: string, offset = 0): MappedText {
  return new Joined(text, [{ at: 0, start: offset }], 0);
}

/** Where a piece begins: in the joined text and in the source. */
interface Piece {
  readonly at: number;
  readonly start: number;
}

class Joined implements MappedText {
  readonly text: string;
  readonly #pieces: readonly Piece[];
  /** Where `text` begins in the text that `#pieces` speaks of; slices share the pieces. */
  readonly #shift: number;

  constructor(text: string, pieces: readonly Piece[], shift: number) {
    this.text = text;
    this.#pieces = pieces;
    this.#shift = shift;
  }

  toSource(offset: number): number {
    if (offset === this.text.length && offset > 0) return this.#locate(offset - 1) + 1;
    return this.#locate(offset);
  }

  toSourceSpan(span: Span): Span {
    const start = this.toSource(span.start);
    return { start, end: span.end > span.start ? this.#locate(span.end - 1) + 1 : start };
  }

  slice(start: number, end = this.text.length): MappedText {
    return new Joined(this.text.slice(start, end), this.#pieces, this.#shift + start);
  }

  #locate(offset: number): number {
    const wanted = offset + this.#shift;
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#pieces[middle]!.at <= wanted) low = middle;
      else high = middle - 1;
    }
    const piece = this.#pieces[low]!;
    return piece.start + wanted - piece.at;
  }
}
