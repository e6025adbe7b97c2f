/** Words of instructions whose variables no build can change. */
import { expandWord, isFilledIn, pairsView, type Step, type Word } from "../../src/transform/index.ts";

/** A word with its variables and without its quotes; undefined where `--build-arg` or the base image may have a say in it. */
export function fixedWord(raw: string, { fixed, instruction }: Step): string | undefined {
  return expandWord(raw, (name) => fixed.get(name), instruction.escape);
}

/**
 * A word that is one variable, as the default of an ARG of the stage fills it in where nothing else does: `${JAR_FILE}` of
 * `ARG JAR_FILE=target/*.jar`. With `--build-arg` it may be something else.
 */
export function defaultWord(word: Word, { stage, index, script }: Step): Word {
  const name = /^\$(?:(\w+)|\{(\w+)\})$/.exec(word.raw)?.slice(1).find(Boolean);
  if (word.literal !== undefined || name === undefined) return word;
  const pairs = stage.steps
    .slice(0, index)
    .filter(({ instruction: { keyword } }) => keyword === "ARG" || keyword === "ENV")
    .flatMap(({ instruction }) => pairsView(instruction).map((pair) => ({ ...pair, keyword: instruction.keyword })))
    .filter((pair) => pair.name.text === name);
  const [pair, ...more] = pairs;
  const value = /^(["']?)([\w./*-]+)\1$/.exec(pair?.value?.text ?? "")?.[2];
  if (value === undefined || pair?.keyword !== "ARG" || more.length > 0 || !isFilledIn(name, script?.source.text ?? ""))
    return word;
  return { ...word, raw: value, literal: value.includes("*") ? undefined : value };
}
