/**
 * How heavy a step is: measured, or by what an ecosystem says its commands are for.
 *
 * The numbers below are relative, of the order of seconds on a machine with a fast network, and only good to tell a download from a `mkdir`.
 * They come from builds of the sample apps (`refit prove --rebuild … --save-weights`, 2026-11): installs of system packages and of
 * dependencies took 4 to 40 seconds, builds 1 to 30, an `apt-get update` 2 to 6, bookkeeping and copies 0.1 to 0.3. Whoever needs more
 * measures: `--weights`.
 */
import type { Instruction } from "../dockerfile/index.ts";
import type { Purpose } from "../ecosystems/index.ts";
import type { StepTimes } from "./step-times.ts";
import type { Step } from "./types.ts";

const BY_PURPOSE: Readonly<Record<Purpose | "unknown", number>> = {
  system: 20,
  dependencies: 20,
  build: 10,
  index: 4,
  // It may be anything; most are downloads or small scripts.
  unknown: 2,
  clean: 0.2,
  files: 0.2,
};

const BY_KEYWORD: Readonly<Partial<Record<Instruction["keyword"], number>>> = { COPY: 0.2, ADD: 0.2, WORKDIR: 0.1 };

/** From here on a step is heavy, in seconds or in the relative weights above. */
const HEAVY = 4;

export interface Weight {
  /** Seconds where `measured`, else relative. */
  readonly amount: number;
  readonly measured: boolean;
  readonly heavy: boolean;
}

/** What there is to weigh: a step, or an instruction that ONBUILD left. */
export type Weighed = Pick<Step, "instruction"> & Partial<Pick<Step, "before" | "invocations" | "script">>;

/** The weight of a step; what is no step (ENV, CMD, …) weighs nothing. */
export function weightOf(step: Weighed, times?: StepTimes): Weight {
  const seconds = times?.secondsOf(step);
  const amount = seconds ?? declaredWeight(step);
  return { amount, measured: seconds !== undefined, heavy: amount >= HEAVY };
}

/** Of several steps together. */
export function sumOf(weights: readonly Weight[]): Weight {
  const amount = weights.reduce((sum, each) => sum + each.amount, 0);
  return { amount, measured: weights.every(({ measured }) => measured), heavy: amount >= HEAVY };
}

/** How many commands make a step heavy: to join two heavy steps makes none of their work go away. */
export function heavyCommandsIn(step: Weighed, times?: StepTimes): number {
  if (!weightOf(step, times).heavy) return 0;
  return Math.max(1, step.invocations?.filter(({ purpose }) => BY_PURPOSE[purpose] >= HEAVY).length ?? 0);
}

/** What the commands of a RUN are for, the heaviest first. */
export function purposesIn({ script, invocations = [] }: Weighed): readonly (Purpose | "unknown")[] {
  const named = script?.commands.filter(({ words }) => words.length > 0) ?? [];
  const known = new Set(invocations.map(({ command }) => command));
  const isUnknown = (script === undefined && invocations.length === 0) || named.some((command) => !known.has(command));
  const purposes = new Set<Purpose | "unknown">(invocations.map(({ purpose }) => purpose));
  if (isUnknown) purposes.add("unknown");
  return [...purposes].sort((a, b) => BY_PURPOSE[b] - BY_PURPOSE[a]);
}

function declaredWeight(step: Weighed): number {
  const { keyword } = step.instruction;
  if (keyword !== "RUN") return BY_KEYWORD[keyword] ?? 0;
  return purposesIn(step).reduce((sum, purpose) => sum + BY_PURPOSE[purpose], 0);
}
