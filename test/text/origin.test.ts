import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, insertAt, originOf, remove, replace } from "../../src/text/index.ts";

describe("where a character was before the edits", () => {
  const before = "one two three four";
  const edits = [replace({ start: 0, end: 3 }, "1"), insertAt(8, "NEW "), remove({ start: 13, end: 18 })];
  const after = "1 two NEW three";

  test("is its own place where no edit touched it", () => {
    expect(applyEdits(before, edits)).toBe(after);
    for (const word of ["two", "three"]) expect(originOf(edits, after.indexOf(word))).toBe(before.indexOf(word));
  });

  test("is the edit's place where one brought it in", () => {
    expect(originOf(edits, 0)).toBe(0);
    expect(originOf(edits, after.indexOf("NEW"))).toBe(8);
  });

  test("holds for every character that stayed", () => {
    const stayed = fc.array(fc.record({ keep: fc.string({ minLength: 1 }), gone: fc.string(), come: fc.string() }));
    fc.assert(
      fc.property(stayed, (parts) => {
        const changes = [];
        let [source, result] = ["", ""];
        const places: [number, number][] = [];
        for (const { keep, gone, come } of parts) {
          places.push([result.length, source.length]);
          source += keep;
          result += keep;
          changes.push(replace({ start: source.length, end: source.length + gone.length }, come));
          source += gone;
          result += come;
        }
        expect(applyEdits(source, changes)).toBe(result);
        for (const [now, then] of places) expect(originOf(changes, now)).toBe(then);
      }),
    );
  });
});
