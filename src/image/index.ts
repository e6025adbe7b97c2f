/** What a Dockerfile means: facts, and the model of what it builds. */
export { type ContextEdit, forecastReruns, type Rerun, type StepForecast } from "./cache.ts";
export { configDifferences } from "./config.ts";
export { type Digest, isKnown, readable, type Text } from "./digest.ts";
export type { Entry } from "./entry.ts";
export { type Execution, type ExecutionOptions, execute, type StageImage } from "./execute.ts";
export { type FactsInput, factsOf } from "./facts.ts";
export type { Ground } from "./node.ts";
export { Undecided } from "./oracle.ts";
export { isSameOwner } from "./owners.ts";
export { identityOf } from "./reference.ts";
export type { Tree } from "./tree.ts";
export type * from "./types.ts";
