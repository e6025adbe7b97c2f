/**
 * The catalogue of how optimizers break Dockerfiles. An entry that one transform could commit has its test beside that transform; the
 * rest are in test/breakages, a table for each letter: the whole pipeline runs over the entry's file, works on it or says why it does
 * not, and the line that rivals break is still there. The last test holds that no entry of the catalogue is forgotten.
 *
 * Each entry is the diff of its file. `@ path: text` is a file of the build context (`@ node` all of a project), `also x` asks for a
 * transform that runs only when asked, and `! x: code` is a place that transform x leaves alone.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { memoryContext } from "../src/context/index.ts";
import { refit } from "../src/pipeline/index.ts";
import { transforms } from "../transforms/index.ts";

type Files = Readonly<Record<string, string>>;

const PROJECTS: Readonly<Record<string, Files>> = {
  node: {
    "package.json": JSON.stringify({
      scripts: { build: "tsc", start: "node dist/server.js", migrate: "node dist/migrate.js" },
      dependencies: { ms: "2.1.3" },
      devDependencies: { typescript: "5.9.3" },
    }),
    "package-lock.json": "{}",
    "tsconfig.json": '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" }, "include": ["src"] }',
    "src/server.ts": "",
    "src/migrate.ts": "",
  },
};

const here = import.meta.dirname;
const tables = readdirSync(join(here, "breakages")).map((name) => readFileSync(join(here, "breakages", name), "utf8"));
const entries = tables.flatMap((table) => table.split(/^== /m).slice(1)).map(entryOf);

function entryOf(block: string) {
  const [says = "", ...lines] = block.trimEnd().split("\n");
  const behind = (mark: string) =>
    lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length).trim());
  const without = (mark: string) =>
    lines.filter((line) => /^([-+ ]|$)/.test(line) && !line.startsWith(mark)).map((line) => `${line.slice(2)}\n`);
  return {
    says,
    files: Object.assign({}, ...behind("@").map(filesOf)) as Files,
    also: behind("also"),
    declined: behind("!"),
    before: without("+").join(""),
    after: without("-").join(""),
  };
}

function filesOf(line: string): Files {
  const [path = "", text = ""] = line.split(/: (.*)/);
  return PROJECTS[path] ?? { [path]: text.replaceAll("\\n", "\n") };
}

describe("what other optimizers break", () => {
  test.each(entries.map((entry) => [entry.says, entry] as const))(
    "%s",
    (_, { files, also, declined, before, after }) => {
      const result = refit(before, { transforms, also, context: memoryContext(files), strict: true });
      expect(result.after).toBe(after);
      // No registry is asked here, so that no name is pinned.
      const left = result.outcomes.filter(({ kind, code }) => kind !== "applied" && code !== "not-asked");
      expect(left.map(({ transform, code }) => `${transform}: ${code}`)).toEqual(declined);
    },
  );

  test("each entry has a place that a transform works on or leaves alone", () => {
    const idle = entries.filter(({ before, after, declined }) => before === after && declined.length === 0);
    expect(idle.map(({ says }) => says)).toEqual([]);
  });
});

/** Sections 2b, 2d and 2e of the catalogue; the table of 2c is told by its first column, in test/sandbox. */
const catalogue: ReadonlyMap<string, number> = new Map(
  Object.entries({ T: 17, D: 17, K: 7, P: 10, O: 7, S: 4, C: 6, X: 10, F: 15, R: 14, M: 12 }),
);

test("each entry of the catalogue has a test that bears its number", () => {
  const titles = filesBelow(here)
    .filter((path) => /\.(ts|table\.txt)$/.test(path))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  const missing = [...catalogue].flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`).filter(
      (id) => !new RegExp(`(["\`]|== |, | and )${id}(:|,| and )`).test(titles),
    ),
  );
  expect(missing).toEqual([]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
