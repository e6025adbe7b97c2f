/** Which steps the runtime stage runs with fewer packages, or not at all. */
import { type Invocation, type NeedRules, NOTHING_TAKEN, type Step } from "../../src/transform/index.ts";
import { userOf } from "./owners.ts";
import { packageWork, type Reduced, reducedSteps } from "./packages.ts";
import type { Role } from "./roles.ts";

type Reductions = ReadonlyMap<Step, Reduced>;

/** In their order. What is installed and taken out again is in none of the runtime stage's steps, or in all of them. */
export function reductionsIn(roles: ReadonlyMap<Step, Role>, source: string, rules: NeedRules): Reductions {
  const reduced = reductionsBy(roles, source, rules);
  const left = new Set([...reduced.values()].flatMap((each) => each.left));
  const isLeft = [...rules.out.values()].every(({ names }) => names.every((name) => left.has(name)));
  return isLeft ? reduced : reductionsBy(roles, source, { ...rules, out: NOTHING_TAKEN });
}

function reductionsBy(roles: ReadonlyMap<Step, Role>, source: string, rules: NeedRules): Reductions {
  const removes = (step: Step) => packageWork(step).includes("remove");
  const takesPart = (step: Step) =>
    ["base", "both"].includes(roles.get(step) ?? "") || (removes(step) && userOf(step) === undefined);
  const kept = [...roles.keys()].filter((step) => roles.get(step) !== "build");
  const reduced = reducedSteps(kept, takesPart, source, rules);
  const isInstalling = (step: Step) =>
    packageWork(step).includes("install") && (!reduced.has(step) || reduced.get(step)?.text !== undefined);
  const first = kept.find(isInstalling);
  // What takes packages out cleans up behind them, if there are some.
  const isIdle = (step: Step) => removes(step) && !(first && first.index < step.index);
  return new Map(
    [...reduced].map(([step, each]) => [step, isIdle(step) ? { ...each, text: undefined, commands: [] } : each]),
  );
}

/** Whether one of a step's commands takes packages out. */
export function takesOut({ invocations }: Step): boolean {
  return invocations.some(isRemoval);
}

export function isRemoval({ ecosystem, action }: Invocation): boolean {
  return ["apt", "apk", "rpm"].includes(ecosystem) && /^(remove|purge|autoremove|del|erase)$/.test(action);
}
