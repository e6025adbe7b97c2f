/**
 * The kit: the one thing a transform imports besides its own folder. Holds what a transform is, and re-exports what it may ask
 * of the other rooms; nothing here does io.
 */
export { type KnownBase, knownBase, slimForm, smallerThan, type Variant } from "../bases/index.ts";
export {
  type BuildContext,
  type Copied,
  copiedBy,
  isUnder,
  viewOf,
} from "../context/index.ts";
export {
  type CopySource,
  type CopyView,
  copyView,
  type Directive,
  type Dockerfile,
  expandWord,
  type Flag,
  type FromView,
  flagNamed,
  formatReference,
  fromView,
  type Heredoc,
  type Instruction,
  type JsonString,
  type Keyword,
  type Located,
  type Lookup,
  type Mount,
  type MountOption,
  mountsOf,
  type Pair,
  pairsView,
  parseReference,
  type Reference,
} from "../dockerfile/index.ts";
export {
  absentWithout,
  type BuildWork,
  type BuiltApp,
  builtApp,
  type Call,
  cacheOf,
  callOf,
  Decline,
  ecosystemNamed,
  type Fetch,
  type Footprint,
  fetchFor,
  filledBy,
  footprintOf,
  type InstallInputs,
  type Invocation,
  installInputsOf,
  intermediateOf,
  isBuildWork,
  isForBuilds,
  isStamp,
  leftBehind,
  type Move,
  mayMakeAccounts,
  type Need,
  namesNeeded,
  needsOf,
  needsTools,
  OUTSIDE_PROJECTS,
  type PackageStep,
  type Purpose,
  packageStepOf,
  packagesSeenBy,
  purposesOf,
  recognise,
  type Start,
  type Surroundings,
  startedBy,
  wordsIn,
  workingFolderOf,
  worksBelow,
} from "../ecosystems/index.ts";
export {
  type Brought,
  baseOf,
  broughtBy,
  type CacheGain,
  type ContextCopy,
  type Cost,
  calledPrograms,
  clonesBranch,
  contextCopiesOf,
  type Effect,
  effectOf,
  fetchedPlace,
  gainOf,
  type Hoist,
  hoistsIn,
  isCd,
  isManifest,
  isWithin,
  leavesProject,
  looksBroad,
  type NoSwap,
  type NotHoisted,
  type Project,
  type ProjectCall,
  projectCall,
  projectOf,
  purposesIn,
  saidStep,
  stepsBehindCopies,
  sumOf,
  tooLittleToSpare,
  type Volatility,
  volatilityOf,
  type Weight,
  weightOf,
  wherever,
  whyNotSwap,
  writesFile,
} from "../image/index.ts";
export type { Base, Facts, Resolution, Shell, Stage, Step, StepState } from "../image/types.ts";
export type { PromiseName } from "../promises/types.ts";
export * from "../shell/index.ts";
export * from "../text/index.ts";
export { copyLines } from "./copy-lines.ts";
export { leadInto } from "./leads.ts";
export { changedFolder } from "./manifest-folders.ts";
export { moveAbove, moveBelow } from "./moves.ts";
export { choices } from "./options.ts";
export * from "./types.ts";
export { UsageError } from "./usage-error.ts";
export { runsAsRoot } from "./user.ts";
export { blockOf, commandText, quoted } from "./words.ts";
