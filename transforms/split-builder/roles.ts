/** Which stage each step of a single-stage app belongs to. */
import { posix } from "node:path";
import {
  Decline,
  isBuildWork,
  isInProject,
  isSystemFolder,
  isUnder,
  isWithin,
  type Move,
  type NeedRules,
  pairsView,
  type Step,
  workingFolderOf,
  worksAtRoot,
  worksBelow,
} from "../../src/transform/index.ts";
import { checkFolder, checkKinds, checkSight, checkStep } from "./checks.ts";
import { effectOf, folderAt } from "./commands.ts";
import type { Effect } from "./effect.ts";
import { filledIn } from "./filled.ts";
import { destinationOf, namesFolder } from "./layout.ts";
import type { Reduced } from "./packages.ts";
import type { Parted } from "./parts.ts";
import { reductionsIn, takesOut } from "./reductions.ts";
import { shownOf } from "./shown.ts";

/**
 * - `base`: before anything of the project is copied, and before packages are installed for the build alone; both stages start from it
 * - `build`: the builder stage alone
 * - `both`: kept in the builder stage and repeated in the runtime stage
 * - `runtime`: the runtime stage alone
 */
export type Role = "base" | "build" | "both" | "runtime";

export interface Plan {
  /** The project folder in the image, absolute. */
  readonly project: string;
  readonly roles: ReadonlyMap<Step, Role>;
  /** The first and the last step of the builder stage. */
  readonly cut: Step;
  readonly last: Step;
  /** The last step that builds something. */
  readonly builds: Step;
  /** The first step that copies something of the project. */
  readonly first: Step;
  /** Steps of role `both` or `runtime` that the runtime stage runs with fewer packages, or not at all. */
  readonly reduced: ReadonlyMap<Step, Reduced>;
  /** What the commands of each step do, one after the other. */
  readonly effects: ReadonlyMap<Step, readonly Effect[]>;
}

/** Sorts the steps of a stage. Throws a `Decline` where a step belongs to neither stage alone and can't be repeated. */
export function planOf(
  { stage: { steps }, facts, endOf }: Parted,
  rules: NeedRules,
  isBrought: (path: string) => boolean,
): Plan {
  const { source } = facts.dockerfile;
  const { work, project } = workplaceIn(steps);
  for (const step of steps) checkStep(step, project);
  const first = firstOfProject(steps, work, project);
  const effects = new Map(steps.map((step) => [step, effectsOf(step, project)]));
  const behind = steps.slice(first.index).map((step) => [step, effects.get(step)!] as const);
  const [builds] = behind.findLast(([, done]) => isBuilding(done, project, isBrought)) ?? [work];
  const last = endOf(builds);
  for (const [step, done] of behind) {
    checkKinds(step, done, step.index <= last.index, project);
    checkSight(step, done, step.index <= last.index, isBrought);
  }
  const roles = rolesAround(first, last, effects, project);
  for (const [step, role] of roles) if (role === "both") checkFolder(step, first, project);
  const reduced = reductionsIn(roles, source, rules);
  const removal = steps.find((step) => step.index > first.index && !reduced.has(step) && takesOut(step));
  if (removal)
    throw new Decline("takes-out", `it is not known what ${shownOf(removal.instruction)} leaves of what was installed`);
  const cut = [...reduced.keys()].find(({ index }) => index < first.index) ?? first;
  return { project, roles: rolesWith(reduced, cut, roles), cut, last, builds, first, reduced, effects };
}

/** The step that builds the project, and the project's folder. */
export function workplaceIn(steps: readonly Step[]): { readonly work: Step; readonly project: string } {
  const isWork = ({ invocations }: Step) => invocations.some((it) => isBuildWork(it) && it.purpose !== "clean");
  // What is built before anything is copied, and nothing installed for it, is no part of the project: a library from its sources.
  const brought = steps.find(({ instruction }) => ["COPY", "ADD"].includes(instruction.keyword))?.index ?? 0;
  const isApart = ({ index, invocations }: Step) =>
    index < brought && invocations.every((it) => !isBuildWork(it) || it.purpose === "build");
  const work = steps.find((step) => isWork(step) && !isApart(step)) ?? steps.find(isWork);
  const isOutside = work && work.before.cwd === "/" && fillsFolders(work);
  const own = isOutside ? work.stage.after.cwd : work && folderOf(work, steps.filter(isWork));
  const project = own === undefined || own === "/" ? own : holding(own, steps.filter(isWork));
  if (!work || project === undefined)
    throw new Decline("project-unknown", "the working directory of the build is not known");
  const stray =
    project === "/" &&
    steps.flatMap(({ invocations }) => invocations).find((it) => isBuildWork(it) && !worksAtRoot(it));
  if (stray)
    throw new Decline(
      "project-unknown",
      `what ${stray.ecosystem} works on in the root folder is not apart from what the image has there`,
    );
  return { work, project };
}

/** `folder`, or the one above it that holds all folders in which `works` work, where each may lie below a project's own. */
function holding(folder: string, works: readonly Step[]): string {
  const calls = works.flatMap((step) =>
    step.invocations.filter((it) => isBuildWork(it) && it.purpose !== "clean").map((it) => ({ step, it })),
  );
  const places = calls.map(({ step, it }) => workingFolderOf(it, folderAt(step, it.command)));
  let top = folder;
  for (const place of places) {
    if (place === undefined) return folder;
    while (top !== "/" && !isUnder(place, top)) top = posix.dirname(top);
  }
  return top === "/" || isSystemFolder(top) || !calls.every(({ it }) => worksBelow(it)) ? folder : top;
}

