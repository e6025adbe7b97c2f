import { describe, expect, test } from "vitest";
import { parseJsonc } from "../../../src/context/toolchain/jsonc.ts";

describe("JSON with comments", () => {
  test("a comma stays where a comment, and more behind it, stands before the next key", () => {
    const text = `{
  "options": {
    // "lib": [],                 /* Libraries. */
    "target": "es2016",           /* The language. */
    "outDir": "dist", /* Where to. **/
    "strict": true /* All checks. */
  }
}`;
    expect(parseJsonc(text)).toEqual({ options: { target: "es2016", outDir: "dist", strict: true } });
  });

  test("a comma before a closing bracket goes, with comments between", () => {
    expect(parseJsonc('{ "files": ["a.ts", /* last */ // one\n ], /* * / */ }')).toEqual({ files: ["a.ts"] });
  });

  test("a hundred lines of comments take no time", () => {
    const lines = Array.from({ length: 100 }, () => '    // "lib": [],                 /* Libraries, and // more. */');
    expect(parseJsonc(`{ "a": 1,\n${lines.join("\n")}\n "b": 2,\n${lines.join("\n")}\n}`)).toEqual({ a: 1, b: 2 });
  });

  test("strings keep what looks like a comment or a last comma", () => {
    expect(parseJsonc('{ "paths": "src/**/*.ts,}" }')).toEqual({ paths: "src/**/*.ts,}" });
  });
});
