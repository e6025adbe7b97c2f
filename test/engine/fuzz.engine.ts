/** Generated files before and after refit, both built by BuildKit: the same image. `npm run prove:fuzz` runs more of them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import "../harness/seed.ts";
import { Builds } from "./fuzz/builds.ts";
import { hunt } from "./fuzz/hunt.ts";
import { PROPERTIES, shown, told } from "./fuzz/properties.ts";

let builds: Builds;
beforeAll(async () => {
  builds = await Builds.open();
});
afterAll(() => builds.close());

const RUNS = process.env.CI ? 40 : 150;

test(`what refit makes of ${RUNS} generated files builds the same images`, async () => {
  const { failure, counts } = await hunt(PROPERTIES.rewrites, builds, { runs: RUNS });
  process.stdout.write(`rewrites on the engine: ${told(counts)}\n`);
  expect(failure && shown(failure)).toBeUndefined();
  expect(counts["kept, builds"]).toBeGreaterThan(RUNS / 3);
});
