import { type Edit, overlaps } from "./span.ts";

/**
 * The source with all edits made at once; every span speaks of the text before. Insertions at one offset come out in the
 * order given, and an insertion where a replacement begins comes out before it.
 *
 * @throws RangeError when a span lies outside the source or two edits overlap: always our own mistake.
 */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const sorted = edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const parts: string[] = [];
  let at = 0;
  let last: Edit | undefined;
  for (const edit of sorted) {
    const { start, end } = edit.span;
    if (!(0 <= start && start <= end && end <= source.length)) {
      throw new RangeError(`edit ${start}-${end} lies outside a text of ${source.length}`);
    }
    if (start < at || (last && overlaps(last.span, edit.span))) {
      throw new RangeError(`edits ${last?.span.start}-${last?.span.end} and ${start}-${end} overlap`);
    }
    parts.push(source.slice(at, start), edit.text);
    at = end;
    last = edit;
  }
  parts.push(source.slice(at));
  return parts.join("");
}
