import { describe, expect, test } from "vitest";
import { importsIn, isTest, names, quotes, wordsIn } from "../../../src/ecosystems/node/runtime/source-text.ts";

describe("importsIn", () => {
  test.each([
    ['import ms from "ms";', ["ms"]],
    ["import { a,\n  b } from 'lib/sub'", ["lib/sub"]],
    ['import "side-effect";', ["side-effect"]],
    ['export * from "all";', ["all"]],
    ['const x = require("cjs");', ["cjs"]],
    ["await import(`lazy`)", ["lazy"]],
    ['import type { T } from "types";', []],
    ['import type from "named-type";', ["named-type"]],
    ['import { type T, value } from "both";', ["both"]],
    ['const from = "not-imported";', []],
  ])("%s", (text, expected) => {
    expect(importsIn(text)).toEqual(expected);
  });
});

describe("names", () => {
  test.each([
    ['readFile("src/a.sql")', "src", true],
    ['join(root, "src")', "src", true],
    ["src", "src", true],
    ["../src", "src", true],
    ['"./views/src/a"', "src", true],
    ["the srcset of an image", "src", false],
    ['img.src = "a"', "src", false],
    ["see README.md for more", "README.md", true],
    ["MYREADME.md", "README.md", false],
  ])("%s, %s: %s", (text, name, expected) => {
    expect(names(text, name)).toBe(expected);
  });
});

test("a package is quoted as a whole or by one of its modules", () => {
  expect(quotes('target: "pino-pretty"', "pino-pretty")).toBe(true);
  expect(quotes("'pino-pretty/file'", "pino-pretty")).toBe(true);
  expect(quotes('"not-pino-pretty"', "pino-pretty")).toBe(false);
});

test("tests and declarations are told from code", () => {
  expect(["src/a.test.ts", "test/a.ts", "src/__tests__/a.js", "types/a.d.ts"].filter(isTest)).toHaveLength(4);
  expect(["src/a.ts", "src/contest/a.ts", "src/testing.ts"].filter(isTest)).toEqual([]);
});

test("words of a script come without quotes and operators", () => {
  expect(wordsIn('RUN cp "a b" dist && (node x.js>log)')).toEqual([
    "RUN",
    "cp",
    "a",
    "b",
    "dist",
    "node",
    "x.js",
    "log",
  ]);
});
