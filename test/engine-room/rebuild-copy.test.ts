/** A copy of a build context, and what may be done to it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ContextCopy, copyContext } from "../../src/engine/rebuild/copy.ts";

const work = mkdtempSync(join(tmpdir(), "refit-copy-"));
const folder = join(work, "app");
let copy: ContextCopy;
const read = () => readFileSync(join(copy.folder, "notes.txt"), "utf8");

beforeAll(async () => {
  mkdirSync(folder);
  writeFileSync(join(folder, "notes.txt"), "tea\n");
  copy = await copyContext(folder, [undefined], work);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

test("an edit goes behind the text that a rewrite gave to the file", async () => {
  await copy.write([{ path: "notes.txt", before: "tea\n", after: "coffee\n" }]);
  await copy.edit("notes.txt");
  expect(read()).toMatch(/^coffee\n./);
  await copy.restore();
  expect(read()).toBe("tea\n");
});
