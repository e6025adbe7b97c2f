/** What the stages of a plan do with the project, as ecosystems ask for it. */
import { posix } from "node:path";
import {
  type BuildContext,
  type BuildWork,
  Decline,
  type Invocation,
  isBuildWork,
  isInProject,
  type Step,
  sliceOf,
  wordsIn,
  workingFolderOf,
  worksBelow,
} from "../../src/transform/index.ts";
import { folderAt } from "./commands.ts";
import { askedBefore, filledIn } from "./filled.ts";
import { type Landing, landingOf } from "./layout.ts";
import { fetchedLate } from "./managers.ts";
import type { Parted } from "./parts.ts";
import type { Plan } from "./roles.ts";
import { shownOf } from "./shown.ts";
import { startsOf } from "./start.ts";

export interface Work {
  readonly step: Step;
  readonly invocation: Invocation;
  /** What it fills with packages, absolute, where that is all that it does. */
  readonly filled: readonly string[] | undefined;
}

/** The installs and builds of the builder stage. */
export function worksOf({ roles }: Plan): readonly Work[] {
  return [...roles].flatMap(([step, role]) => (role === "build" ? worksIn(step) : []));
}

function worksIn(step: Step): readonly Work[] {
  return step.invocations.flatMap((invocation) => {
    const filled = filledIn(step, invocation);
    return filled || isBuildWork(invocation) ? [{ step, invocation, filled }] : [];
  });
}

export function commandOf(
  { step, invocation, filled }: Work,
  project: string,
  base: string,
): BuildWork["commands"][number] {
  const called = folderAt(step, invocation.command, project);
  // What is called elsewhere is told where the project is, in full.
  const isTold = called !== undefined && !isInProject(called, project) && !worksBelow(invocation);
  const cwd = isTold ? workingFolderOf(invocation, called) : called;
  const place = worksBelow(invocation) ? workingFolderOf(invocation, cwd) : cwd;
  if (place !== cwd && (place === undefined || !isInProject(place, project)))
    throw new Decline("project-unknown", `it is not known that ${shownOf(step.instruction)} works in ${project}`);
  const folder = posix.relative(project, place ?? project);
  const surroundings = { ...step.before, cwd, base, folder, versions: askedBefore(step, invocation) };
  return { invocation, surroundings, filled };
}

type Told = Pick<BuildWork, "folder" | "moves" | "starts" | "startsIn" | "words" | "settings" | "fetchedLate">;

/** What the file itself says. */
export function toldOf({ stage, facts }: Parted, { project, roles, effects }: Plan): Told {
  const { source } = facts.dockerfile;
  const steps = [...roles];
  const kept = steps.filter(([step, role]) => role === "runtime" || (role === "both" && step.script));
  return {
    folder: project,
    moves: steps.flatMap(([step, role]) => (role === "build" ? effects.get(step)!.flatMap(({ moves }) => moves) : [])),
    starts: startsOf(stage),
    startsIn: stage.after.cwd ?? project,
    words: kept.flatMap(([step]) => wordsIn(sliceOf(source, step.instruction.span))),
    settings: stage.steps
      .filter(({ instruction }) => instruction.keyword === "ENV")
      .map(({ instruction }) => instruction.args.text),
    fetchedLate: fetchedLate(stage, steps),
  };
}

/** Where COPYs of the builder stage put files, and those of the runtime stage alone as far as that can be told. */
export function landingsOf(
  { roles, project }: Plan,
  context: BuildContext,
): { readonly landings: readonly Landing[]; readonly later: readonly Landing[] } {
  const copies = [...roles].filter(([{ instruction }]) => ["COPY", "ADD"].includes(instruction.keyword));
  const isEarly = ([, role]: (typeof copies)[number]) => role === "build";
  const landings = copies.filter(isEarly).map(([step]) => landingOf(step, context, project));
  const others = copies.filter((copy) => !isEarly(copy));
  return { landings, later: others.flatMap(([step]) => tryLanding(step, context, project)) };
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
