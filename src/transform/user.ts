/** Who runs a step. */
import { baseOf } from "../image/index.ts";
import type { Facts, Step } from "../image/types.ts";

/** Whether root runs `step`: USER says so, or nothing says otherwise of an official image. */
export function runsAsRoot({ before: { user }, stage }: Step, { stages }: Facts): boolean {
  if (user !== undefined) return /^(root|0)(:|$)/.test(user);
  const base = baseOf(stage, stages);
  const isOfficial = base !== undefined && /^(docker\.io\/)?(library\/)?[\w.-]+(:[\w.-]+)?(@|$)/.test(base);
  return isOfficial && !stage.steps.some(({ instruction }) => instruction.keyword === "USER");
}
