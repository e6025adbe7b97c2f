import {
  declinedBy,
  defineTransform,
  type Hoist,
  hoistsIn,
  moveAbove,
  type NotHoisted,
  type Proposal,
  saidStep,
} from "../../src/transform/index.ts";

export default defineTransform<Hoist | NotHoisted>({
  name: "hoist-stable",
  summary:
    "Install system packages before the sources are copied, so that an edit of a source does not install them again",
  phase: "order",
  promise: "same-image",
  status: "preview",
  since: "next",
  examples: ["apt", "user-and-packages", "manifests-first"],

  *find(facts) {
    for (const stage of facts.stages) {
      const { hoists, kept } = hoistsIn(stage, facts);
      for (const hoist of hoists) yield { at: hoist.steps[0]!.instruction.span, data: hoist };
      for (const each of kept) yield { at: each.step.instruction.span, data: each };
    }
  },

  rewrite({ data }, facts): Proposal {
    if ("obstacle" in data) return declinedBy(data.obstacle);
    const { steps, anchor } = data;
    const moved = steps.map(({ instruction }) => instruction);
    const [first] = steps as readonly [Hoist["steps"][number]];
    const others = steps.length === 1 ? "" : ` (and ${steps.length - 1} more)`;
    return {
      edits: moveAbove(facts.dockerfile, moved, anchor.instruction),
      why: `${saidStep(first, facts)}${others} comes before ${saidStep(anchor, facts)}, so that an edit of what is copied does not install again`,
    };
  },
});
