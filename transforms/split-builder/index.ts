import { posix } from "node:path";
import {
  type BuildContext,
  buildOf,
  Decline,
  defineTransform,
  type Facts,
  installInputsOf,
  isProductionOnly,
  isUnder,
  leavesOf,
  needsOf,
  type Outputs,
  Packages,
  type Proposal,
  pruneCommand,
  Running,
  type Stage,
  type Step,
  sliceOf,
  wordsIn,
} from "../../src/transform/index.ts";
import { parcelsOf } from "./cargo.ts";
import { isInstall, isNode } from "./commands.ts";
import { editsOf } from "./compose.ts";
import { type Landing, landingOf, projectView } from "./layout.ts";
import { isRootImage, newOwner, userOf } from "./owners.ts";
import { type Plan, planOf } from "./roles.ts";
import { startsOf } from "./start.ts";

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
  const { context, dockerfile } = facts;
  if (!isBuilding(stage))
    throw new Decline("no-build", "no step of the stage runs a build whose inputs could stay behind");
  if (stage.base.kind !== "image") throw new Decline("multi-stage", "the stage is built on another stage of the file");
  if (!context)
    throw new Decline(
      "no-context",
      "what the build reads and writes is not known without a build context; give one with --context",
    );
  if (!isRootImage(stage.base.reference))
    throw new Decline("base-unknown", `the user of the base image ${stage.base.reference ?? ""} is not known`);
  const plan = planOf(stage);
  checkPaths(stage);
  const { project } = plan;
  const copies = stage.steps.filter(({ instruction: { keyword } }) => keyword === "COPY" || keyword === "ADD");
  const landings = copies
    .filter((step) => plan.roles.get(step) === "build")
    .map((step) => landingOf(step, context, project));
  const view = projectView(context, project, landings);
  checkProject(view);
  const packages = new Packages(view);
  packages.check();
  checkInstalls(plan, stage, context, landings);
  const build = outputsOf(plan, view);
  const later = copies
    .filter((step) => plan.roles.get(step) !== "build")
    .flatMap((step) => tryLanding(step, context, project));
  const running = runningOf(stage, projectView(context, project, [...landings, ...later]), packages, later, context);
  for (const file of running.files) checkFile(file, view, build, project);
  const texts = [...running.texts, ...wordsKept(plan, dockerfile.source)];
  const needs = needsOf(view, build, packages, texts);
  const prune = pruneOf(plan, stage.base.reference, view, packages);
  if (prune === undefined && needs.dropped.length === 0)
    throw new Decline("no-gain", "nothing that the build needs would stay behind");
  const parcels = parcelsOf({ plan, view, landings, build, needs, hasPackages: packages.hasProduction });
  return {
    edits: editsOf({ dockerfile, stage, plan, parcels, prune }),
    why: `${[...(prune === undefined ? [] : ["development dependencies"]), ...needs.dropped].join(", ")} stay in a builder stage, so the image gets smaller`,
  };
}

function isBuilding({ steps }: Stage): boolean {
  return steps.some(({ invocations }) => invocations.some((it) => isNode(it) && it.purpose === "build"));
}

/** Paths and users are written into the new steps as they are now, so `--build-arg` must not change them. */
function checkPaths({ steps }: Stage): void {
  for (const { instruction } of steps) {
    if (!["WORKDIR", "USER", "COPY", "ADD"].includes(instruction.keyword) || !instruction.args.text.includes("$"))
      continue;
    throw new Decline(
      "computed-path",
      `\`${instruction.keyword} ${instruction.args.text.trim()}\` depends on a variable`,
    );
  }
}

function checkProject(view: BuildContext): void {
  if (view.isFolder("node_modules"))
    throw new Decline("copied-packages", "the build context brings its own node_modules; name it in .dockerignore");
  const raw = view.read("package.json") ?? "";
  if (/"workspaces"\s*:/.test(raw) || view.has("pnpm-workspace.yaml") || view.has("lerna.json"))
    throw new Decline("workspaces", "the project is a workspace of several packages");
}

/** An install that refit can't follow may leave files where no rule looks for them. */
function checkInstalls(
  { roles, project }: Plan,
  { base }: Stage,
  context: BuildContext,
  landings: readonly Landing[],
): void {
  const manifest = landings.map(({ files }) => files.get(`${project}/package.json`)).find((path) => path !== undefined);
  const folder = manifest?.replace(/\/?package\.json$/, "") ?? "";
  for (const [{ before, invocations }, role] of roles) {
    for (const invocation of role === "build" ? invocations.filter(isInstall) : []) {
      const reference = base.kind === "image" ? base.reference : undefined;
      const inputs = installInputsOf(invocation, context, folder, { ...before, base: reference });
      if ("blocked" in inputs) throw new Decline("install-unknown", inputs.blocked);
    }
  }
}

