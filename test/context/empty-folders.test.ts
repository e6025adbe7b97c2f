import { expect, test } from "vitest";
import { memoryContext, viewOf } from "../../src/context/index.ts";

const context = memoryContext({ "a.txt": "", "logs/old.log": "", "data/cache/": "", ".dockerignore": "logs/*\n" });

test("folders in which nothing that is sent lies", () => {
  expect(context.emptyFolders()).toEqual(["data/cache", "logs"]);
  expect(context.files()).toEqual([".dockerignore", "a.txt"]);
  expect(context.list("data")).toEqual(["cache"]);
});

test("a view has them under their other paths", () => {
  const view = viewOf(
    context,
    new Map([
      ["var/logs", "logs"],
      ["b.txt", "a.txt"],
    ]),
  );
  expect(view.emptyFolders()).toEqual(["var/logs"]);
  expect(view.files()).toEqual(["b.txt"]);
  expect([view.isFolder("var/logs"), view.has("var/logs"), view.list("var")]).toEqual([true, false, ["logs"]]);
});
