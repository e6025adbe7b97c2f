import { flagNamed, parseDockerfile } from "../dockerfile/index.ts";
import { type Facts, factsOf, lineageOf, newlyCooking, type Step } from "../image/index.ts";
import type { RewriteStep } from "../pipeline/types.ts";
import type { PromiseName } from "../promises/types.ts";
import type { ProofRequest } from "./types.ts";

/** A build to compare. */
export interface Target {
  /** The stage's name; undefined for the default target. */
  readonly name: string | undefined;
  readonly promise: PromiseName;
}

/** Each promise allows what those before it allow. */
const byFreedom: readonly PromiseName[] = ["same-image", "same-image-less-caches", "same-runtime"];

/** What a rewrite promises as a whole: no more than the freest of its steps. */
export function promiseOf(steps: readonly Pick<RewriteStep, "promise">[]): PromiseName {
  return byFreedom.findLast((name) => steps.some(({ promise }) => promise === name)) ?? "same-image";
}

/**
 * Every stage that a build could name in the original, and the default target at the end. `same-runtime` is a promise about the last
 * stage; those before it stay what they were, but for those that compile dependencies ahead now: nothing is promised of these.
 * Nor of those that hold files of the context, where such are edited.
 */
export function targetsOf({ before, after, files = [], promise, rewrite, target }: ProofRequest): readonly Target[] {
  const [old, now] = [factsFrom(before), factsFrom(after)];
  const last = old.stages.at(-1)?.name;
  const others = rewrite?.steps.filter((step) => step.promise !== "same-runtime") ?? [];
  const earlier = promise === "same-runtime" ? promiseOf(others) : promise;
  const promiseFor = (name: string | undefined) => (name === undefined || name === last ? promise : earlier);
  if (target !== undefined) return [{ name: target, promise: promiseFor(target.toLowerCase()) }];
  const known = new Set(old.stages.flatMap(({ name }) => name ?? []));
  if (promise === "same-runtime") for (const name of newlyCooking(old, now)) known.delete(name);
  if (files.length > 0) for (const name of stagesOverContext(old)) known.delete(name);
  // A name that both files give to their last stage is the default target.
  if (last !== undefined && last === now.stages.at(-1)?.name) known.delete(last);
  return [...known, undefined].map((name) => ({ name, promise: promiseFor(name) }));
}

/** Names of the stages that files of the build context are copied to: where some are edited, these stages have the edits. */
function stagesOverContext({ stages }: Facts): readonly string[] {
  const brings = ({ instruction }: Step) =>
    ["COPY", "ADD"].includes(instruction.keyword) && !flagNamed(instruction, "from");
  const over = stages.filter((stage) => lineageOf(stage, stages).some(({ steps }) => steps.some(brings)));
  return over.flatMap(({ name }) => name ?? []);
}

function factsFrom(dockerfile: string): Facts {
  return factsOf(parseDockerfile(dockerfile));
}
