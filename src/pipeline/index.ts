/** One Dockerfile in, one Dockerfile out: plan, passes, gate, result. */
export { planOf } from "./plan.ts";
export { BrokenPromiseError, refit } from "./refit.ts";
export type * from "./types.ts";
