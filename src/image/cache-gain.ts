/** What a rewrite gains: the weight of the steps that run again after an edit of the context, before and after. */
import { parseDockerfile } from "../dockerfile/index.ts";
import { applyEdits, type Edit } from "../text/index.ts";
import { type ContextEdit, forecastReruns, type StepForecast } from "./cache.ts";
import { sourceEdit } from "./cache-examples.ts";
import { factsOf } from "./facts.ts";
import type { StepTimes } from "./step-times.ts";
import type { Facts, Step } from "./types.ts";
import { weightOf } from "./weights.ts";

/** What runs again. A step that perhaps runs again counts as one that does. */
export interface Cost {
  readonly steps: number;
  /** As `Weight.amount` has it: seconds where all of it is measured. */
  readonly weight: number;
  /** How many of the steps are heavy. */
  readonly heavy: number;
}

export interface CacheGain {
  /** What is edited. */
  readonly edit: ContextEdit;
  readonly before: Cost;
  readonly after: Cost;
}

export function costOf(forecast: readonly StepForecast[], times?: StepTimes): Cost {
  const weights = forecast
    .filter(({ rerun }) => rerun !== "cached")
    .map(({ step, instruction }) => weightOf(step ?? { instruction }, times));
  return {
    steps: weights.length,
    weight: weights.reduce((sum, { amount }) => sum + amount, 0),
    heavy: weights.filter(({ heavy }) => heavy).length,
  };
}

/** Seconds that a COPY or a RUN more may cost each build from scratch. */
const OVERHEAD = 1;

/** How little a step was measured to take, where that is too little to spare it an edit of the sources; else undefined. */
export function tooLittleToSpare(step: Step, { times }: Facts): string | undefined {
  const { amount, measured } = weightOf(step, times);
  return measured && amount < OVERHEAD ? `takes ${amount.toFixed(1)} s, too little to gain from it` : undefined;
}

/**
 * What `edits` of the Dockerfile gain for an edit of the context: `edit`, or one of the source that is edited likeliest. Undefined where
 * none is named and the context shows no source that a step copies.
 */
export function gainOf(
  facts: Facts,
  edits: readonly Edit[],
  edit: ContextEdit | undefined = sourceEdit(facts),
  target?: string,
): CacheGain | undefined {
  if (!edit) return undefined;
  const after = factsOf(parseDockerfile(applyEdits(facts.dockerfile.source, edits)), facts);
  const cost = (each: Facts) => costOf(forecastReruns(each, edit, target), facts.times);
  return { edit, before: cost(facts), after: cost(after) };
}
