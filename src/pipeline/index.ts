/** One Dockerfile in, one Dockerfile out: plan, passes, gate, result. */
export { type Planned, planOf } from "./plan.ts";
export { BrokenPromiseError, refit } from "./refit.ts";
export type * from "./types.ts";
