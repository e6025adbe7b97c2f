import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { unifiedDiff } from "../../src/text/index.ts";
import { leaveOut } from "../leave-out.ts";

const folder = mkdtempSync(join(tmpdir(), "refit-diff-"));
afterAll(() => rmSync(folder, { recursive: true }));

const many = (mark: string) => Array.from({ length: 9_000 }, (_, i) => `${mark}${i}\n`).join("");

const changes: readonly (readonly [string, string, string])[] = [
  ["a line changed", "a\nb\nc\n", "a\nx\nc\n"],
  ["no newline at the end of the old", "a\nb", "a\nb\n"],
  ["no newline at the end of the new", "a\nb\n", "a\nb"],
  ["no newline at either end", "a\nb", "x\nb"],
  ["CRLF", "a\r\nb\r\n", "a\r\nc\r\n"],
  ["only line ends changed", "a\r\nb\r\n", "a\nb\n"],
  ["a byte-order mark", "\ufeffa\nb\n", "\ufeffa\nc\n"],
  ["from nothing", "", "a\nb\n"],
  ["to nothing", "a\nb\n", ""],
  ["lone carriage returns", "a\rb\nc\n", "a\rb\nd\n"],
  ["form feed and line separators", "a\f\u2028b\nc\n", "a\f\u2028b\nd\n"],
  ["lines that look like a diff", "--- a\n+++ b\n@@\n", "--- a\n++ b\n@@\n"],
  ["two places far apart", `x\n${"a\n".repeat(20)}y\n`, `X\n${"a\n".repeat(20)}Y\n`],
  ["more lines than an exact diff is worth", many("a"), many("b")],
];

const names = ["Dockerfile", "a b/Docker file", 'quote"d', "tab\tname", "ünï/Dockerfile"];

const tools = { git: ["apply", "--whitespace=nowarn", "-"], patch: ["--binary", "-s", "-p1"] };

for (const [tool, args] of Object.entries(tools)) {
  if (spawnSync(tool, ["--version"]).status === 0) describe(`${tool} applies the diff`, () => applications(tool, args));
  else leaveOut(`applying diffs with ${tool}`, tool);
}

function applications(tool: string, args: readonly string[]): void {
  test.each(changes)("%s", (_, before, after) => {
    expect(applied("Dockerfile", before, after)).toBe(after);
  });

  test.each(names)("to a file named %j", (name) => {
    expect(applied(name, "a\nb\n", "a\nc\n")).toBe("a\nc\n");
  });

  function applied(name: string, before: string, after: string): string {
    const place = mkdtempSync(join(folder, "case-"));
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), before);
    execFileSync(tool, args, { cwd: place, input: unifiedDiff(name, before, after) });
    return readFileSync(join(place, name), "utf8");
  }
}

test("nothing changed, nothing printed", () => {
  expect(unifiedDiff("Dockerfile", "a\n", "a\n")).toBe("");
});

test("a diff reads like git's", () => {
  expect(unifiedDiff("app/Dockerfile", "a\nb\n", "a\nc")).toBe(
    [
      "diff --git a/app/Dockerfile b/app/Dockerfile",
      "--- a/app/Dockerfile",
      "+++ b/app/Dockerfile",
      "@@ -1,2 +1,2 @@",
      " a",
      "-b",
      "+c",
      "\\ No newline at end of file",
      "",
    ].join("\n"),
  );
});

test("an absolute path is written relative to the root", () => {
  expect(unifiedDiff("/srv/Dockerfile", "a\n", "b\n")).toContain("--- a/srv/Dockerfile\n+++ b/srv/Dockerfile\n");
});
