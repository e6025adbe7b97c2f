/** Where a stage installs the app's dependencies. */
import { posix } from "node:path";
import {
  type Command,
  chainOf,
  type Invocation,
  recognise,
  type Stage,
  type Step,
  workingFolderOf,
} from "../../src/transform/index.ts";

export interface Install {
  readonly step: Step;
  readonly invocation: Invocation;
  /** The whole RUN as `a && b && c`, or undefined where it is no such chain. */
  readonly chain: readonly Command[] | undefined;
  /** Its place in `chain`. */
  readonly at: number;
  /** The folder that it works in, absolute; undefined where it is not known. */
  readonly folder: string | undefined;
}

/** The first install of each RUN of `stage` that has a COPY to pass: reading scripts is most of the work, so others are not read. */
export function installsOf(stage: Stage): Install[] {
  const copy = stage.steps.findIndex(({ instruction: { keyword } }) => keyword === "COPY" || keyword === "ADD");
  const behind = copy < 0 ? [] : stage.steps.slice(copy + 1);
  return behind.flatMap((step): Install[] => {
    const invocation = step.invocations.find(({ purpose }) => purpose === "dependencies");
    if (!invocation || !step.script) return [];
    const chain = chainOf(step.script);
    const at = chain?.findIndex((command) => command.span.start === invocation.command.span.start) ?? 0;
    const before = chain?.slice(0, at) ?? [];
    const cwd = before.reduce(afterCommand, step.before.cwd);
    return [{ step, invocation, chain, at, folder: workingFolderOf(invocation, cwd) }];
  });
}

/** The working directory after `command`. */
export function afterCommand(cwd: string | undefined, command: Command): string | undefined {
  if (!isCd(command)) return cwd;
  const target = command.words[1]?.literal;
  return cwd === undefined || target === undefined || command.words.length > 2 || target.startsWith("-")
    ? undefined
    : posix.resolve(cwd, target);
}

export function isCd(command: Command): boolean {
  return recognise(command)?.action === "cd";
}
