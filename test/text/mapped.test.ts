import fc from "fast-check";
import { expect, test } from "vitest";
import { mappedFrom, plain, type Span } from "../../src/text/index.ts";

const sourceWithPieces = fc.string({ minLength: 1, maxLength: 40 }).chain((source) =>
  fc.array(fc.nat(source.length), { maxLength: 12 }).map((offsets) => {
    const sorted = offsets.toSorted((a, b) => a - b);
    const pieces: Span[] = [];
    for (let i = 0; i + 1 < sorted.length; i += 2) pieces.push({ start: sorted[i]!, end: sorted[i + 1]! });
    return { source, pieces };
  }),
);

test("each character maps to itself in the source", () => {
  fc.assert(
    fc.property(sourceWithPieces, ({ source, pieces }) => {
      const mapped = mappedFrom(source, pieces);
      expect(mapped.text).toBe(pieces.map(({ start, end }) => source.slice(start, end)).join(""));
      for (let at = 0; at < mapped.text.length; at++) expect(source[mapped.toSource(at)]).toBe(mapped.text[at]);
    }),
  );
});

test("a slice maps as the whole does", () => {
  fc.assert(
    fc.property(sourceWithPieces, fc.nat(40), fc.nat(40), ({ source, pieces }, a, b) => {
      const mapped = mappedFrom(source, pieces);
      const [start, end] = [Math.min(a, b, mapped.text.length), Math.min(Math.max(a, b), mapped.text.length)];
      const slice = mapped.slice(start, end).slice(0);
      expect(slice.text).toBe(mapped.text.slice(start, end));
      for (let at = 0; at < slice.text.length; at++) expect(slice.toSource(at)).toBe(mapped.toSource(start + at));
    }),
  );
});

test("a span covers its first and last character and no more", () => {
  const mapped = mappedFrom("ab--cd", [
    { start: 0, end: 2 },
    { start: 4, end: 6 },
  ]);
  expect(mapped.toSourceSpan({ start: 0, end: 2 })).toEqual({ start: 0, end: 2 });
  expect(mapped.toSourceSpan({ start: 1, end: 3 })).toEqual({ start: 1, end: 5 });
  expect(mapped.toSourceSpan({ start: 2, end: 4 })).toEqual({ start: 4, end: 6 });
  expect(mapped.toSourceSpan({ start: 2, end: 2 })).toEqual({ start: 4, end: 4 });
});

test("the end of the text is the end of its last piece", () => {
  const mapped = mappedFrom("ab--cd", [
    { start: 0, end: 2 },
    { start: 4, end: 5 },
  ]);
  expect(mapped.toSource(mapped.text.length)).toBe(5);
  expect(mapped.slice(0, 2).toSource(2)).toBe(2);
});

test("an empty text stands where it was put", () => {
  expect(mappedFrom("abc", [], 2).toSource(0)).toBe(2);
  expect(plain("", 3).toSourceSpan({ start: 0, end: 0 })).toEqual({ start: 3, end: 3 });
});
