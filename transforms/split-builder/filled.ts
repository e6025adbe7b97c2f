import { askedBy, filledBy, type Invocation, imageOf, type Step } from "../../src/transform/index.ts";

/** What a command of `step` that runs in `cwd` fills with packages, where that is all that it does. */
export function filledIn(
  step: Step,
  invocation: Invocation,
  cwd: string | undefined = step.before.cwd,
): readonly string[] | undefined {
  const { steps } = step.stage;
  const at = step.invocations.findIndex(({ command }) => command === invocation.command);
  const before = [...steps.slice(0, step.index).flatMap((each) => each.invocations), ...step.invocations.slice(0, at)];
  return filledBy(invocation, {
    ...step.before,
    cwd,
    base: imageOf(step.stage),
    versions: new Map(before.flatMap(askedBy)),
  });
}
