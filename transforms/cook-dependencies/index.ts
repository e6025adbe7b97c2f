import { Decline, defineTransform, type Facts, type ProjectCall, type Proposal } from "../../src/transform/index.ts";
import { editsOf } from "./compose.ts";
import { planOf } from "./plan.ts";
import { buildsOf, saidCall } from "./sites.ts";
import { checkTaken } from "./taken.ts";

export default defineTransform<ProjectCall>({
  name: "cook-dependencies",
  summary:
    "Compile the dependencies of a Rust project with cargo-chef before the sources are copied, so that an edit of the sources compiles the project alone",
  phase: "order",
  promise: "same-runtime",
  status: "preview",
  since: "next",
  asked: true,
  examples: ["workspace"],

  *find(facts) {
    for (const call of buildsOf(facts)) yield { at: call.step.instruction.span, data: call };
  },

  rewrite({ data: call }, facts): Proposal {
    try {
      return proposalFor(call, facts);
    } catch (error) {
      if (!(error instanceof Decline)) throw error;
      return { declined: error.message, code: error.code };
    }
  },
});

function proposalFor(call: ProjectCall, facts: Facts): Proposal {
  const plan = planOf(call, facts);
  checkTaken(plan, facts);
  return {
    edits: editsOf(plan, facts),
    why: `what ${saidCall(call)} needs is compiled before the sources are copied, so that an edit of these compiles the project alone`,
  };
}
