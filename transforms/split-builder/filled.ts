import { askedBy, filledBy, type Invocation, type Step } from "../../src/transform/index.ts";

/** What a command of `step` that runs in `cwd` fills with packages, where that is all that it does. */
export function filledIn(
  step: Step,
  invocation: Invocation,
  cwd: string | undefined = step.before.cwd,
): readonly string[] | undefined {
  const { base, steps } = step.stage;
  const at = step.invocations.findIndex(({ command }) => command === invocation.command);
  const before = [...steps.slice(0, step.index).flatMap((each) => each.invocations), ...step.invocations.slice(0, at)];
  return filledBy(invocation, {
    ...step.before,
    cwd,
    base: base.kind === "image" ? base.reference : undefined,
    versions: new Map(before.flatMap(askedBy)),
  });
}
