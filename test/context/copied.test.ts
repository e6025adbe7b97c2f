import { expect, test } from "vitest";
import { copiedBy, memoryContext } from "../../src/context/index.ts";

const context = memoryContext({ "a.json": "", "b.json": "", "src/main.js": "", "src/lib/x.js": "", "docs/x.md": "" });

/** Sources, destination and what lies where, in /app. */
const cases: readonly (readonly [sources: string[], destination: string, places: Record<string, string>])[] = [
  [["src"], ".", { "/app/main.js": "src/main.js", "/app/lib/x.js": "src/lib/x.js" }],
  [["./src/"], "/srv", { "/srv/main.js": "src/main.js", "/srv/lib/x.js": "src/lib/x.js" }],
  [["*.json"], "./", { "/app/a.json": "a.json", "/app/b.json": "b.json" }],
  [["a.json"], "x/", { "/app/x/a.json": "a.json" }],
  [["a.json"], "settings.json", { "/app/settings.json": "a.json" }],
  [["a.json"], "/app", { "/app/a.json": "a.json" }],
  [["../../a.json", "docs"], "y", { "/app/y/a.json": "a.json", "/app/y/x.md": "docs/x.md" }],
  [["s[a-r]c/l?b"], ".", { "/app/x.js": "src/lib/x.js" }],
  [["gone"], ".", {}],
];

test.each(cases)("COPY %j %s", (sources, destination, places) => {
  expect(Object.fromEntries(copiedBy(context, sources, destination, "/app").places)).toEqual(places);
});

test("a folder among the sources is told", () => {
  expect(copiedBy(context, ["a.json", "src"], ".", "/app").bringsFolder).toBe(true);
  expect(copiedBy(context, ["*.json"], ".", "/app").bringsFolder).toBe(false);
});

test("with --parents files keep their folders", () => {
  const { places } = copiedBy(context, ["src/lib/x.js", "docs/*.md", "src/main.js"], ".", "/app", true);
  expect([...places.keys()]).toEqual(["/app/src/lib/x.js", "/app/docs/x.md", "/app/src/main.js"]);
});
