/** The image that the last stage of a rewritten file stands on, where it is another one that can stand in the place of the old. */
import { isSmaller } from "../bases/index.ts";
import { foundationOf } from "./lineage.ts";
import { linkedBase } from "./linked-java.ts";
import type { Facts } from "./types.ts";

export interface ExchangedBase {
  readonly old: string;
  /** As FROM names it: a smaller variant, or a stage with a part of the old one's Java. */
  readonly now: string;
  readonly isStage: boolean;
}

/** Undefined where both files stand on the same one, or on what only a build knows. */
export function exchangedBase(before: Pick<Facts, "stages">, after: Pick<Facts, "stages">): ExchangedBase | undefined {
  const linked = linkedBase(before, after);
  if (linked) return { old: linked.image, now: linked.stage, isStage: true };
  const [old, now] = [before, after].map(({ stages }) => foundationOf(stages.at(-1)!, stages));
  if (old === undefined || now === undefined || old === now || !isSmaller(now, old)) return undefined;
  return { old, now, isStage: false };
}
