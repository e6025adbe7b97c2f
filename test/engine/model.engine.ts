/** The in-process model against BuildKit: one image, for every generated file. `npm run prove:fuzz` runs more of them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import "../harness/seed.ts";
import { Builds } from "./fuzz/builds.ts";
import { DISAGREEMENTS } from "./fuzz/disagreements.ts";
import { hunt } from "./fuzz/hunt.ts";
import { compareWithEngine } from "./fuzz/model.ts";
import { PROPERTIES, shown, told } from "./fuzz/properties.ts";

let builds: Builds;
beforeAll(async () => {
  builds = await Builds.open();
});
afterAll(() => builds.close());

const RUNS = process.env.CI ? 40 : 80;

test(`the model and the engine make the same image of ${RUNS} generated files`, async () => {
  const { failure, counts } = await hunt(PROPERTIES.model, builds, { runs: RUNS });
  process.stdout.write(`model against engine: ${told(counts)}\n`);
  expect(failure && shown(failure)).toBeUndefined();
  expect(counts["agrees, builds"]).toBeGreaterThan(RUNS / 4);
  expect(counts.exact).toBeGreaterThan(counts.symbolic!);
});

test.each(DISAGREEMENTS)("once they disagreed: $about", async ({ one }) => {
  const { kind, differences } = await compareWithEngine(one, builds);
  expect(differences).toEqual([]);
  expect(kind).toBe("agrees");
});
