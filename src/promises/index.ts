/** The promises, and the check whether a rewrite keeps one. */
export { compare, type Effort, QUICK, THOROUGH } from "./compare.ts";
export type * from "./types.ts";
