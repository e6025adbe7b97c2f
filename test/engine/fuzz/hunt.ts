/** Runs a property of the engine over many generated cases, two at once, and shrinks the first that fails. */
import fc from "fast-check";
import { AT_ONCE, type Builds } from "./builds.ts";
import type { EngineCase } from "./case.ts";
import { forEachOf } from "./pool.ts";

export interface Finding {
  /** What is wrong, for people, one line each; empty where nothing is. */
  readonly differences: readonly string[];
  /** What the case was, by names of the property's own. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface Property {
  readonly cases: fc.Arbitrary<EngineCase>;
  check(one: EngineCase, builds: Builds): Promise<Finding>;
}

export interface Report {
  readonly cases: number;
  readonly seed: number;
  readonly seconds: number;
  /** Sums over the cases. */
  readonly counts: Readonly<Record<string, number>>;
  readonly failure: Failure | undefined;
}

export interface Failure {
  readonly one: EngineCase;
  readonly differences: readonly string[];
}

export interface HuntOptions {
  readonly runs: number;
  /** Of the cases; without one, fast-check's own. */
  readonly seed?: number | undefined;
  readonly onCase?: ((done: number) => void) | undefined;
}

/** Milliseconds for making a failing case smaller. */
const LONGEST_SHRINK = 180_000;

/** Images are removed whenever so many cases were built. */
const BATCH = 50;

export async function hunt({ cases, check }: Property, builds: Builds, options: HuntOptions): Promise<Report> {
  const seed = options.seed ?? fc.readConfigureGlobal().seed ?? Date.now() % 2 ** 31;
  const sampled = fc.sample(cases, { numRuns: options.runs, seed });
  const counts: Record<string, number> = {};
  const started = Date.now();
  let failing: number | undefined;
  let done = 0;

  for (let start = 0; start < sampled.length && failing === undefined; start += BATCH) {
    await forEachOf(sampled.slice(start, start + BATCH), AT_ONCE, async (one, offset) => {
      if (failing !== undefined) return;
      const { differences, counts: own } = await check(one, builds);
      for (const [name, count] of Object.entries(own)) counts[name] = (counts[name] ?? 0) + count;
      if (differences.length > 0) failing = Math.min(start + offset, failing ?? Number.POSITIVE_INFINITY);
      options.onCase?.(++done);
    });
    builds.clear();
  }
  const failure = failing === undefined ? undefined : await shrunk(failing);
  return { cases: done, seed, seconds: (Date.now() - started) / 1000, counts, failure };

  /** fast-check makes the case of that number again, and smaller ones as long as they fail. */
  async function shrunk(index: number): Promise<Failure> {
    let last: Failure = { one: sampled[index]!, differences: ["seen once, and not again"] };
    const property = fc.asyncProperty(cases, async (one) => {
      const { differences } = await check(one, builds);
      if (differences.length > 0) last = { one, differences };
      return differences.length === 0;
    });
    await fc.check(property, {
      ...{ seed, path: String(index), numRuns: 1 },
      ...{ interruptAfterTimeLimit: LONGEST_SHRINK, markInterruptAsFailure: true },
    });
    builds.clear();
    return last;
  }
}
