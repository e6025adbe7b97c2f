/** Which stage each step of a single-stage app belongs to. */
import { posix } from "node:path";
import {
  Decline,
  type Instruction,
  isBuildWork,
  isUnder,
  isWithin,
  type Move,
  mountsOf,
  pairsView,
  type Stage,
  type Step,
} from "../../src/transform/index.ts";
import { effectOf, folderAt } from "./commands.ts";
import type { Effect, Kind } from "./effect.ts";
import { filledIn } from "./filled.ts";
import { destinationOf } from "./layout.ts";
import { userOf } from "./owners.ts";
import type { Reduced } from "./packages.ts";
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
  /** The first step that copies something of the project. */
  readonly first: Step;
  /** Steps of role `both` or `runtime` that the runtime stage runs with fewer packages, or not at all. */
  readonly reduced: ReadonlyMap<Step, Reduced>;
}

/** Sorts the steps of `stage`. Throws a `Decline` where a step belongs to neither stage alone and can't be repeated. */
export function planOf(
  stage: Stage,
  source: string,
  isCalled: (program: string) => boolean,
  isBrought: (path: string) => boolean,
): Plan {
  const { steps } = stage;
  const isWork = ({ invocations }: Step) => invocations.some((it) => isBuildWork(it) && it.purpose !== "clean");
  // What is built before anything is copied, and nothing installed for it, is no part of the project: a library from its sources.
  const brought = steps.find(({ instruction }) => ["COPY", "ADD"].includes(instruction.keyword))?.index ?? 0;
  const isApart = ({ index, invocations }: Step) =>
    index < brought && invocations.every((it) => !isBuildWork(it) || it.purpose === "build");
  const work = steps.find((step) => isWork(step) && !isApart(step)) ?? steps.find(isWork);
  const isOutside = work && work.before.cwd === "/" && fillsFolders(work);
  const project = isOutside ? work.stage.after.cwd : work && folderOf(work, steps.filter(isWork));
  if (!work || project === undefined || project === "/")
    throw new Decline("project-unknown", "the working directory of the build is not known, or is the root folder");
  for (const step of steps) checkStep(step, project);
  const copied = steps.find((step) => copiesInto(step, project));
  const first = steps.find((step) => step === copied || fillsFolders(step));
  if (!copied || !first || (copied.index > work.index && !fillsFolders(work)))
    throw new Decline("no-copy", "nothing of the build context is copied into the project folder before the build");
  const kinds = new Map(steps.slice(first.index).map((step) => [step, kindsOf(step, project)]));
  const last = [...kinds.keys()].findLast((step) => isBuilding(step, project, isBrought)) ?? work;
  for (const [step, of] of kinds) {
    checkKinds(step, of, step.index <= last.index, project);
    checkSight(step, step.index <= last.index, project);
  }
  const roles = new Map<Step, Role>();
  for (const step of steps) {
    const { keyword } = step.instruction;
    if (step.index > last.index) roles.set(step, "runtime");
    else if (CONFIG.has(keyword))
      roles.set(step, isInherited(keyword) && step.index < first.index ? "base" : "runtime");
    else if (step.index < first.index) roles.set(step, "base");
    else roles.set(step, isOfProject(step, kinds.get(step), project) || isIdle(step, project) ? "build" : "both");
  }
  for (const [step, role] of roles) if (role === "both") checkFolder(step, first, project);
  const reduced = reductionsIn(stage, roles, source, isCalled);
  const removal = steps.find((step) => step.index > first.index && !reduced.has(step) && takesOut(step));
  if (removal)
    throw new Decline("takes-out", `it is not known what ${shownOf(removal.instruction)} leaves of what was installed`);
  const cut = [...reduced.keys()].find(({ index }) => index < first.index) ?? first;
  for (const [step, role] of roles) {
    if (role !== "base" || step.index < cut.index) continue;
    roles.set(step, CONFIG.has(step.instruction.keyword) ? "runtime" : "both");
  }
  for (const [step, { text, brings }] of reduced)
    if (roles.get(step) !== "runtime") roles.set(step, text === undefined && !brings ? "build" : "both");
  for (const [step, role] of roles)
    if (role === "both" && step.instruction.keyword === "ARG" && !isUsed(step, roles)) roles.set(step, "build");
  return { project, roles, cut, last, first, reduced };
}

/**
 * The working directory of a step that builds; where no WORKDIR leads anywhere, what it goes to itself, `cd /app && go build`, unless a
 * WORKDIR leads `all` the others elsewhere.
 */
function folderOf(work: Step, all: readonly Step[]): string | undefined {
  const { cwd } = work.before;
  const command = work.invocations.find(isBuildWork)?.command;
  if (!command || (cwd !== undefined && cwd !== "/")) return cwd;
  const folder = folderAt(work, command);
  return all.every(({ before }) => [cwd, folder].includes(before.cwd)) ? folder : cwd;
}

