import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { memoryContext, openContext } from "../../src/context/index.ts";

const paths = ["a/b", "a/c/d.log", "server.log", "README.md", "docs/x.md", "node_modules/ms/index.js", ".env", "a+b"];

function left(ignore: string): readonly string[] {
  const files = Object.fromEntries(paths.map((path) => [path, ""]));
  return memoryContext({ ...files, ".dockerignore": ignore })
    .files()
    .filter((path) => path !== ".dockerignore");
}

/** Answers of moby/patternmatcher and fsutil. */
const cases: readonly [ignore: string, dropped: readonly string[]][] = [
  ["node_modules", ["node_modules/ms/index.js"]],
  ["/node_modules/", ["node_modules/ms/index.js"]],
  ["readme.md", []],
  ["*.log", ["server.log"]],
  ["**/*.log", ["a/c/d.log", "server.log"]],
  ["**.log", ["a/c/d.log", "server.log"]],
  ["a+b", ["a+b"]],
  ["a/b\n!a", ["a/b"]],
  ["a\n!a/c", ["a/b"]],
  ["*\n!docs/*.md", paths.filter((path) => path !== "docs/x.md")],
  ["# a\n\n  .env  \r\n", [".env"]],
  ["[sr]erver.log", ["server.log"]],
  ["[^r]erver.log", ["server.log"]],
  ["b", []],
  ["**", [...paths]],
  ["*\n!**/b", paths.filter((path) => path !== "a/b")],
];

describe(".dockerignore", () => {
  for (const [ignore, dropped] of cases)
    test(`${JSON.stringify(ignore)} keeps out ${dropped.length} of ${paths.length} files`, () => {
      expect(left(ignore)).toEqual(paths.filter((path) => !dropped.includes(path)).sort());
    });

  test("any bytes give some answer, and what is listed is what is there", () => {
    const word = fc.stringMatching(/^[ab*?!/.[\]\\^-]{1,6}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (patterns) => {
        const ignore = patterns.join("\n");
        const context = memoryContext({ a: "", "b/a": "", "b/b/a": "", ".dockerignore": ignore });
        for (const path of ["a", "b/a", "b/b/a"]) {
          expect(context.has(path)).toBe(context.files().includes(path));
          expect(context.ignores(path)).toBe(!context.has(path));
        }
      }),
    );
  });
});

describe("a context on disk", () => {
  const root = mkdtempSync(join(tmpdir(), "refit-context-"));
  afterAll(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "app/src"), { recursive: true });
  writeFileSync(join(root, "app/src/main.js"), "main");
  writeFileSync(join(root, "secret"), "secret");
  symlinkSync("../secret", join(root, "app/link"));
  symlinkSync("..", join(root, "app/loop"));
  writeFileSync(join(root, "app/.dockerignore"), "src\n");
  writeFileSync(join(root, "app/Dockerfile"), "");
  writeFileSync(join(root, "app/Prod.Dockerfile.dockerignore"), "Dockerfile\n");

  test("links are files of their own and nothing is found behind them", () => {
    const context = openContext(join(root, "app"));
    expect(context.has("link")).toBe(true);
    expect(context.isLink("link")).toBe(true);
    expect(context.read("link")).toBeUndefined();
    expect(context.has("loop/app/Dockerfile")).toBe(false);
    expect(context.has("../secret")).toBe(false);
    expect(context.files()).toEqual([".dockerignore", "Dockerfile", "Prod.Dockerfile.dockerignore", "link", "loop"]);
  });

  test("the Dockerfile's own ignore file comes before the folder's", () => {
    const context = openContext(join(root, "app"), join(root, "app/Prod.Dockerfile"));
    expect(context.read("src/main.js")).toBe("main");
    expect(context.ignores("Dockerfile")).toBe(true);
    expect(context.list("")).toContain("src");
  });

  test("a folder that is not there is an empty context", () => {
    expect(openContext(join(root, "gone")).files()).toEqual([]);
  });
});
