/** Whether the package manager is still there when it is called once more, behind all that the builder stage does. */
import { posix } from "node:path";
import {
  type BuiltApp,
  Decline,
  type Invocation,
  isInProject,
  knownBase,
  type Step,
} from "../../src/transform/index.ts";
import { isRemoval } from "./reductions.ts";
import type { Plan } from "./roles.ts";
import { shownOf } from "./shown.ts";
import type { Work } from "./work.ts";

/** Folders of programs, and those above them. */
const PROGRAMS = /^\/(usr\/)?(local\/)?((opt|s?bin|lib)\/|$)/;

export function checkManager(
  { prune }: BuiltApp,
  works: readonly Work[],
  { roles, project }: Plan,
  base: string,
): void {
  const install = prune && works[prune.of]?.step;
  if (!install) return;
  const isOfBase = ["node", "bun"].includes(knownBase(base)?.family.name ?? "");
  const mayTake = (invocation: Invocation, step: Step) =>
    takesPrograms(invocation, step, project) ||
    // What Debian's npm needs to compile goes by the names of compilers, and npm goes with it.
    (!isOfBase && isRemoval(invocation) && invocation.ecosystem !== "apk");
  for (const [step, role] of roles) {
    if (role === "runtime" || step.index <= install.index) continue;
    if (step.invocations.some((each) => mayTake(each, step)))
      throw new Decline(
        "takes-out",
        `${shownOf(step.instruction)} may take out the package manager, which has to be called once more`,
      );
  }
}

function takesPrograms({ command: { name, words } }: Invocation, { before }: Step, project: string): boolean {
  if (name !== "rm" && name !== "mv") return false;
  const paths = words.slice(1).filter(({ raw }) => !raw.startsWith("-"));
  return paths
    .map(({ literal, raw }) => posix.resolve(before.cwd ?? "/", literal ?? raw))
    .some((path) => PROGRAMS.test(`${path}/`) && !isInProject(path, project));
}
