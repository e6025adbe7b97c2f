/** Where JSON stops being JSON, as JSON.parse has it, and where keys stand. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { placesIn } from "../../src/config/json-places.ts";

test("keys and members of arrays have their places", () => {
  const text = '{\n  "only": ["merge-runs", {"a": 1}],\n  "options": { "merge-runs": {"join": "always"} }\n}\n';
  const { places, error } = placesIn(text);
  expect(error).toBeUndefined();
  const starts = [...places].map(([path, start]) => [path, text.slice(start, start + 4)]);
  expect(starts).toEqual([
    ["only", '"onl'],
    ["only.0", '"mer'],
    ["only.1", '{"a"'],
    ["only.1.a", '"a":'],
    ["options", '"opt'],
    ["options.merge-runs", '"mer'],
    ["options.merge-runs.join", '"joi'],
  ]);
});

test.each([
  ['{"a": }', 6],
  ['{"a": 1,}', 8],
  ['{"a" 1}', 5],
  ["{'a': 1}", 1],
  ["[1 2]", 3],
  ["{", 1],
  ["", 0],
  ["{} x", 3],
  ["[01]", 1],
  ['["a\nb"]', 1],
  ["// note\n{}", 0],
  ["[nul]", 1],
])("%j is no JSON from %i on", (text, error) => {
  expect(placesIn(text).error).toBe(error);
});

test("what JSON.parse reads has no error, and what it does not read has one", () => {
  const pieces = fc.array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', "1", "-", "true", " ", "\\", '"'), {
    maxLength: 8,
  });
  const texts = fc.oneof(
    fc.json(),
    pieces.map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(texts, (text) => {
      let reads = true;
      try {
        JSON.parse(text);
      } catch {
        reads = false;
      }
      expect(placesIn(text).error === undefined).toBe(reads);
    }),
  );
});
