import { type Instruction, pairsView } from "../dockerfile/index.ts";
import {
  assumedFolders,
  configDifferences,
  type Execution,
  type ExecutionOptions,
  execute,
  type Facts,
  identityOf,
  type Stage,
  type StageImage,
  Undecided,
  workingIn,
} from "../image/index.ts";
import { sliceOf } from "../text/index.ts";
import { runtimeDifferences } from "./runtime.ts";
import { treeDifferences } from "./trees.ts";
import type { PromiseName, Verdict } from "./types.ts";

/** How many builds a comparison makes. With more of them, more ways to fail are seen. */
export interface Effort {
  /** So many commands are let fail one by one. */
  readonly failures: number;
  /** With seed 0 every unknown command succeeds; with these some fail. */
  readonly seeds: readonly number[];
  /** Build arguments that all builds get. */
  readonly arguments?: ReadonlyMap<string, string>;
  /** Where it is not known in which folder a base image works, and nothing can be said for all, each folder is looked at. */
  readonly wherever?: boolean;
}

/** For the gate, behind transforms that were tested with THOROUGH. */
export const QUICK: Effort = { failures: 4, seeds: [] };

export const THOROUGH: Effort = { failures: 16, seeds: [1, 2] };

/** In a longer file no command is let fail, to stay within the budget. */
const LONG = 1_000;

/**
 * The builds that two files are compared by: as they are; with every build argument given from outside; with one command of what the
 * rewrite changes failing, each in turn, and with it a command that runs only then; and with several failing anywhere.
 */
function* buildsOf(before: Facts, after: Facts, effort: Effort): Generator<ExecutionOptions> {
  const plain: ExecutionOptions = { seed: 0, ...(effort.arguments ? { arguments: effort.arguments } : {}) };
  yield plain;
  const values = givenArguments(before);
  if (values.size > 0 && !effort.arguments) yield { seed: 0, arguments: values };
  if (before.dockerfile.instructions.length > LONG) return;
  const { questions } = executionOf(before, plain);
  const now = executionOf(after, plain).questions;
  const kept = new Set(after.dockerfile.instructions.map((instruction) => textOf(after, instruction)));
  const changed = [...questions].filter(([question, asker]) => !now.has(question) || !kept.has(textOf(before, asker)));
  const stride = Math.max(1, changed.length / effort.failures);
  for (let at = 0; at < changed.length; at += stride) {
    const failing = [changed[Math.floor(at)]![0]];
    yield { ...plain, failing };
    const further = [...executionOf(before, { ...plain, failing }).questions.keys()].find(
      (other) => !questions.has(other),
    );
    if (further !== undefined) yield { ...plain, failing: [...failing, further] };
  }
  for (const seed of effort.seeds) yield { ...plain, seed };
}

function textOf({ dockerfile }: Facts, { span }: Instruction): string {
  return sliceOf(dockerfile.source, span);
}

/** Another value for every ARG of the file, in the shape of its default. */
export function givenArguments({ dockerfile }: Facts): ReadonlyMap<string, string> {
  const pairs = dockerfile.instructions.flatMap((instruction) =>
    instruction.keyword === "ARG" ? pairsView(instruction) : [],
  );
  // `ARG name` in a stage takes up the default that one above has.
  const plain = pairs.filter(({ value }) => !value);
  const withDefault = pairs.filter(({ value }) => value);
  const shape = (text: string) => text.replace(/["']/g, "").replace(/\$\{?(\w+)[^}/]*\}?/g, "$1");
  return new Map(
    [...plain, ...withDefault].map(({ name, value }) => [name.text, `${shape(value?.text || name.text)}-given`]),
  );
}

/**
 * Whether `after` keeps `promise` towards `before`: both are built on the model several times, with different commands failing and with
 * build arguments given, and every stage that could be named with `--target` is compared.
 */
export function compare(before: Facts, after: Facts, promise: PromiseName, effort = QUICK): Verdict {
  const verdict = verdictOf(before, after, promise, effort);
  if (verdict.kind === "kept" || !effort.wherever) return verdict;
  const folders = assumedFolders(before);
  const isRightIn = (folder: string) =>
    verdictOf(workingIn(folder, before), workingIn(folder, after), promise, effort).kind === "kept";
  return folders.length > 0 && folders.every(isRightIn) ? { kind: "kept" } : verdict;
}

function verdictOf(before: Facts, after: Facts, promise: PromiseName, effort: Effort): Verdict {
  try {
    const differences = [...frontendDifferences(before, after), ...differencesUnder(before, after, promise, effort)];
    return differences.length === 0 ? { kind: "kept" } : { kind: "broken", differences: [...new Set(differences)] };
  } catch (error) {
    if (error instanceof Undecided) return { kind: "undecided", reason: error.message };
    throw error;
  }
}

function differencesUnder(before: Facts, after: Facts, promise: PromiseName, effort: Effort): string[] {
  switch (promise) {
    case "same-runtime":
      return runtimeDifferences(before, after, effort);
    case "same-image-less-caches":
    case "same-image":
      if (before.stages.length !== after.stages.length) return ["the stages differ"];
      return imageDifferences(before, after, zipped(before.stages, after.stages), effort, {
        lessCaches: promise === "same-image-less-caches",
      });
  }
}

/** A stage of the old file, and the one that has its place in the new. */
export type StagePair = readonly [before: Stage, after: Stage | undefined];

export function zipped(before: readonly Stage[], after: readonly Stage[]): readonly StagePair[] {
  return before.map((stage, index) => [stage, after[index]]);
}

/** Between the stages of `pairs`. Stops at the first build that shows any. */
export function imageDifferences(
  before: Facts,
  after: Facts,
  pairs: readonly StagePair[],
  effort: Effort,
  { lessCaches = false } = {},
): string[] {
  if (pairs.some(([old, now]) => !now || old.name !== now.name)) return ["the stages differ"];
  if (pairs.length === 0) return [];
  for (const options of buildsOf(before, after, effort)) {
    const { images: old } = executionOf(before, options);
    const { images: now } = executionOf(after, options);
    const differences = pairs.flatMap(([{ index }, other]) =>
      stageDifferences(old[index]!, now[other!.index]!, lessCaches),
    );
    if (differences.length > 0) return differences;
  }
  return [];
}

/** Between what two builds of one stage yield. With `lessCaches`, what is in caches may be gone. */
export function stageDifferences(before: StageImage, after: StageImage, lessCaches = false): string[] {
  const failure = failureDifference(before, after);
  if (failure !== undefined) return [failure];
  if (before.failure !== undefined) return [];
  return [...configDifferences(before.config, after.config), ...treeDifferences(before.tree, after.tree, lessCaches)];
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

const known = new WeakMap<Facts, Map<string, Execution>>();

/** The gate compares one original with many proposals. */
export function executionOf(facts: Facts, options: ExecutionOptions): Execution {
  const key = `${options.seed} ${options.failing} ${[...(options.arguments ?? [])].join()} ${options.runtime}`;
  const executions = known.get(facts) ?? new Map<string, Execution>();
  known.set(facts, executions);
  const execution = executions.get(key) ?? execute(facts, options);
  executions.set(key, execution);
  return execution;
}
