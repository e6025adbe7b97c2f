import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { casesOf, shown } from "./shown.ts";

const cases = casesOf(readFileSync(new URL("reading.table.txt", import.meta.url), "utf8"));

describe("a Dockerfile is read as BuildKit reads it", () => {
  test.each(cases)("$name", ({ source, expected }) => {
    expect(shown(parseDockerfile(source))).toBe(expected);
  });
});
