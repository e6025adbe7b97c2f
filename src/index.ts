/** The library: `refit(source)` is what the command line does to one file, without any io. */
import { transforms as builtIn } from "../transforms/index.ts";
import { type RefitInput, type Result, refit as refitWith } from "./pipeline/index.ts";

export { type BuildContext, memoryContext, openContext } from "./context/index.ts";
export type { Problem, ProblemCode } from "./dockerfile/types.ts";
export type { Resolution } from "./image/types.ts";
export type {
  EditedFile,
  LeaveOut,
  Level,
  Outcome,
  OutcomeKind,
  RefitInput,
  Result,
  RewriteStep,
  Settings,
} from "./pipeline/index.ts";
export { resolveAll } from "./registry/index.ts";
export { unifiedDiff } from "./text/index.ts";
export * from "./transform/index.ts";

/** The transforms that come with refit. */
export const transforms = builtIn;

/**
 * Rewrites the text of one Dockerfile. `input.transforms` defaults to all that come with refit. Without a context (`openContext`) and
 * digests (`resolveAll`), transforms that need them decline. Throws a `UsageError` for settings that name what is not there.
 */
export function refit(source: string, input: Partial<RefitInput> = {}): Result {
  return refitWith(source, { transforms, ...input });
}
