import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits, type Edit, insertAt, originOf, remove, replace } from "../../src/text/index.ts";

/** A source, and disjoint edits of it in order. */
const sourceWithEdits = fc.string({ maxLength: 40 }).chain((source) => {
  const offsets = fc.array(fc.nat(source.length), { maxLength: 10 });
  return fc
    .tuple(offsets, fc.array(fc.string({ maxLength: 5 }), { minLength: 5, maxLength: 5 }))
    .map(([places, texts]) => {
      const sorted = places.toSorted((a, b) => a - b);
      const edits: Edit[] = [];
      for (let i = 0; i + 1 < sorted.length; i += 2) {
        edits.push({ span: { start: sorted[i]!, end: sorted[i + 1]! }, text: texts[i / 2]! });
      }
      return { source, edits };
    });
});

test("edits made at once are the edits made one by one from the end", () => {
  fc.assert(
    fc.property(sourceWithEdits, ({ source, edits }) => {
      const oneByOne = edits
        .toReversed()
        .reduce((text, { span, text: put }) => text.slice(0, span.start) + put + text.slice(span.end), source);
      expect(applyEdits(source, edits)).toBe(oneByOne);
    }),
  );
});

test("the order of disjoint edits does not matter", () => {
  const edits = [replace({ start: 0, end: 1 }, "x"), remove({ start: 2, end: 3 })];
  expect(applyEdits("abcd", edits)).toBe("xbd");
  expect(applyEdits("abcd", edits.toReversed())).toBe("xbd");
});

test("no edit leaves the source as it is", () => {
  fc.assert(fc.property(fc.string(), (source) => applyEdits(source, []) === source));
});

test("insertions at one place come out in the order given, before a replacement that begins there", () => {
  expect(applyEdits("ab", [replace({ start: 1, end: 2 }, "B"), insertAt(1, "1"), insertAt(1, "2")])).toBe("a12B");
});

test("an insertion where a replacement ends comes out behind it", () => {
  expect(applyEdits("abc", [insertAt(2, "!"), replace({ start: 1, end: 2 }, "B")])).toBe("aB!c");
});

test.each([
  ["overlap", [remove({ start: 0, end: 2 }), remove({ start: 1, end: 3 })]],
  ["are the same twice", [remove({ start: 0, end: 2 }), remove({ start: 0, end: 2 })]],
  ["insert inside another", [remove({ start: 0, end: 2 }), insertAt(1, "x")]],
  ["lie outside", [insertAt(5, "x")]],
  ["begin before the text", [insertAt(-1, "x")]],
  ["run backwards", [remove({ start: 2, end: 1 })]],
])("edits that %s are refused", (_, edits) => {
  expect(() => applyEdits("abcd", edits)).toThrow(RangeError);
});

test("a character that no edit touched comes from where it was", () => {
  fc.assert(
    fc.property(sourceWithEdits, ({ source, edits }) => {
      const edited = applyEdits(source, edits);
      const isUntouched = (at: number) => edits.every(({ span }) => at < span.start || at >= span.end);
      const origins = Array.from(edited, (_, at) => originOf(edits, at));
      const kept = [...source].map((_, at) => at).filter(isUntouched);
      expect(kept.every((at) => origins.includes(at))).toBe(true);
    }),
  );
});
