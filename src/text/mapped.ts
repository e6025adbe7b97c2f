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
