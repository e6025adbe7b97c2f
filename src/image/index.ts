/** What a Dockerfile means: facts, and the model of what it builds. */

export { argumentBehind } from "./arguments.ts";
export { assumedFolders, wherever, workingByName, workingIn } from "./assumed-folders.ts";
export { type NamedStep, stepOf } from "./build-record.ts";
export {
  type ArgumentEdit,
  type Change,
  type ContextEdit,
  forecastReruns,
  hasTarget,
  type LineEdit,
  type Rerun,
  type StepForecast,
  stagesFor,
} from "./cache.ts";
export { type Causes, type ExplainedStep, explainSteps } from "./cache-causes.ts";
export { type Example, manifestExample, sourceEdit, sourceExample } from "./cache-examples.ts";
export { type CacheGain, type Cost, gainOf, tooLittleToSpare } from "./cache-gain.ts";
export { calledPrograms } from "./called-programs.ts";
export { type NoSwap, saidStep, whyNotSwap } from "./commute.ts";
export { configDifferences } from "./config.ts";
export {
  type Brought,
  broughtBy,
  type ContextCopy,
  contextCopiesOf,
  isWithin,
  leavesProject,
  looksBroad,
} from "./context-copies.ts";
export { cooks, newlyCooking } from "./cooking.ts";
export { isFileName } from "./copy.ts";
export { type Cut, type CutFile, cutRuns } from "./cut-runs.ts";
export { leftByDeployments } from "./deployments.ts";
export { type Digest, isKnown, readable, type Text, unknownText } from "./digest.ts";
export { type EarlyCleanup, earlyCleanups, type Needed } from "./early-cleanups.ts";
export { installStepsOf, isManifest, sourcesOf } from "./editable.ts";
export type { Effect } from "./effect.ts";
export { effectOf } from "./effect-of-step.ts";
export type { Entry } from "./entry.ts";
export { type ExchangedBase, exchangedBase } from "./exchanged-base.ts";
export { type Execution, type ExecutionOptions, execute, type StageImage } from "./execute.ts";
export { type FactsInput, factsOf } from "./facts.ts";
export { fetchedPlace } from "./fetched.ts";
export { type Hoist, hoistsIn, type NotHoisted } from "./hoists.ts";
export { isInstalledBefore } from "./installed-before.ts";
export { baseOf, imageOf, lineageOf, stepsBefore } from "./lineage.ts";
export { changeOfLinked, type Linked, linkedBy } from "./linked-files.ts";
export { linkedBase } from "./linked-java.ts";
export type { Ground } from "./node.ts";
export { Undecided } from "./oracle.ts";
export { isSameOwner } from "./owners.ts";
export {
  isCd,
  type NoProject,
  type Project,
  type ProjectCall,
  projectCall,
  projectOf,
  stepsBehindCopies,
  writesFile,
} from "./project-calls.ts";
export { identityOf } from "./reference.ts";
export { partsBy } from "./run-parts.ts";
export { needRulesOf } from "./runtime-rules.ts";
export { isEmptyFolderOf } from "./sources.ts";
export { healthStart, mainStart } from "./starts.ts";
export { printedText, type StepTime, StepTimes } from "./step-times.ts";
export type { Tree } from "./tree.ts";
export type * from "./types.ts";
export { clonesBranch, type Volatility, volatilityOf } from "./volatile.ts";
export { heavyCommandsIn, purposesIn, sumOf, type Weighed, type Weight, weightOf } from "./weights.ts";
export { officialVariables } from "./workdir.ts";
