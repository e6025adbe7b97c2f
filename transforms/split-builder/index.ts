import { Decline, defineTransform, type Facts, needsOf, type Proposal, type Stage } from "../../src/transform/index.ts";
import { isBuilding, openApp } from "./app.ts";
import { parcelsOf } from "./cargo.ts";
import { isInstall } from "./commands.ts";
import { editsOf } from "./compose.ts";
import { checkInstalls, pruneOf } from "./installs.ts";
import { wordsOf } from "./start.ts";

export default defineTransform<Stage>({
  name: "split-builder",
  summary:
    "Split the stage of a Node app into a builder and a runtime stage, so that toolchain and sources stay out of the image",
  phase: "split",
  promise: "same-runtime",
  status: "preview",
  since: "0.1.0",
  examples: ["typescript-app"],

  *find({ stages }) {
    const stage = stages.at(-1);
    const installs = stage?.steps.some(({ invocations }) => invocations.some(isInstall)) ?? false;
    // In a file of several stages, one that builds nothing is a runtime stage already.
    if (stage && installs && (stages.length === 1 || isBuilding(stage))) yield { at: stage.from.span, data: stage };
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

function proposalFor(stage: Stage, facts: Facts): Proposal {
  const { dockerfile } = facts;
  const app = openApp(stage, facts);
  checkInstalls(app);
  const words = wordsOf(app, dockerfile.source);
  const needs = needsOf(app.view, app.build, app.packages, words);
  const prune = pruneOf(app);
  if (prune === undefined && needs.dropped.length === 0)
    throw new Decline("no-gain", "nothing that the build needs would stay behind");
  const left = [...(prune === undefined ? [] : ["development dependencies"]), ...needs.dropped];
  return {
    edits: editsOf({ dockerfile, stage, plan: app.plan, parcels: parcelsOf(app, needs), prune }),
    why: `${left.join(", ")} stay in a builder stage, so the image gets smaller`,
  };
}
