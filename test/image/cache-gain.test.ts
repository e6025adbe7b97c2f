/** What a rewrite gains for an edit of a source. */
import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf, gainOf, sourceEdit } from "../../src/image/index.ts";
import { replace } from "../../src/text/index.ts";

const FILES = {
  "package.json": "{}",
  "package-lock.json": "{}",
  "README.md": "",
  "test/main.test.js": "",
  "src/main.js": "",
};

const SOURCES_FIRST = "FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n";
const MANIFESTS_FIRST = SOURCES_FIRST.replace(
  "COPY . .\nRUN npm ci",
  "COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .",
);

const facts = (text: string, files: Readonly<Record<string, string>> = FILES) =>
  factsOf(parseDockerfile(text), { context: memoryContext(files) });

test("an install that comes before the sources is no longer paid for", () => {
  const whole = replace({ start: 0, end: SOURCES_FIRST.length }, MANIFESTS_FIRST);
  const { edit, before, after } = gainOf(facts(SOURCES_FIRST), [whole])!;
  expect(edit).toEqual({ path: "src/main.js", kind: "changed" });
  expect(before).toMatchObject({ steps: 3, heavy: 2 });
  expect(after).toMatchObject({ steps: 2, heavy: 1 });
  expect(after.weight).toBeLessThan(before.weight);
});

test("an edit that is named is the one that counts", () => {
  const edit = { path: "package.json", kind: "changed" } as const;
  const whole = replace({ start: 0, end: SOURCES_FIRST.length }, MANIFESTS_FIRST);
  const gain = gainOf(facts(SOURCES_FIRST), [whole], edit)!;
  expect(gain.after.heavy).toBe(2);
});

test("the source is one that a step copies, the program's own code first", () => {
  expect(sourceEdit(facts("FROM node\nCOPY README.md test /x/\n"))?.path).toBe("test/main.test.js");
  expect(sourceEdit(facts("FROM node\nCOPY package.json /x/\n"))).toBeUndefined();
  expect(gainOf(facts("FROM node\nRUN x\n", {}), [])).toBeUndefined();
});
