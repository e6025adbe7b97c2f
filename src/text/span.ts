/** A half-open range `[start, end)` of UTF-16 offsets into a source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Puts `text` in the place of the source between `span.start` and `span.end`. An empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export function insertAt(offset: number, text: string): Edit {
  return { span: { start: offset, end: offset }, text };
}

export function replace(span: Span, text: string): Edit {
  return { span, text };
}

export function remove(span: Span): Edit {
  return { span, text: "" };
}

export function sliceOf(source: string, span: Span): string {
  return source.slice(span.start, span.end);
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether two spans share a character, or one inserts strictly inside the other. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
