import type { RewriteStep } from "../pipeline/types.ts";
import type { Difference, TargetProof } from "./types.ts";
import { differencesOf } from "./verdict.ts";

/** The proofs of what a rewrite had made with a step and all before it. */
export type ProveStep = (step: RewriteStep) => Promise<readonly TargetProof[]>;

/**
 * `targets` with each difference laid at the door of the transform whose step brought it: the one search for all of them halves the
 * steps, and builds the file as it stood in between. Steps that cannot matter come from the engine's cache.
 */
export async function blamed(
  targets: readonly TargetProof[],
  steps: readonly RewriteStep[],
  prove: ProveStep,
): Promise<readonly TargetProof[]> {
  const culprits = new Map<string, string>();
  const keys = targets.flatMap((target) => keysOf(target));

  /** All of `some` are there after the step `last`, and none before the step `first`. */
  async function search(some: readonly string[], first: number, last: number): Promise<void> {
    if (some.length === 0) return;
    if (new Set(steps.slice(first, last + 1).map(({ transform }) => transform)).size === 1) {
      for (const key of some) culprits.set(key, steps[last]!.transform);
      return;
    }
    const middle = (first + last) >> 1;
    const there = new Set((await prove(steps[middle]!)).flatMap((target) => keysOf(target)));
    await search(
      some.filter((key) => there.has(key)),
      first,
      middle,
    );
    await search(
      some.filter((key) => !there.has(key)),
      middle + 1,
      last,
    );
  }

  await search(keys, 0, steps.length - 1);
  return targets.map((target) => {
    const named = (difference: Difference) => ({ ...difference, transform: culprits.get(keyOf(target, difference)) });
    const { differences, behaviour, trace } = target;
    return {
      ...target,
      differences: differences.map(named),
      behaviour: behaviour && { ...behaviour, differences: behaviour.differences.map(named) },
      trace: trace && { ...trace, differences: trace.differences.map(named) },
    };
  });
}

function keysOf(target: TargetProof): string[] {
  return differencesOf(target).map((difference) => keyOf(target, difference));
}

function keyOf({ target = "" }: TargetProof, { at, kind }: Difference): string {
  return `${target}\n${kind}\n${at}`;
}
