/** Rewrites written by hand, for each promise: `prove` calls the right ones kept and the wrong ones broken, and names who is to blame. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Proof, prove } from "../../src/engine/index.ts";
import type { Result } from "../../src/pipeline/index.ts";
import type { PromiseName } from "../../src/promises/types.ts";
import { SETTINGS } from "../harness/build-settings.ts";
import * as sameImage from "./rewrites/same-image.ts";
import * as lessCaches from "./rewrites/same-image-less-caches.ts";
import * as sameRuntime from "./rewrites/same-runtime.ts";
import type { Rewrite } from "./rewrites/types.ts";
import { sampled } from "./sampled.ts";
import { sessionHere } from "./session-here.ts";

const work = mkdtempSync(join(tmpdir(), "refit-promises-"));
const session = sessionHere();
let made = 0;

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** What two transforms would have made of it: one that does no harm, and then the one that is on trial. */
function resultOf({ before, after }: Rewrite, promise: PromiseName): Result {
  const steps = [
    { transform: "harmless", promise: "same-image", after: `# Looked through\n${before}`, files: [], places: [] },
    { transform: "on-trial", promise, after, files: [], places: [] },
  ] as const;
  return { before, after, files: [], steps, problems: [], outcomes: [], passes: 1, settled: true };
}

function proofOf(rewrite: Rewrite, promise: PromiseName): Promise<Proof> {
  const context = join(work, String(made++));
  mkdirSync(context);
  for (const [path, text] of Object.entries(rewrite.files ?? {})) {
    mkdirSync(dirname(join(context, path)), { recursive: true });
    writeFileSync(join(context, path), text);
  }
  const { before, after } = rewrite;
  return prove(session(), {
    ...{ path: "Dockerfile", before, after, promise, rewrite: resultOf(rewrite, promise) },
    ...{ context, settings: SETTINGS, probes: ["/"] },
  });
}

describe.each([
  ["same-image", sameImage],
  ["same-image-less-caches", lessCaches],
  ["same-runtime", sameRuntime],
] as const)("%s", (promise, { right, wrong }) => {
  test("there are enough rewrites of both kinds", () => {
    expect(right.length).toBeGreaterThanOrEqual(20);
    expect(wrong.length).toBeGreaterThanOrEqual(10);
  });

  test.concurrent.each(sampled(right))("kept: $name", async (rewrite) => {
    const { verdict, targets } = await proofOf(rewrite, promise);
    expect({ verdict, targets }).toMatchObject({ verdict: "kept" });
  });

  test.concurrent.each(sampled(wrong))("broken: $name", async (rewrite) => {
    const { verdict, targets } = await proofOf(rewrite, promise);
    expect({ verdict, targets }).toMatchObject({ verdict: "broken" });
    const differences = targets.flatMap((target) => [
      ...target.differences,
      ...(target.behaviour?.differences ?? []),
      ...(target.trace?.differences ?? []),
    ]);
    expect(differences.map(({ transform }) => transform)).toEqual(differences.map(() => "on-trial"));
    const { differs } = rewrite;
    const named = differences.filter(({ at, what }) =>
      typeof differs === "string" ? at === differs : differs.test(at) || differs.test(what),
    );
    expect(named, JSON.stringify(differences, null, 2)).not.toEqual([]);
  });
});
