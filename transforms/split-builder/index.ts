import {
  Decline,
  defineTransform,
  type Facts,
  isBuildWork,
  needsTools,
  type Proposal,
  type Stage,
} from "../../src/transform/index.ts";
import { isBuilding, openApp } from "./app.ts";
import { parcelsOf } from "./cargo.ts";
import { editsOf } from "./compose.ts";
import { installsForBuilds } from "./packages.ts";

export default defineTransform<Stage>({
  name: "split-builder",
  summary:
    "Split the stage of an app into a builder and a runtime stage, so that toolchain and sources stay out of the image",
  phase: "split",
  promise: "same-runtime",
  status: "preview",
  since: "0.1.0",
  examples: ["typescript-app"],

  *find({ stages }) {
    const stage = stages.at(-1);
    // In a file of several stages, one that builds nothing is a runtime stage already.
    if (stage && leavesSomething(stage) && (stages.length === 1 || isBuilding(stage)))
      yield { at: stage.from.span, data: stage };
  },

  rewrite({ data: stage }, facts): Proposal {
    try {
      return proposalFor(stage, facts);
    } catch (error) {
      if (error instanceof Decline) return { declined: error.message, code: error.code };
      throw error;
    }
  },
});

/** Where nothing is built or compiled, nothing would stay behind. */
function leavesSomething({ steps }: Stage): boolean {
  const invocations = steps.flatMap((step) => step.invocations);
  return invocations.some(needsTools) || (invocations.some(isBuildWork) && steps.some(installsForBuilds));
}

function proposalFor(stage: Stage, facts: Facts): Proposal {
  const { dockerfile } = facts;
  const app = openApp(stage, facts);
  const { prune, shed = [] } = app.built;
  const packages = [...app.plan.reduced.values()].flatMap(({ left }) => left);
  const dropped = [...app.built.dropped, ...new Set(packages)];
  if (dropped.length === 0 || (packages.length === 0 && app.built.pays === false))
    throw new Decline("no-gain", "nothing that the build needs would stay behind");
  return {
    edits: editsOf({
      dockerfile,
      stage,
      plan: app.plan,
      parcels: parcelsOf(app),
      shed,
      prune: prune?.command,
    }),
    why: `${dropped.join(", ")} stay in a builder stage, so the image gets smaller`,
  };
}
