import type { Edit } from "./span.ts";

/**
 * Where the character at `offset` of the edited text was before `edits`, which are sorted and disjoint. A character that an edit
 * brought in maps into the span it replaced.
 */
export function originOf(edits: readonly Edit[], offset: number): number {
  let growth = 0;
  for (const { span, text } of edits) {
    const start = span.start + growth;
    if (offset < start) break;
    if (offset < start + text.length) return Math.min(span.start + offset - start, span.end);
    growth += text.length - (span.end - span.start);
  }
  return offset - growth;
}
