/** A stage that builds a Node app, with what can be told of it without running anything. */
import {
  type BuildContext,
  buildOf,
  Decline,
  type Facts,
  leavesOf,
  type Outputs,
  Packages,
  type Stage,
} from "../../src/transform/index.ts";
import { isNode, namedBy } from "./commands.ts";
import { type Landing, landingOf, projectView } from "./layout.ts";
import { isRootImage } from "./owners.ts";
import { type Plan, planOf } from "./roles.ts";
import { shownOf } from "./shown.ts";

export interface App {
  readonly stage: Stage;
  readonly base: string;
  readonly plan: Plan;
  readonly context: BuildContext;
  /** What COPYs put into the project folder before it is built. */
  readonly landings: readonly Landing[];
  /** The project folder as they leave it. */
  readonly view: BuildContext;
  readonly packages: Packages;
  readonly build: Outputs;
}

export function isBuilding({ steps }: Stage): boolean {
  return steps.some(({ invocations }) => invocations.some((it) => isNode(it) && it.purpose === "build"));
}

/** Throws a `Decline` where the stage is none that can be cut in two. */
export function openApp(stage: Stage, { context }: Facts): App {
  if (!isBuilding(stage))
    throw new Decline("no-build", "no step of the stage runs a build whose inputs could stay behind");
  if (stage.base.kind !== "image") throw new Decline("multi-stage", "the stage is built on another stage of the file");
  if (!context)
    throw new Decline(
      "no-context",
      "what the build reads and writes can't be told without a build context (--context)",
    );
  const base = stage.base.reference;
  if (base === undefined || !isRootImage(base))
    throw new Decline("base-unknown", `the user of the base image ${base ?? ""} is not known`);
  const plan = planOf(stage);
  checkPaths(stage);
  const copies = [...plan.roles].filter(([{ instruction }, role]) => role === "build" && instruction.keyword !== "RUN");
  const landings = copies
    .filter(([{ instruction }]) => instruction.keyword === "COPY" || instruction.keyword === "ADD")
    .map(([step]) => landingOf(step, context, plan.project));
  const view = projectView(context, plan.project, landings);
  checkProject(view);
  checkBefore(plan, view);
  const packages = new Packages(view);
  packages.check();
  return { stage, base, plan, context, landings, view, packages, build: outputsOf(plan, view) };
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

/** A folder that is there before the COPYs: the builder's would be put into it, and leave its mode and owner. */
function checkBefore({ roles, project }: Plan, view: BuildContext): void {
  for (const [step, role] of roles) {
    const made = role === "base" ? namedBy(step, project).find((name) => view.isFolder(name)) : undefined;
    if (made !== undefined)
      throw new Decline(
        "made-before",
        `${shownOf(step.instruction)} makes ${made}, which the build context brings too`,
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
