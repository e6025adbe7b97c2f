import {
  absentWithout,
  type Invocation,
  isStamp,
  makesAccounts,
  mayMakeAccounts,
  type Need,
  namesNeeded,
  needsOf,
  type PackageStep,
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
  const { runtime, base } = machine;
  const step = runtime && packageStepOf(script, invocations);
  if (!step) return false;
  // One install after the other, as they would do in RUNs of their own.
  const each = step.installs.map((install) => ({ ...step, installs: [install] }));
  const needs = each.map((one) => needsOf(one, base, (program) => runtime.isCalled(program)));
  if (!needs.every((one) => one !== undefined)) return false;
  for (const one of needs) leaveNeeded(one ?? [], step, shell, machine);
  return true;
}

function leaveNeeded(needs: readonly Need[], step: PackageStep, shell: ShellState, machine: Machine): void {
  const { world } = machine;
  const { root } = world;
  root.toolchain = [...new Set([...root.toolchain, ...absentWithout(needs)])].sort();
  const names = namesNeeded(needs);
  if (names.length === 0 && !step.upgrades) return;
  const cause = digest(shell.environmentWithout(isStamp), shell.user, shell.umask, machine.surroundings);
  const before = SYSTEM_FOLDERS.map((path) => world.digestOf(world.resolve(path) ?? path));
  const accounts = names.some(mayMakeAccounts) ? root.toolchain.filter(makesAccounts) : [];
  coverPaths(
    SYSTEM_FOLDERS,
    digest(
      "packages",
      cause,
      ...new Set(step.options.split(" ").sort()),
      ...before,
      "|",
      ...[...names].sort(),
      "|",
      ...accounts,
    ),
    world,
  );
}