/** A folder that a COPY makes is root's; without that COPY, WORKDIR gives it to the user. */
function checkFolder(step: Step, first: Step, project: string): void {
  if (step.instruction.keyword !== "WORKDIR" || userOf(step) === undefined) return;
  const target = (step.stage.steps[step.index + 1]?.before ?? step.stage.after).cwd;
  if (target === undefined || target === first.before.cwd || !isUnder(target, project)) return;
  throw new Decline("workdir-owner", `${shownOf(step.instruction)} would make a folder that a COPY makes now`);
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
  return destination === undefined || isUnder(destination, project) || isWithin(project, destination);
}

/** Whether a step does nothing but fill folders of packages: it can do so before anything of the project is there. */
function fillsFolders(step: Step): boolean {
  const filling = step.invocations.filter((invocation) => filledIn(step, invocation));
  return filling.length > 0 && filling.length === step.script?.commands.length;
}

function isOfProject(step: Step, kinds: ReadonlySet<Kind> | undefined, project: string): boolean {
  return copiesInto(step, project) || kinds?.has("work") === true || kinds?.has("edit") === true;
}

/** What the commands of a RUN do, one after the other. */
export function effectsOf(step: Step, project: string): readonly Effect[] {
  return (step.script?.commands ?? []).map((command) => effectOf(command, step, project));
}

/** Whether a step works on the project, or removes entries of it: whatever comes later finds it built. */
function isBuilding(step: Step, project: string, isBrought: (path: string) => boolean): boolean {
  const effects = effectsOf(step, project);
  const isOfOutput = ({ from }: Move) => !isBrought(posix.relative(project, from));
  return (
    effects.some(({ kind }) => kind === "work") ||
    (effects.length > 0 && effects.every(({ removed, moves }) => removed.length > 0 || moves.some(isOfOutput)))
  );
}

function kindsOf(step: Step, project: string): ReadonlySet<Kind> {
  return new Set(effectsOf(step, project).map(({ kind }) => kind));
}

function checkKinds(step: Step, kinds: ReadonlySet<Kind>, inBuilder: boolean, project: string): void {
  const shown = shownOf(step.instruction);
  if (kinds.has("unknown") || (inBuilder && (kinds.has("export") || kinds.has("own"))))
    throw new Decline("unknown-step", `refit does not know what ${shown} writes`);
  const ofProject = kinds.has("work") || kinds.has("edit");
  if (inBuilder && ofProject && kinds.has("system"))
    throw new Decline("mixed-step", `${shown} works on the project and on the system at once`);
  const mount = mountsOf(step.instruction).find(({ target }) => isMountedIn(target?.value, step.before.cwd, project));
  if (mount) throw new Decline("mount-in-project", `${shown} mounts over a part of the project folder`);
  const loose = step.script?.commands.some(
    (command) =>
      !command.unconditional || (!command.inMainShell && effectOf(command, step, project).kind !== "neutral"),
  );
  if (kinds.has("work") && loose)
    throw new Decline("conditional-step", `${shown} runs a part of its commands on a condition`);
}

/** Whether a RUN only looks at things and says what it saw. */
function isIdle(step: Step, project: string): boolean {
  return step.instruction.keyword === "RUN" && effectsOf(step, project).every(({ kind }) => kind === "neutral");
}

/** A step that changes what lies around the project is run where the project is not there yet, or only what runs is. */
function checkSight(step: Step, inBuilder: boolean, project: string): void {
  const effects = effectsOf(step, project);
  if (!effects.some(({ kind }) => ["system", "clean", "export"].includes(kind))) return;
  const loops = /\bfor\s+\w+\s+in\s[^;\n]*[*?[]/.test(step.script?.source.text ?? "");
  const tooMuch = loops || effects.some(({ sees }) => sees === "all" || (inBuilder && sees === "entries"));
  if (tooMuch)
    throw new Decline("unknown-step", `${shownOf(step.instruction)} may read the project and writes elsewhere`);
}

/** Whether a mount hides a part of the project while the step runs, so that what is written there is in no image. */
function isMountedIn(target: string | undefined, cwd: string | undefined, project: string): boolean {
  if (target === undefined) return false;
  return target.includes("$") || isUnder(posix.resolve(cwd ?? "/", target), project);
}

/** What no rule carries over. */
function checkStep({ instruction, script, before }: Step, project: string): void {
  const shown = shownOf(instruction);
  if (instruction.keyword === "ONBUILD")
    throw new Decline("onbuild", `${shown} is for images built on this one, which may need the toolchain`);
  if (instruction.keyword === "VOLUME" && volumesOf(instruction).some((path) => isUnder(project, path)))
    throw new Decline("volume", `${shown} covers the project folder`);
  if (instruction.keyword !== "RUN") return;
  if (["windows", "unknown"].includes(before.shell.dialect))
    throw new Decline("shell", `${shown} is read by a shell that refit does not know`);
  if (!script || script.unknown !== undefined) throw new Decline("unreadable-step", `refit can't read ${shown}`);
}

function volumesOf({ json, args }: Instruction): readonly string[] {
  const paths = json?.map(({ value }) => value) ?? args.text.trim().split(/\s+/);
  return paths.map((path) => path.replace(/\/$/, ""));
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
