/** Whether a stage builds something, and of what. */
import {
  copyView,
  type Instruction,
  type Invocation,
  isBuildWork,
  isForBuilds,
  isUnder,
  isWithin,
  leavesSources,
  mountsOf,
  type Stage,
  type Step,
} from "../../src/transform/index.ts";
import { folderAt } from "./commands.ts";
import { destinationOf } from "./layout.ts";

/**
 * Whether what the build context brings is built, and something that only the build needs is there: sources, or
 * packages that the stage installs or a large base image has.
 */
export function leavesSomething(stage: Stage, isLarge: boolean): boolean {
  const works = worksOnContext(stage);
  return works.some(leavesSources) || (works.length > 0 && (isLarge || stage.steps.some(installsForBuilds)));
}

/** What builds where something of the build context lies by then, above or below it, or where a word of it says. */
function worksOnContext({ steps }: Stage): readonly Invocation[] {
  const targets = new Set<string | undefined>();
  return steps.flatMap((step) => {
    if (bringsContext(step.instruction)) targets.add(destinationOf(step));
    return step.invocations.filter(
      (invocation) => isBuildWork(invocation) && worksOn([...targets], folderAt(step, invocation.command), invocation),
    );
  });
}

function worksOn(
  targets: readonly (string | undefined)[],
  folder: string | undefined,
  { command }: Invocation,
): boolean {
  return targets.some((target) => {
    if (target === undefined || folder === undefined) return true;
    return isUnder(target, folder) || isWithin(folder, target) || command.words.some(({ raw }) => raw.includes(target));
  });
}

/** A COPY or ADD of files of the build context, or a RUN that mounts them. */
function bringsContext(instruction: Instruction): boolean {
  if (instruction.keyword === "RUN") return mountsOf(instruction).some(({ type, from }) => type === "bind" && !from);
  const view = copyView(instruction);
  return view !== undefined && !view.from && view.sources.some(({ text }) => !/^(https?|git|ssh):/.test(text));
}

/** Whether a step installs compilers and their like. */
function installsForBuilds({ invocations }: Step): boolean {
  return invocations.some(
    ({ purpose, call }) => purpose === "system" && call.args.some((word) => word && isForBuilds(word)),
  );
}
