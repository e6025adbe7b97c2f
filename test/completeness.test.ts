/** What every transform must have, so that no checklist is needed. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { transforms } from "../transforms/index.ts";
import { listCases, loadCase } from "./harness/cases.ts";

const root = resolve(import.meta.dirname, "..");
const folders = readdirSync(join(root, "transforms"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const headings = ["Why", "What it does", "What it keeps", "When it declines", "When not to use it"];
const phases = ["order", "split", "serve", "slim", "merge", "clean", "pin"];

test("the index holds every transform folder, in alphabetical order", () => {
  expect(transforms.map(({ name }) => name)).toEqual([...folders].sort());
});

describe.each(transforms.map((transform) => ({ name: transform.name, transform })))("$name", ({ name, transform }) => {
  const cases = listCases(join(root, "snapshots"))
    .map(loadCase)
    .filter(({ group }) => group === name);

  test("has a page with the allowed headings in their order", () => {
    const page = readFileSync(join(root, "transforms", name, "doc.md"), "utf8");
    const found = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(found).toEqual(headings.filter((heading) => found.includes(heading)));
    expect(found).toContain("When it declines");
  });

  test("says in one imperative sentence what it does", () => {
    expect(transform.summary).toMatch(/^[A-Z][^.]*[^.]$/);
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(phases).toContain(transform.phase);
  });

  test("has cases that change and cases that keep", () => {
    expect(cases.filter(({ before, after }) => before !== after)).not.toHaveLength(0);
    expect(cases.filter(({ before, after }) => before === after)).not.toHaveLength(0);
  });

  test("has a case with a comment inside a continuation, and one with several stages", () => {
    expect(cases.filter(({ before }) => /\\\r?\n\s*#/.test(before))).not.toHaveLength(0);
    expect(cases.filter(({ before }) => (before.match(/^\s*FROM\s/gim) ?? []).length > 1)).not.toHaveLength(0);
  });

  test("shows examples that are cases which change", () => {
    for (const example of transform.examples) {
      const shown = cases.find((candidate) => candidate.name === `${name}/${example}`);
      expect(shown, example).toBeDefined();
      expect(shown?.after).not.toBe(shown?.before);
    }
  });

  test("has a generated page", () => {
    expect(existsSync(join(root, "docs/transforms", `${name}.md`))).toBe(true);
  });
});
