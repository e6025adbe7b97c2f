import {
  absentWithout,
  type Invocation,
  isStamp,
  makesAccounts,
  mayMakeAccounts,
  namesNeeded,
  needsOf,
  packageStepOf,
  SYSTEM_FOLDERS,
} from "../../ecosystems/index.ts";
import type { Script } from "../../shell/index.ts";
import { digest } from "../digest.ts";
import { coverPaths } from "./files.ts";
import type { Machine } from "./machine.ts";
import type { ShellState } from "./state.ts";

/**
 * Runs a RUN that installs packages of the system and does nothing else, under the rules of `same-runtime`: it leaves what the container
 * needs of them, whatever else came with it, and the rest is there for builds to see. False where that is not known.
 */
export function installPackages(
  script: Script | undefined,
  invocations: readonly Invocation[],
  shell: ShellState,
  machine: Machine,
): boolean {
  const { runtime, world, base } = machine;
  const step = runtime && packageStepOf(script, invocations);
  const needs = step && needsOf(step, base, (program) => runtime.isCalled(program));
  if (!needs) return false;
  const { root } = world;
  root.toolchain = [...new Set([...root.toolchain, ...absentWithout(needs)])].sort();
  const names = namesNeeded(needs);
  if (names.length === 0 && !step.upgrades) return true;
  const cause = digest(shell.environmentWithout(isStamp), shell.user, shell.umask, machine.surroundings);
  const before = SYSTEM_FOLDERS.map((path) => world.digestOf(world.resolve(path) ?? path));
  const accounts = names.some(mayMakeAccounts) ? root.toolchain.filter(makesAccounts) : [];
  coverPaths(
    SYSTEM_FOLDERS,
    digest("packages", cause, step.options, ...before, "|", ...[...names].sort(), "|", ...accounts),
    world,
  );
  return true;
}
