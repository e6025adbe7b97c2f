import {
  defineTransform,
  type Facts,
  orDeclined,
  type ProjectCall,
  type Proposal,
  saidCall,
} from "../../src/transform/index.ts";
import { editsOf } from "./compose.ts";
import { planOf } from "./plan.ts";
import { buildsOf } from "./sites.ts";
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
    return orDeclined(() => proposalFor(call, facts));
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
