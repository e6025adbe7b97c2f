import {
  applyEdits,
  Decline,
  defineTransform,
  type Facts,
  mainStart,
  nextStart,
  orDeclined,
  type Proposal,
  readNextConfig,
  type Stage,
  type Start,
  standaloneEdit,
  tracedProject,
  withTexts,
} from "../../src/transform/index.ts";
import { type Builder, builderOf } from "./builder.ts";
import { checkStage } from "./checks.ts";
import { editsOf } from "./edits.ts";
import { takenBy } from "./taken.ts";

interface Site {
  /** The last stage. */
  readonly stage: Stage;
  /** What it starts. */
  readonly start: Start;
  readonly builder: Builder;
}

export default defineTransform<Site>({
  name: "next-standalone",
  summary:
    "Have Next build its standalone server and start that, so that packages which it does not load stay out of the image",
  phase: "serve",
  promise: "same-runtime",
  status: "preview",
  since: "next",
  asked: true,
  examples: ["split"],

  *find(facts) {
    const stage = facts.stages.at(-1);
    const start = stage && mainStart(stage);
    // What the container starts is known at once; for the builder all of the build context is looked through.
    if (!start || !/\b(npm|yarn|pnpm|next) (.* )?(start|next)\b/.test(textOf(start))) return;
    const builder = builderOf(facts);
    if (builder) yield { at: stage.from.span, data: { stage, start, builder } };
  },

  rewrite({ data }, facts): Proposal {
    return orDeclined(() => proposalFor(data, facts));
  },
});

function textOf(start: Start): string {
  return "words" in start ? start.words.join(" ") : start.script;
}

function proposalFor({ stage, start, builder }: Site, facts: Facts): Proposal {
  const { project } = builder;
  const told = nextStart(start, project.read("package.json"));
  if (!told)
    throw new Decline("start-unknown", `the container starts \`${textOf(start)}\`, which is not \`next start\` alone`);
  if (builder.stage === stage)
    throw new Decline(
      "one-stage",
      "the stage builds the app itself; where split-builder can split it, this goes on from there",
    );
  // Whoever holds the two commands against each other looks for the script there.
  if (builder.pathOf("package.json") !== "package.json" && !nextStart(start, undefined))
    throw new Decline(
      "subfolder",
      "package.json, whose script starts the server, is not at the root of the build context",
    );
  const user = facts.targets.get(builder.stage.name ?? "");
  if (user !== undefined)
    throw new Decline("builder-in-use", `${user} builds the stage ${builder.stage.name}, which would be another one`);
  const config = tracedProject(project);
  const taken = takenBy(stage, builder, facts);
  checkStage(stage, taken, project, told, facts);
  const text = project.read(config.file) ?? "";
  const edit = config.output === "standalone" ? undefined : standaloneEdit(text);
  const edits = edit ? [edit] : [];
  const then = readNextConfig(withTexts(project, new Map([[config.file, applyEdits(text, edits)]])));
  if ("unknown" in then || then.output !== "standalone")
    throw new Decline("config-computed", `\`output: "standalone"\` can't be added to what ${config.file} exports`);
  const takesPublic = taken.paths.some((path) => path === "" || path === "public");
  return {
    edits: editsOf(
      { taken, told, distDir: config.distDir, hasPublic: project.isFolder("public") && takesPublic },
      stage,
      facts,
    ),
    files: edit ? [{ path: builder.pathOf(config.file), before: text, edits }] : [],
    why: "Next's standalone server brings the files of packages that it loads, and the others stay behind",
  };
}
