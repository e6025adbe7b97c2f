import fc from "fast-check";
import { expect, test } from "vitest";
import { Children } from "../../src/image/children.ts";

const names = fc.integer({ min: 0, max: 120 }).map((number) => `file-${number}`);

/** What is done to a folder: a name is written or deleted, or work goes on in a copy. */
const actions = fc.array(
  fc.oneof(
    { weight: 60, arbitrary: fc.record({ kind: fc.constant("set" as const), name: names, child: fc.nat() }) },
    { weight: 20, arbitrary: fc.record({ kind: fc.constant("delete" as const), name: names }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("copy" as const), stay: fc.boolean() }) },
  ),
  { minLength: 100, maxLength: 300 },
);

test("children are a map, and copies change apart from each other", () => {
  fc.assert(
    fc.property(actions, (steps) => {
      let folder = { own: new Children<number>(), model: new Map<string, number>() };
      const folders = [folder];
      for (const step of steps) {
        if (step.kind === "set") {
          folder.own.set(step.name, step.child);
          folder.model.set(step.name, step.child);
        } else if (step.kind === "delete") {
          folder.own.delete(step.name);
          folder.model.delete(step.name);
        } else {
          const twin = { own: folder.own.copy(), model: new Map(folder.model) };
          folders.push(twin);
          if (!step.stay) folder = twin;
        }
      }
      for (const { own, model } of folders) {
        expect(new Map(own)).toEqual(model);
        expect(own.size).toBe(model.size);
        expect([...model.keys()].map((name) => own.get(name))).toEqual([...model.values()]);
      }
    }),
  );
});