/** What all build commands of the builder stage make together. */
function outputsOf({ roles }: Plan, view: BuildContext): Outputs {
  const commands = [...roles].flatMap(([step, role]) => (role === "build" ? step.invocations : []));
  const leaves = commands
    .filter((invocation) => isNode(invocation) && invocation.purpose === "build")
    .flatMap(({ command }) => {
      const found = leavesOf(
        command.words.map(({ literal }) => literal),
        view,
      );
      if ("unknown" in found) throw new Decline("outputs-unknown", found.unknown);
      return found;
    });
  const build = buildOf(leaves, view);
  if ("unknown" in build) throw new Decline("outputs-unknown", build.unknown);
  if (build.outputs.length === 0) throw new Decline("no-build", "the build commands make no outputs");
  return build;
}

function runningOf(
  stage: Stage,
  view: BuildContext,
  packages: Packages,
  copies: readonly Landing[],
  context: BuildContext,
): Running {
  const files = new Map(copies.flatMap((landing) => [...landing.files]));
  const folders = ["", "/bin/", "/usr/bin/", "/usr/local/bin/", "/usr/sbin/", "/usr/local/sbin/"];
  const outside = (word: string) => {
    const source = folders.map((folder) => files.get(`${folder}${word}`)).find((path) => path !== undefined);
    return source === undefined ? undefined : context.read(source);
  };
  const settings = stage.steps.filter(({ instruction }) => instruction.keyword === "ENV");
  const local = settings.some(({ instruction }) => /\bPATH\b.*node_modules\/\.bin/.test(instruction.args.text));
  const running = new Running(view, packages, outside);
  for (const start of startsOf(stage)) running.follow(start, local);
  return running;
}

/** What `node` runs must come from the build or the context; a path elsewhere is as it was. */
function checkFile(file: string, view: BuildContext, build: Outputs, project: string): void {
  const path = posix.relative(project, posix.resolve(project, file));
  if (path.startsWith("../") || build.outputs.some((output) => isUnder(path, output) || isUnder(output, path))) return;
  const isThere = ["", ".js", ".cjs", ".mjs", "/index.js"].some((end) => view.has(`${path}${end}`));
  if (!isThere)
    throw new Decline(
      "start-unknown",
      `the container starts ${file}, which no known output and no file of the context is`,
    );
}

/** Where a COPY that is no part of the build puts files; nothing where that can't be told. */
function tryLanding(step: Step, context: BuildContext, project: string): readonly Landing[] {
  try {
    return [landingOf(step, context, project)];
  } catch (error) {
    if (error instanceof Decline) return [];
    throw error;
  }
}

/** Words of the steps that the runtime stage runs: files that they name must be there. */
function wordsKept({ roles }: Plan, source: string): readonly string[] {
  const kept = [...roles].filter(([step, role]) => role === "runtime" || (role === "both" && step.script));
  return kept.flatMap(([step]) => wordsIn(sliceOf(source, step.instruction.span)));
}

/** Undefined where nothing is to take out, or where the file does it itself. */
function pruneOf(
  { roles, last }: Plan,
  base: string | undefined,
  view: BuildContext,
  packages: Packages,
): string | undefined {
  const works = [...roles]
    .filter(([, role]) => role === "build")
    .flatMap(([step]) => step.invocations.map((it) => ({ it, step })));
  const installs = works.filter(({ it }) => isInstall(it));
  const [first] = installs;
  if (!first) throw new Decline("project-unknown", "no install is left in the builder stage");
  if (isProductionOnly(first.it.call, first.step.before.env))
    throw new Decline("no-development", "the install leaves development dependencies out, so the build uses none");
  for (const { it } of installs) {
    if (it.ecosystem !== first.it.ecosystem)
      throw new Decline("package-manager", "the stage installs with two package managers");
  }
  const builds = works.findLastIndex(({ it }) => it.purpose === "build");
  const done = works
    .slice(builds + 1)
    .some(({ it, step }) => (isInstall(it) || it.action === "prune") && isProductionOnly(it.call, step.before.env));
  if (done || packages.development.size === 0 || !packages.hasProduction) return undefined;
  const given = [...roles].some(
    ([step]) => step.index > first.step.index && newOwner(step)?.split(":")[0] === userOf(last),
  );
  if (last.before.cwd !== first.step.before.cwd || (userOf(last) !== userOf(first.step) && !given))
    throw new Decline("user-changes", "the user or the working directory changes between install and build");
  return pruneCommand(first.it.ecosystem, first.it.call, base, view, packages);
}
