/** What keeps steps of a stage from being sorted into two. */
import { posix } from "node:path";
import {
  type BuiltApp,
  type Command,
  Decline,
  type Instruction,
  isInProject,
  isUnder,
  mountsOf,
  type Step,
} from "../../src/transform/index.ts";
import type { Effect } from "./effect.ts";
import { userOf } from "./owners.ts";
import type { Plan, Role } from "./roles.ts";
import { shownOf } from "./shown.ts";

/** What no rule carries over. */
export function checkStep({ instruction, script, before }: Step, project: string): void {
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

/** What the commands of one step do must belong together, and to one stage. */
export function checkKinds(step: Step, effects: readonly Effect[], inBuilder: boolean, project: string): void {
  const shown = shownOf(step.instruction);
  const kinds = new Set(effects.map(({ kind }) => kind));
  if (kinds.has("unknown") || (inBuilder && (kinds.has("export") || kinds.has("own"))))
    throw new Decline("unknown-step", `refit does not know what ${shown} writes`);
  const ofProject = kinds.has("work") || kinds.has("edit");
  if (inBuilder && ofProject && kinds.has("system")) throw mixed(step);
  const mount = mountsOf(step.instruction).find(({ target }) => isMountedIn(target?.value, step.before.cwd, project));
  if (mount) throw new Decline("mount-in-project", `${shown} mounts over a part of the project folder`);
  const loose = step.script?.commands.some(
    (command, at) =>
      (!command.unconditional && !isExcuse(command)) || (!command.inMainShell && effects[at]?.kind !== "neutral"),
  );
  if (kinds.has("work") && loose) throw conditional(step);
}

function conditional({ instruction }: Step): Decline {
  return new Decline("conditional-step", `${shownOf(instruction)} runs a part of its commands on a condition`);
}

/** `true`, as in `collectstatic || true`. */
function isExcuse({ unconditional, name, words }: Command): boolean {
  return !unconditional && /^(true|:)$/.test(name ?? "") && words.length === 1;
}

/** What a step may fail to make, without an end of the build, can't be copied by its name: it must lie in what crosses as a whole. */
export function checkExcused({ roles, effects }: Plan, { shed, outputs, packages }: BuiltApp): void {
  const isExcused = ([{ script }, role]: readonly [Step, Role]) => role === "build" && script?.commands.some(isExcuse);
  const [step] =
    [...roles].find((entry) => isExcused(entry) && effects.get(entry[0])?.some(({ kind }) => kind === "work")) ?? [];
  const isOutside = outputs.some(({ path }) => path.startsWith("/"));
  const fills = step?.invocations.some(({ purpose }) => purpose === "dependencies") && packages.length > 0;
  if (step && (shed === undefined || isOutside || fills)) throw conditional(step);
}

/** A step that neither stage can run without the other's part of it. */
export function mixed({ instruction }: Step): Decline {
  return new Decline("mixed-step", `${shownOf(instruction)} works on the project and on the system at once`);
}

/** A step that changes what lies around the project is run where the project is not there yet, or only what runs is. */
export function checkSight(
  step: Step,
  effects: readonly Effect[],
  inBuilder: boolean,
  isBrought: (path: string) => boolean,
): void {
  if (!effects.some(({ kind }) => ["system", "clean", "export"].includes(kind))) return;
  const loops = /\bfor\s+\w+\s+in\s[^;\n]*[*?[]/.test(step.script?.source.text ?? "");
  const isThere = ({ looksFor }: Effect) => looksFor?.some(isBrought) ?? true;
  const tooMuch =
    loops ||
    effects.some((effect) => effect.sees === "all" || (inBuilder && effect.sees === "entries" && isThere(effect)));
  if (tooMuch)
    throw new Decline("unknown-step", `${shownOf(step.instruction)} may read the project and writes elsewhere`);
}

/** Whether a mount hides a part of the project while the step runs, so that what is written there is in no image. */
function isMountedIn(target: string | undefined, cwd: string | undefined, project: string): boolean {
  if (target === undefined) return false;
  return target.includes("$") || isInProject(posix.resolve(cwd ?? "/", target), project);
}

/** A folder that a COPY makes is root's; without that COPY, WORKDIR gives it to the user. */
export function checkFolder(step: Step, first: Step, project: string): void {
  if (step.instruction.keyword !== "WORKDIR" || userOf(step) === undefined) return;
  const target = (step.stage.steps[step.index + 1]?.before ?? step.stage.after).cwd;
  if (target === undefined || target === first.before.cwd || !isInProject(target, project)) return;
  throw new Decline("workdir-owner", `${shownOf(step.instruction)} would make a folder that a COPY makes now`);
}