function firstOfProject(steps: readonly Step[], work: Step, project: string): Step {
  const copied = steps.find((step) => copiesInto(step, project));
  const first = steps.find((step) => step === copied || fillsFolders(step));
  if (!copied || !first || (copied.index > work.index && !fillsFolders(work)))
    throw new Decline("no-copy", "nothing of the build context is copied into the project folder before the build");
  return first;
}

/** Without regard to packages of the system that the runtime stage may do without. */
function rolesAround(first: Step, last: Step, effects: Plan["effects"], project: string): ReadonlyMap<Step, Role> {
  const roles = new Map<Step, Role>();
  for (const [step, done] of effects) {
    const { keyword } = step.instruction;
    if (step.index > last.index) roles.set(step, "runtime");
    else if (CONFIG.has(keyword))
      roles.set(step, isInherited(keyword) && step.index < first.index ? "base" : "runtime");
    else if (step.index < first.index) roles.set(step, "base");
    else roles.set(step, isOfProject(step, done, project) || isIdle(step, done) ? "build" : "both");
  }
  return roles;
}

/** `roles` where the stages part at `cut`, and the runtime stage runs steps as `reduced` says. */
function rolesWith(reduced: Plan["reduced"], cut: Step, roles: Plan["roles"]): Plan["roles"] {
  const all = new Map(roles);
  for (const [step, role] of all) {
    if (role !== "base" || step.index < cut.index) continue;
    all.set(step, CONFIG.has(step.instruction.keyword) ? "runtime" : "both");
  }
  for (const [step, { text, brings }] of reduced)
    if (all.get(step) !== "runtime") all.set(step, text === undefined && brings.length === 0 ? "build" : "both");
  for (const [step, role] of all)
    if (role === "both" && step.instruction.keyword === "ARG" && !isUsed(step, all)) all.set(step, "build");
  return all;
}

/**
 * The working directory of a step that builds; where no WORKDIR leads anywhere, what it goes to itself, `cd /app && go build`, or names,
 * `dotnet publish /app`, unless a WORKDIR leads `all` the others elsewhere.
 */
function folderOf(work: Step, all: readonly Step[]): string | undefined {
  const { cwd } = work.before;
  const invocation = work.invocations.find(isBuildWork);
  if (!invocation || (cwd !== undefined && cwd !== "/" && namesFolder(work))) return cwd;
  const place = folderAt(work, invocation.command);
  const folder = worksAtRoot(invocation) ? workingFolderOf(invocation, place) : place;
  return all.every(({ before }) => [cwd, folder].includes(before.cwd)) ? folder : cwd;
}

const CONFIG = new Set(["CMD", "ENTRYPOINT", "EXPOSE", "HEALTHCHECK", "LABEL", "MAINTAINER", "STOPSIGNAL", "VOLUME"]);

/** An ENTRYPOINT drops a CMD that comes from the stage before. */
function isInherited(keyword: string): boolean {
  return keyword !== "CMD" && keyword !== "ENTRYPOINT";
}

function copiesInto(step: Step, project: string): boolean {
  const { keyword } = step.instruction;
  if (keyword !== "COPY" && keyword !== "ADD") return false;
  const destination = destinationOf(step);
  return destination === undefined || isInProject(destination, project) || isWithin(project, destination);
}

/** Whether a step does nothing but fill folders of packages: it can do so before anything of the project is there. */
function fillsFolders(step: Step): boolean {
  const filling = step.invocations.filter((invocation) => filledIn(step, invocation));
  return filling.length > 0 && filling.length === step.script?.commands.length;
}

function isOfProject(step: Step, effects: readonly Effect[], project: string): boolean {
  return copiesInto(step, project) || effects.some(({ kind }) => kind === "work" || kind === "edit");
}

function effectsOf(step: Step, project: string): readonly Effect[] {
  return (step.script?.commands ?? []).map((command) => effectOf(command, step, project));
}

/** Whether a step works on the project, or removes entries of it: whatever comes later finds it built. */
function isBuilding(effects: readonly Effect[], project: string, isBrought: (path: string) => boolean): boolean {
  const isOfOutput = ({ from }: Move) => !isBrought(posix.relative(project, from));
  return (
    effects.some(({ kind }) => kind === "work") ||
    (effects.length > 0 && effects.every(({ removed, moves }) => removed.length > 0 || moves.some(isOfOutput)))
  );
}

/** Whether a RUN only looks at things and says what it saw. */
function isIdle({ instruction }: Step, effects: readonly Effect[]): boolean {
  return instruction.keyword === "RUN" && effects.every(({ kind }) => kind === "neutral");
}

/** Whether a step that is repeated, or that comes later, may read the argument. */
function isUsed(arg: Step, roles: ReadonlyMap<Step, Role>): boolean {
  return [...roles].some(
    ([{ index, instruction }, role]) =>
      index > arg.index &&
      role !== "build" &&
      (instruction.keyword === "RUN" ||
        pairsView(arg.instruction).some(({ name }) => instruction.args.text.includes(name.text))),
  );
}
