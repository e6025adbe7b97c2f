/** Packages of distributions: which of them only builds need, and what an app needs that was built with them. */
export {
  answerIn,
  askingScript,
  type PackageAnswer,
  type PackageDatabase,
  type PackageQuestion,
  questionOf,
  questionText,
} from "./database/index.ts";
export { isForBuilds, makesAccounts, mayMakeAccounts } from "./names.ts";
export { absentWithout, leftBehind, type Need, type NeedRules, namesNeeded, needsOf, needsOfParts } from "./needed.ts";
export { packagesSeenBy } from "./seen.ts";
export { type PackagePart, type PackageStep, type PackageWork, packageStepOf, tellsDebconf } from "./step.ts";
export { NOTHING_TAKEN, type TakenOut, takenOut } from "./taken-out.ts";
