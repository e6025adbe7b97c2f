/** The promises, and the check whether a rewrite keeps one. */
export { compare, type Effort, THOROUGH } from "./compare.ts";
export type * from "./types.ts";
