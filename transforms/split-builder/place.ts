/** Whether a stage builds something, and of what. */
import {
  copyView,
  type Instruction,
  type Invocation,
  isBuildWork,
  isForBuilds,
  isUnder,
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
export function leavesSomething({ steps }: Stage, isLarge: boolean): boolean {
  const works = steps.flatMap((step) => step.invocations.filter((it) => isBuildWork(it) && worksOnContext(step, it)));
  return works.some(leavesSources) || (works.length > 0 && (isLarge || steps.some(installsForBuilds)));
}

/** Whether something of the build context lies where a command works, above or below it, or where a word of it says. */
function worksOnContext(step: Step, { command }: Invocation): boolean {
  const folder = folderAt(step, command);
  const brought = step.stage.steps.slice(0, step.index + 1).filter(({ instruction }) => bringsContext(instruction));
  return brought.some((each) => {
    const target = destinationOf(each)?.replace(/^\/$/, "");
    if (target === undefined || folder === undefined) return true;
    return isUnder(target, folder) || isUnder(folder, target) || command.words.some(({ raw }) => raw.includes(target));
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
