/** Which stages of a file a stage stands on. */
import type { Stage, Step } from "./types.ts";

/** The stage and those that it stands on, itself first. */
export function lineageOf(stage: Stage, stages: readonly Stage[]): readonly Stage[] {
  const lineage = [stage];
  for (let { base } = stage; base.kind === "stage"; ) {
    const parent = stages[base.index];
    if (!parent) break;
    lineage.push(parent);
    base = parent.base;
  }
  return lineage;
}

/** The image that its own FROM names; undefined where that is none, or not known. */
export function imageOf({ base }: Stage): string | undefined {
  return base.kind === "image" ? base.reference : undefined;
}

/** The image that the stage stands on, through other stages. */
export function baseOf(stage: Stage, stages: readonly Stage[]): string | undefined {
  return imageOf(lineageOf(stage, stages).at(-1)!);
}

/** What the FROM at the end of the lineage names, `scratch` too; undefined where variables leave it unknown. */
export function foundationOf(stage: Stage, stages: readonly Stage[]): string | undefined {
  const { base } = lineageOf(stage, stages).at(-1)!;
  return base.kind === "image" ? base.reference : base.kind === "scratch" ? "scratch" : undefined;
}

/** What `step` finds done, by its own stage and by those that it stands on, in the order of a build. */
export function stepsBefore(
  { stage, index }: Pick<Step, "stage" | "index">,
  stages: readonly Stage[],
): readonly Step[] {
  const [, ...others] = lineageOf(stage, stages);
  return [...others.reverse().flatMap(({ steps }) => steps), ...stage.steps.slice(0, index)];
}
