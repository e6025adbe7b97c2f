/** What containers of two images do when they run. */
export { type BehaviourOptions, compareBehaviour } from "./compare.ts";
export { type TraceOptions, traceOriginal } from "./trace.ts";
