import {
  configDifferences,
  type ExecutionOptions,
  execute,
  type Facts,
  identityOf,
  type StageImage,
  Undecided,
} from "../image/index.ts";
import { runtimeDifferences } from "./runtime.ts";
import { treeDifferences } from "./trees.ts";
import type { PromiseName, Verdict } from "./types.ts";

/** Seed 0 lets every unknown command succeed; with the others some fail. */
const SEEDS = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** A long file is built with few seeds only, to stay within the budget. */
const LONG = 1_000;

/** One build of each kind: with the file's own arguments, and with every argument given from outside. */
const RUNS: readonly ExecutionOptions[] = [
  ...SEEDS.map((seed) => ({ seed, arguments: "defaults" as const })),
  { seed: 0, arguments: "given" },
];

/**
 * Whether `after` keeps `promise` towards `before`: both are built on the model several times, with different commands failing and with
 * build arguments given, and every stage that could be named with `--target` is compared.
 */
export function compare(before: Facts, after: Facts, promise: PromiseName): Verdict {
  try {
    const differences = [...frontendDifferences(before, after), ...differencesUnder(before, after, promise)];
    return differences.length === 0 ? { kind: "kept" } : { kind: "broken", differences: [...new Set(differences)] };
  } catch (error) {
    if (error instanceof Undecided) return { kind: "undecided", reason: error.message };
    throw error;
  }
}

function differencesUnder(before: Facts, after: Facts, promise: PromiseName): string[] {
  switch (promise) {
    case "same-runtime":
      return runtimeDifferences(before, after);
    // No transform that clears caches exists yet, so no path is declared to be one.
    case "same-image-less-caches":
    case "same-image":
      return imageDifferences(before, after);
  }
}

/** Stops at the first run that shows any. */
function imageDifferences(before: Facts, after: Facts): string[] {
  const names = (facts: Facts) => facts.stages.map(({ name }) => name ?? "").join(", ");
  if (before.stages.length !== after.stages.length || names(before) !== names(after)) return ["the stages differ"];
  const isLong = before.dockerfile.instructions.length > LONG;
  for (const options of isLong ? RUNS.filter(({ seed }) => seed < 2) : RUNS) {
    const old = executions(before, options);
    const now = executions(after, options);
    const differences = old.flatMap((image, index) => stageDifferences(image, now[index]!));
    if (differences.length > 0) return differences;
  }
  return [];
}

/** Between what two builds of one stage yield. */
export function stageDifferences(before: StageImage, after: StageImage): string[] {
  const failure = failureDifference(before, after);
  if (failure !== undefined) return [failure];
  if (before.failure !== undefined) return [];
  return [...configDifferences(before.config, after.config), ...treeDifferences(before.tree, after.tree)];
}

export function failureDifference(before: StageImage, after: StageImage): string | undefined {
  if (before.failure === undefined) return after.failure && `the build would fail: ${after.failure}`;
  return after.failure === undefined ? `the build failed before (${before.failure}), and does not any more` : undefined;
}

/** `# syntax` chooses who reads the file. */
function frontendDifferences(before: Facts, after: Facts): string[] {
  const frontend = ({ dockerfile, digests }: Facts) => {
    const value = dockerfile.directives.find(({ name }) => name === "syntax")?.value;
    return value && identityOf(value, digests);
  };
  return frontend(before) === frontend(after) ? [] : ["the syntax directive names another frontend"];
}

const known = new WeakMap<Facts, Map<string, readonly StageImage[]>>();

/** The gate compares one original with many proposals. */
export function executions(facts: Facts, options: ExecutionOptions): readonly StageImage[] {
  const key = `${options.seed} ${options.arguments} ${options.freshWorkdirs}`;
  const images = known.get(facts) ?? new Map<string, readonly StageImage[]>();
  known.set(facts, images);
  const image = images.get(key) ?? execute(facts, options);
  images.set(key, image);
  return image;
}
