import { declinedBy, defineTransform, moveBelow, type Proposal, saidStep } from "../../src/transform/index.ts";
import { type Kept, planFor, type Sink } from "./plan.ts";

export default defineTransform<Sink | Kept>({
  name: "sink-volatile",
  summary:
    "Declare commits, dates and versions below the steps that take no notice, so that another value does not run those again",
  phase: "order",
  promise: "same-image",
  status: "preview",
  since: "next",
  examples: ["labels", "commit-in-env", "npm"],

  *find(facts) {
    for (const stage of facts.stages) {
      const { sinks, kept } = planFor(stage, facts);
      for (const sink of sinks) yield { at: sink.steps[0]!.instruction.span, data: sink };
      for (const each of kept) yield { at: each.step.instruction.span, data: each };
    }
  },

  rewrite({ data }, facts): Proposal {
    if ("obstacle" in data) return declinedBy(data.obstacle);
    const { steps, parts, gains } = data;
    const first = saidStep(steps[0]!, facts);
    const others = steps.length === 1 ? "" : ` (and ${steps.length - 1} more)`;
    return {
      edits: parts.flatMap((part) => {
        const moved = part.steps.map(({ instruction }) => instruction);
        return moveBelow(facts.dockerfile, moved, part.anchor.instruction);
      }),
      why: `${first}${others} comes after ${saidStep(gains, facts)}, so that another value does not run that again`,
    };
  },
});
