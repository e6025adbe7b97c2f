import fc from "fast-check";
import { expect, test } from "vitest";
import { Lines } from "../../src/text/index.ts";

test("the position of an offset is what counting gives", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "é"), maxLength: 30 });
  fc.assert(
    fc.property(text, fc.nat(30), (source, at) => {
      const offset = Math.min(at, source.length);
      const before = source.slice(0, offset).split("\n");
      expect(new Lines(source).position(offset)).toEqual({ line: before.length, column: before.at(-1)!.length + 1 });
    }),
  );
});

test("lines are counted and found by number", () => {
  const lines = new Lines("a\r\nb\n");
  expect(lines.count).toBe(3);
  expect([0, 1, 2].map((line) => lines.startOf(line))).toEqual([0, 3, 5]);
});
