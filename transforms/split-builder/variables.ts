/** Words of instructions whose variables no build can change. */
import { expandWord, fromView, imageOf, officialVariables, pairsView, type Step } from "../../src/transform/index.ts";

/** A word with its variables and without its quotes; undefined where `--build-arg` or the base image may have a say in it. */
export function fixedWord(raw: string, step: Step): string | undefined {
  return expandWord(raw, (name) => fixedVariables(step).get(name), step.instruction.escape);
}

/** What ENV sets, in the file or in an official image, which goes before an ARG of the same name; without what is made of other variables. */
function fixedVariables({ stage, index }: Step): ReadonlyMap<string, string> {
  const isNamed = !fromView(stage.from)?.image.text.includes("$");
  const fixed = new Map(isNamed ? officialVariables(imageOf(stage)) : []);
  for (const { instruction } of stage.steps.slice(0, index)) {
    if (instruction.keyword !== "ENV") continue;
    for (const { name, value } of pairsView(instruction)) {
      const text = value && expandWord(value.text, () => undefined, instruction.escape);
      if (text === undefined) fixed.delete(name.text);
      else fixed.set(name.text, text);
    }
  }
  return fixed;
}
