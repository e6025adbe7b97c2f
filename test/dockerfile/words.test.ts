import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expandWord, type Lookup } from "../../src/dockerfile/index.ts";

const values: Readonly<Record<string, string | undefined>> = { A: "a/b.c", E: "", X: undefined };
const lookup: Lookup = (name) => (Object.hasOwn(values, name) ? values[name] : null);

const rows = readFileSync(new URL("words.table.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [, word = "", result = ""] = /^(.*?) *\| (.*)$/.exec(line) ?? [];
    return { word, expected: result === "unknown" ? undefined : result.slice(1, -1) };
  });

describe("a word is expanded as BuildKit expands it", () => {
  test.each(rows)("$word", ({ word, expected }) => {
    expect(expandWord(word, lookup, "\\")).toBe(expected);
  });
});

test("under `# escape=`` the backtick escapes and the backslash is text", () => {
  expect(expandWord("c:\\dir\\`$A", lookup, "`")).toBe("c:\\dir\\$A");
});

test("any word is expanded or not, and none throws", () => {
  const part = fc.constantFrom("$", "{", "}", "A", "X", ":", "-", "#", "%", "/", "*", "?", "'", '"', "\\", " ", "<");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const result = expandWord(parts.join(""), lookup, "\\");
      expect(["string", "undefined"]).toContain(typeof result);
    }),
    { numRuns: 5_000 },
  );
});

test("expansions nested deeper than anyone writes are unknown", () => {
  expect(expandWord(`${"${U:-".repeat(100_000)}x${"}".repeat(100_000)}`, lookup, "\\")).toBeUndefined();
});

test("a pattern with many stars is unknown rather than slow", () => {
  expect(expandWord("${A#*a*a*a*a*b}", () => "a".repeat(10_000), "\\")).toBeUndefined();
});
