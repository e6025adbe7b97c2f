/** Words of instructions whose variables no build can change. */
import { expandWord, type Instruction, pairsView, type Step } from "../../src/transform/index.ts";

/** A word with its variables and without its quotes; undefined where `--build-arg` or the base image may have a say in it. */
export function fixedWord(raw: string, { stage, index, instruction }: Step): string | undefined {
  const before = stage.steps.slice(0, index).map((step) => step.instruction);
  return expandWord(raw, (name) => fixedVariables(before).get(name), instruction.escape);
}

/** What ENV sets, which goes before an ARG of the same name; without what is made of other variables. */
function fixedVariables(instructions: readonly Instruction[]): ReadonlyMap<string, string> {
  const fixed = new Map<string, string>();
  for (const instruction of instructions) {
    if (instruction.keyword !== "ENV") continue;
    for (const { name, value } of pairsView(instruction)) {
      const text = value && expandWord(value.text, () => undefined, instruction.escape);
      if (text === undefined) fixed.delete(name.text);
      else fixed.set(name.text, text);
    }
  }
  return fixed;
}
