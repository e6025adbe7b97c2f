import {
  Decline,
  defineTransform,
  type Facts,
  imageOf,
  isBuildFile,
  isCompiler,
  knownBase,
  orDeclined,
  type Proposal,
  type Stage,
  type Step,
  smallerThan,
  workingByName,
} from "../../src/transform/index.ts";
import { type App, isBuilding, openApp } from "./app.ts";
import { parcelsOf } from "./cargo.ts";
import { editsOf } from "./compose.ts";
import { packageWork } from "./packages.ts";
import { leavesSomething } from "./place.ts";
import { takesOut } from "./reductions.ts";
import { shownOf } from "./shown.ts";

export default defineTransform<Stage>({
  name: "split-builder",
  summary:
    "Split the stage of an app into a builder and a runtime stage, so that toolchain and sources stay out of the image",
  phase: "split",
  promise: "same-runtime",
  status: "preview",
  since: "0.1.0",
  examples: ["typescript-app"],

  *find({ stages, slims = false }) {
    const stage = stages.at(-1);
    // In a file of several stages, one that builds nothing is a runtime stage already.
    if (stage && leavesSomething(stage, slims && hasSlim(stage)) && (stages.length === 1 || isBuilding(stage)))
      yield { at: stage.from.span, data: stage };
  },

  rewrite({ data: stage }, facts): Proposal {
    // Where it works that names no folder of its own is known of official images, and proved for that folder.
    const told = workingByName(stage, facts);
    if (told === undefined) return orDeclined(() => proposalFor(stage, facts));
    const proposal = orDeclined(() => proposalFor(told.stages[stage.index]!, told));
    return "edits" in proposal ? { ...proposal, wherever: true } : proposal;
  },
});

function proposalFor(stage: Stage, facts: Facts): Proposal {
  const app = openApp(stage, facts);
  const { parted } = app;
  const { prune, replaced = [], shed, trimmed } = app.built;
  const packages = shippedPackages(app);
  const dropped = [...app.built.dropped, ...new Set(packages)];
  const makesRoom = facts.slims === true && hasSlim(stage);
  // A file of a few lines is worth no split.
  const gain = facts.serves ? dropped : dropped.filter((entry) => !isBuildFile(entry));
  if (!makesRoom) checkGain(app, packages, gain, stage);
  return {
    edits: parted.inFile(
      editsOf({
        dockerfile: parted.facts.dockerfile,
        stage: parted.stage,
        plan: app.plan,
        parcels: parcelsOf(app, facts.context!),
        replaced,
        shed: shed ?? trimmed ?? [],
        prune,
      }),
    ),
    why:
      dropped.length > 0
        ? `a builder stage keeps ${dropped.join(", ")}, so the image gets smaller`
        : "the image is built on a stage of its own, so that a smaller one can run it",
  };
}

/** Packages that stay in the builder stage, without those that the RUN which brings them takes out again. */
function shippedPackages({ plan: { reduced }, parted: { endOf } }: App): readonly string[] {
  const steps = [...reduced.keys()];
  const isPassing = (step: Step) =>
    steps.some((other) => other.index > step.index && endOf(other) === endOf(step) && takesOut(other));
  return [...reduced].flatMap(([step, { left }]) => (isPassing(step) ? [] : left));
}

function checkGain(
  { built: { pays = "anything" }, plan: { reduced } }: App,
  packages: readonly string[],
  gain: readonly string[],
  stage: Stage,
): void {
  if (gain.length === 0 || (packages.length === 0 && pays !== "anything")) {
    const whole = stage.steps.find((step) => packageWork(step).includes("install") && !reduced.has(step));
    const since = whole ? `, since ${shownOf(whole.instruction)} has to be repeated as it is` : "";
    throw new Decline("no-gain", `nothing that the build needs would stay behind${since}`);
  }
  if (pays !== "compilers" || (packages.some(isCompiler) && !hasSlim(stage))) return;
  const saved = hasSlim(stage)
    ? "its compilers stay"
    : `leaving ${packages.join(" and ")} behind does not pay for that`;
  throw new Decline("no-gain", `a part of the base image would be there twice, and ${saved}`);
}

/** Whether the base image has compilers and more, and there is one without. */
function hasSlim(stage: Stage): boolean {
  const image = imageOf(stage);
  const known = image === undefined ? undefined : knownBase(image);
  return known !== undefined && smallerThan(known).some(({ kind }) => kind === "slim");
}
