/** Where a stage is cut: before the COPYs that bring the project, so that its dependencies are compiled without it. */
import { posix } from "node:path";
import {
  type Brought,
  type Cook,
  cookFor,
  Decline,
  type Facts,
  fromView,
  isWithin,
  lineageOf,
  mountsOf,
  type Project,
  type ProjectCall,
  projectOf,
  quoted,
  type Stage,
  type Step,
  saidCall,
  sliceOf,
} from "../../src/transform/index.ts";
import { checkCall, checkCopy, checkSteps } from "./checks.ts";

export interface Plan {
  readonly call: ProjectCall;
  readonly stage: Stage;
  readonly project: Project;
  /** Where the build runs, absolute. */
  readonly folder: string;
  readonly cook: Exclude<Cook, { readonly blocked: string }>;
  /** The first COPY that brings something of the project: cargo-chef is installed before it. */
  readonly first: Step;
  /** From here on COPYs bring all of the project. */
  readonly cut: Step;
  /** Steps between the two that only download, with what they copy for it: to compile ahead brings that along. */
  readonly dropped: readonly Step[];
  /** The COPYs of the project from `cut` on. */
  readonly copies: readonly Step[];
  /** Flags of the RUN of the build, as written. */
  readonly flags: readonly string[];
}

/** Throws a `Decline` where dependencies can't be compiled ahead of `call`. */
export function planOf(call: ProjectCall, facts: Facts): Plan {
  const { invocation, folder } = call;
  const project = projectOf(call, facts);
  if (!project || "unknown" in project || folder === undefined)
    throw facts.context
      ? new Decline("unknown-folder", `it is not known in which folder ${saidCall(call)} runs`)
      : new Decline(
          "no-context",
          `what ${saidCall(call)} compiles is not known without a build context; give one with --context`,
        );
  const stage = builderOf(call, facts);
  const cook = cookFor(invocation, project.view, project.folder, project.surroundings)!;
  if ("blocked" in cook) throw new Decline("cannot-cook", cook.blocked);
  const copies = project.brought.filter(({ places }) => [...places.keys()].some((path) => isWithin(path, folder)));
  const cut = cutOf(copies, folder);
  const behind = copies.slice(copies.indexOf(cut)).map(({ copy }) => copy.step);
  const ends = { first: copies[0]!.copy.step, cut: cut.copy.step };
  const dropped = droppedOf(copies.slice(0, copies.indexOf(cut)), ends, call, facts);
  const plan = {
    call,
    stage,
    project,
    folder,
    cook,
    ...ends,
    dropped,
    copies: behind,
    flags: flagsOf(call, folder, facts),
  };
  checkCall(plan, facts);
  checkSteps(plan, facts);
  for (const copy of behind) checkCopy(copy, plan, facts);
  return plan;
}

/** The stage of `call`, which no image stands on and no build asks for by its name. */
function builderOf({ step: { stage } }: ProjectCall, facts: Facts): Stage {
  const { stages, dockerfile } = facts;
  const standing = stages.find((other) => other !== stage && lineageOf(other, stages).includes(stage));
  if (lineageOf(stages.at(-1)!, stages).includes(stage))
    throw new Decline(
      "final-stage",
      "what is compiled ahead would stay in the image; only a builder stage of its own keeps it out",
    );
  if (standing)
    throw new Decline(
      "stage-below",
      `${quoted(dockerfile, standing.from.span)} stands on the stage, with all that is compiled ahead`,
    );
  const name = stage.name ?? `${stage.index}`;
  const build = facts.targets.get(name);
  if (build !== undefined) throw new Decline("target", `${build} builds the stage ${name} by its name`);
  const counting = stages
    .flatMap(({ steps }) => steps)
    .find(({ instruction }) => mountsOf(instruction).some(({ from }) => /^\d+$/.test(from?.value ?? "")));
  if (counting)
    throw new Decline(
      "numbered-stage",
      `${quoted(dockerfile, counting.instruction.span)} counts the stages, and there would be more`,
    );
  const image = lineageOf(stage, stages).at(-1)!.from;
  if (fromView(image)?.image.text.includes("$"))
    throw new Decline(
      "variable-base",
      `a build may choose another Rust for ${quoted(dockerfile, image.span)} with --build-arg`,
    );
  return stage;
}

/** The last of `copies` from which on all that any of them brings below `folder` is brought. */
function cutOf(copies: readonly Brought[], folder: string): Brought {
  const inFolder = ({ places }: Brought) => [...places.keys()].filter((path) => isWithin(path, folder));
  const all = new Set(copies.flatMap(inFolder));
  return copies.findLast((_, index) => new Set(copies.slice(index).flatMap(inFolder)).size === all.size)!;
}

/** None where the build could not download by itself, or one of them is for something else. */
function droppedOf(
  copies: readonly Brought[],
  { first, cut }: Pick<Plan, "first" | "cut">,
  { step, invocation, folder = "/" }: ProjectCall,
  { dockerfile }: Facts,
): readonly Step[] {
  const flagsIn = (each: Step) => writtenFlags(each, dockerfile).join(" ");
  const early = step.stage.steps.slice(first.index, cut.index);
  const inProject = copies.filter(({ places }) => [...places.keys()].every((path) => isWithin(path, folder)));
  const isSame = early.every((each) =>
    each.instruction.keyword === "RUN"
      ? flagsIn(each) === flagsIn(step)
      : inProject.some(({ copy }) => copy.step === each),
  );
  const isOffline = invocation.call.args.some((word) => word === "--offline" || word === "--frozen");
  return isSame && !isOffline ? early : [];
}

/** Where Cargo puts what it compiles. */
export function targetOf({ before: { env } }: Step, folder: string): string {
  return posix.resolve(folder, env.get("CARGO_TARGET_DIR") ?? "target");
}

/** The flags for a RUN before the sources: downloads may be in cache mounts, what is compiled may not. */
function flagsOf({ step }: ProjectCall, folder: string, { dockerfile }: Facts): readonly string[] {
  const { instruction, before } = step;
  for (const { type, target } of mountsOf(instruction)) {
    if (!["cache", "secret", "ssh"].includes(type))
      throw new Decline("mount", `${quoted(dockerfile, instruction.span)} has a ${type} mount`);
    const path = target && posix.resolve(before.cwd ?? "/", target.value ?? "$");
    const meets = (place: string) => path === undefined || isWithin(path, place) || isWithin(place, path);
    if (type === "cache" && (path?.includes("$") || meets(folder) || meets(targetOf(step, folder))))
      throw new Decline("cache-mount", `what is compiled is kept in the cache mount at ${target?.value} already`);
  }
  return writtenFlags(step, dockerfile);
}

function writtenFlags({ instruction }: Step, { source }: Facts["dockerfile"]): readonly string[] {
  return instruction.flags.map(({ span }) => sliceOf(source, span));
}
