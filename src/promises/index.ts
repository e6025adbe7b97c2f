/** The promises, and the check whether a rewrite keeps one. */
export { compare } from "./compare.ts";
export type * from "./types.ts";
