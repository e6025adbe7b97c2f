/** Which words of a file `--build-arg` can change. */
import { pairsView } from "../dockerfile/index.ts";
import { stepsBefore } from "./lineage.ts";
import type { Stage, Step } from "./types.ts";

/** An ARG that the words `text` of `step` take their value from, be it through an ENV; undefined where there is none. */
export function argumentBehind(text: string, step: Step, stages: readonly Stage[]): string | undefined {
  const before = stepsBefore(step, stages);
  for (const name of namesIn(text)) {
    const setter = before.findLast((each) => ["ENV", "ARG"].includes(each.instruction.keyword) && sets(each, name));
    if (setter?.instruction.keyword === "ARG") return name;
    const value = setter && pairsView(setter.instruction).findLast((pair) => pair.name.text === name)?.value?.text;
    const behind = value && argumentBehind(value, setter, stages);
    if (behind) return behind;
  }
  return undefined;
}

/** Names of the variables that `text` may expand. */
export function namesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((match) => match[1]!));
}

function sets({ instruction }: Step, name: string): boolean {
  return pairsView(instruction).some((pair) => pair.name.text === name);
}
