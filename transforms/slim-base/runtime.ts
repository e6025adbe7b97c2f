/** The stage that runs, with all that it is built on down to an image. */
import {
  type Facts,
  type Instruction,
  isBuildWork,
  lineageOf,
  type Stage,
  type Step,
} from "../../src/transform/index.ts";

export interface Runtime {
  readonly stage: Stage;
  /** The image at the end of the chain of stages, as written. */
  readonly image: string;
  /** The FROM that names it. */
  readonly from: Instruction;
  /** The steps of the stages between the image and the stage, in their order. */
  readonly inherited: readonly Step[];
  /** These, and those of the stage itself behind them. */
  readonly steps: readonly Step[];
}

/** Undefined where the last stage builds the app itself: what it needs for that is in the base. */
export function runtimeOf({ stages }: Facts): Runtime | undefined {
  const stage = stages.at(-1);
  if (!stage) return undefined;
  const [, ...others] = lineageOf(stage, stages);
  const { base, from } = others.at(-1) ?? stage;
  const inherited = others.reverse().flatMap(({ steps }) => steps);
  if (base.kind !== "image" || base.reference === undefined) return undefined;
  const steps = [...inherited, ...stage.steps];
  const builds = steps.some(({ invocations }) => invocations.some((it) => isBuildWork(it)));
  return builds ? undefined : { stage, image: base.reference, from, inherited, steps };
}
