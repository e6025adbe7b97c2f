/** Where a stage is cut: before the COPYs that bring the project, so that its dependencies are compiled without it. */
import { posix } from "node:path";
import {
  type Brought,
  type Cook,
  cookFor,
  copyView,
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
  runsAsRoot,
  type Stage,
  type Step,
  sliceOf,
} from "../../src/transform/index.ts";
import { saidCall } from "./sites.ts";

export interface Plan {
  readonly call: ProjectCall;
  readonly stage: Stage & { readonly name: string };
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
  const dropped = droppedOf(ends, call, facts);
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
function builderOf({ step: { stage } }: ProjectCall, facts: Facts): Plan["stage"] {
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
  const { name } = stage;
  if (name === undefined)
    throw new Decline("no-name", `${quoted(dockerfile, stage.from.span)} gives the stage no name`);
  const build = facts.targets.get(name);
  if (build !== undefined) throw new Decline("target", `${build} builds the stage ${name} by its name`);
  const counting = stages
    .flatMap(({ steps }) => steps)
    .find(({ instruction }) =>
      [copyView(instruction)?.from?.value, ...mountsOf(instruction).map(({ from }) => from?.value)].some((from) =>
        /^\d+$/.test(from ?? ""),
      ),
    );
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
  return stage as Plan["stage"];
}

/** The last of `copies` from which on all that any of them brings below `folder` is brought. */
function cutOf(copies: readonly Brought[], folder: string): Brought {
  const inFolder = ({ places }: Brought) => [...places.keys()].filter((path) => isWithin(path, folder));
  const all = new Set(copies.flatMap(inFolder));
  return copies.findLast((_, index) => new Set(copies.slice(index).flatMap(inFolder)).size === all.size)!;
}

/** None where the build could not download by itself. */
function droppedOf(
  { first, cut }: Pick<Plan, "first" | "cut">,
  { step, invocation }: ProjectCall,
  { dockerfile }: Facts,
): readonly Step[] {
  const flagsIn = ({ instruction }: Step) =>
    instruction.flags.map(({ span }) => sliceOf(dockerfile.source, span)).join(" ");
  const early = step.stage.steps.slice(first.index, cut.index);
  const isSame = early.every((each) =>
    each.instruction.keyword === "RUN" ? flagsIn(each) === flagsIn(step) : each.instruction.keyword === "COPY",
  );
  const isOffline = invocation.call.args.some((word) => word === "--offline" || word === "--frozen");
  return isSame && !isOffline ? early : [];
}

/** The flags for a RUN before the sources: downloads may be in cache mounts, what is compiled may not. */
function flagsOf({ step }: ProjectCall, folder: string, { dockerfile }: Facts): readonly string[] {
  const { instruction, before } = step;
  for (const { type, target } of mountsOf(instruction)) {
    if (!["cache", "secret", "ssh"].includes(type))
      throw new Decline("mount", `${quoted(dockerfile, instruction.span)} has a ${type} mount`);
    const path = target && posix.resolve(before.cwd ?? "/", target.value ?? "$");
    if (
      type === "cache" &&
      (path === undefined || path.includes("$") || isWithin(path, folder) || isWithin(folder, path))
    )
      throw new Decline("cache-mount", `what is compiled is kept in the cache mount at ${target?.value} already`);
  }
  return instruction.flags.map(({ span }) => sliceOf(dockerfile.source, span));
}

/** The build must come first in its RUN, as it stands: what is compiled ahead finds what it finds. */
function checkCall({ call, folder, cut, cook }: Plan, facts: Facts): void {
  const { step, invocation, sequence, at } = call;
  const { command } = invocation;
  const said = quoted(facts.dockerfile, step.instruction.span);
  if (!sequence || at !== 0 || !command.unconditional)
    throw new Decline(
      "not-first",
      `${saidCall(call)} is not what ${said} begins with, and may need what comes before it`,
    );
  const [word] = command.words;
  if (command.assignments.length > 0 || command.redirects.length > 0 || word?.literal !== invocation.call.tool)
    throw new Decline("unusual-call", `${saidCall(call)} is called with more than its own options`);
  const [from, to] = [cut.before, step.before];
  if (from.cwd !== folder || to.cwd !== folder)
    throw new Decline(
      "other-folder",
      `${saidCall(call)} runs in ${folder}, which is not where the sources are copied from`,
    );
  // Images that have cargo-chef are the official ones of Rust.
  const isRoot = runsAsRoot(step, facts) || (to.user === undefined && cook.install === undefined);
  if (from.user !== to.user || !isRoot)
    throw new Decline("user", `${said} runs as a user who may not write where the sources will be`);
  if (!["sh", "dash", "bash", "ash"].includes(to.shell.dialect) || from.shell.words.join() !== to.shell.words.join())
    throw new Decline("shell", `${said} is read by a shell of its own`);
}

/** Instructions that may stand between the COPYs and the build. */
const HARMLESS = ["COPY", "ADD", "LABEL", "EXPOSE", "CMD", "ENTRYPOINT", "STOPSIGNAL", "MAINTAINER"];

function checkSteps({ stage, call, first, cut, copies, folder }: Plan, { dockerfile }: Facts): void {
  const between = (from: Step, to: Step) => stage.steps.slice(from.index, to.index);
  const change = between(cut, call.step).find(({ instruction }) => !HARMLESS.includes(instruction.keyword));
  if (change)
    throw new Decline(
      "step-between",
      `${quoted(dockerfile, change.instruction.span)} may be what the dependencies need, and comes behind the sources`,
    );
  const other = between(cut, call.step).find((step) => {
    const view = copyView(step.instruction);
    return view && !copies.includes(step) && !isBelow(view.destination.text, step, folder);
  });
  if (other)
    throw new Decline(
      "copy-between",
      `${quoted(dockerfile, other.instruction.span)} may bring what the dependencies need, and comes behind the sources`,
    );
  const early = between(first, cut).find(
    ({ instruction, script, invocations }) =>
      instruction.keyword === "RUN" &&
      (script?.commands.length !== invocations.length ||
        !invocations.some(({ action }) => action === "fetch") ||
        !invocations.every(({ ecosystem, action }) => ecosystem === "files" || action === "fetch")),
  );
  if (early)
    throw new Decline(
      "run-before",
      `${quoted(dockerfile, early.instruction.span)} works on the project before all of it is there`,
    );
}

function isBelow(destination: string, { before: { cwd } }: Step, folder: string): boolean {
  const path = posix.resolve(cwd ?? "/", destination);
  return !destination.includes("$") && path !== folder && isWithin(path, folder);
}

/** What may be left out where the recipe is written: root reads everything. */
const FLAGS = ["chown", "chmod", "link"];

function checkCopy(copy: Step, { folder }: Plan, { dockerfile }: Facts): void {
  const { instruction, before } = copy;
  const said = quoted(dockerfile, instruction.span);
  const flag = instruction.flags.find(({ name }) => !FLAGS.includes(name));
  if (flag) throw new Decline("copy-flag", `${said} has --${flag.name}`);
  if (instruction.keyword === "ADD") throw new Decline("add", `${said} may unpack what it copies`);
  if (instruction.args.text.includes("$") || before.cwd !== folder)
    throw new Decline("variable-copy", `${said} may mean something else in a stage of its own`);
}
