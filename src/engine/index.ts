/** Real builds: both files built, their images compared, nothing left behind. */
export { askImages } from "./base-images.ts";
export { askPackages } from "./base-packages.ts";
export { clean } from "./clean.ts";
export { EngineError } from "./error.ts";
export { changesNothing, nothingToProve, prove } from "./prove.ts";
export { provenRewrite } from "./proven-rewrite.ts";
export { rebuildBoth } from "./rebuild/index.ts";
export { openSession, type SessionOptions } from "./session.ts";
export { stepTimesOf } from "./step-times.ts";
export { promiseOf } from "./targets.ts";
export { fileInGit } from "./testing/git.ts";
export { type Trial, type TrialOptions, type TrialStep, type Trials, withTrials } from "./testing/index.ts";
export type * from "./types.ts";
