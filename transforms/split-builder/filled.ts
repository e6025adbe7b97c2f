import { askedBy, filledBy, type Invocation, imageOf, type Step } from "../../src/transform/index.ts";

/** What a command of `step` that runs in `cwd` fills with packages, where that is all that it does. */
export function filledIn(
  step: Step,
  invocation: Invocation,
  cwd: string | undefined = step.before.cwd,
): readonly string[] | undefined {
  return filledBy(invocation, {
    ...step.before,
    cwd,
    base: imageOf(step.stage),
    versions: askedBefore(step, invocation),
  });
}

/** What commands before one of `step` asked of package managers: see `Surroundings.versions`. */
export function askedBefore(step: Step, { command }: Invocation): ReadonlyMap<string, string | undefined> {
  const { steps } = step.stage;
  const at = step.invocations.findIndex((each) => each.command === command);
  const before = [...steps.slice(0, step.index).flatMap((each) => each.invocations), ...step.invocations.slice(0, at)];
  return new Map(before.flatMap(askedBy));
}
