/** Words of instructions whose variables no build can change. */
import { expandWord, type Step } from "../../src/transform/index.ts";

/** A word with its variables and without its quotes; undefined where `--build-arg` or the base image may have a say in it. */
export function fixedWord(raw: string, { fixed, instruction }: Step): string | undefined {
  return expandWord(raw, (name) => fixed.get(name), instruction.escape);
}
