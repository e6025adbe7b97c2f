/** What a Dockerfile means: facts, and the model of what it builds. */
export { type FactsInput, factsOf } from "./facts.ts";
export type * from "./types.ts";
