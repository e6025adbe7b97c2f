/** Whether the build finds the same when its dependencies are compiled before it. */
import { posix } from "node:path";
import {
  copyView,
  Decline,
  type Facts,
  isWithin,
  PARTIAL_FLAGS,
  quoted,
  runsAsRoot,
  type Step,
  saidCall,
} from "../../src/transform/index.ts";
import type { Plan } from "./plan.ts";

/** The build must come first in its RUN, as it stands: what is compiled ahead finds what it finds. */
export function checkCall({ call, folder, cut, cook }: Plan, facts: Facts): void {
  const { step, invocation, sequence, at } = call;
  const { command } = invocation;
  const said = quoted(facts.dockerfile, step.instruction.span);
  if (!sequence || at !== 0 || !command.unconditional)
    throw new Decline(
      "not-first",
      `${saidCall(call)} is not what ${said} begins with, and may need what comes before it`,
    );
  const [word] = command.words;
  if (command.assignments.length > 0 || command.redirects.length > 0 || word?.literal !== invocation.call.tool)
    throw new Decline("unusual-call", `${saidCall(call)} is called with more than its own options`);
  const [from, to] = [cut.before, step.before];
  if (from.cwd !== folder || to.cwd !== folder)
    throw new Decline(
      "other-folder",
      `${saidCall(call)} runs in ${folder}, which is not where the sources are copied from`,
    );
  // Images that have cargo-chef are the official ones of Rust.
  const isRoot = runsAsRoot(step, facts) || (to.user === undefined && cook.install === undefined);
  if (from.user !== to.user || !isRoot)
    throw new Decline("user", `${said} runs as a user who may not write where the sources will be`);
  if (!["sh", "dash", "bash", "ash"].includes(to.shell.dialect) || from.shell.words.join() !== to.shell.words.join())
    throw new Decline("shell", `${said} is read by a shell of its own`);
}

/** Instructions that may stand between the COPYs and the build. */
const HARMLESS = ["COPY", "ADD", "LABEL", "EXPOSE", "CMD", "ENTRYPOINT", "STOPSIGNAL", "MAINTAINER"];

export function checkSteps({ stage, call, first, cut, copies, folder, project }: Plan, { dockerfile }: Facts): void {
  const between = (from: Step, to: Step) => stage.steps.slice(from.index, to.index);
  const change = between(cut, call.step).find(({ instruction }) => !HARMLESS.includes(instruction.keyword));
  if (change)
    throw new Decline(
      "step-between",
      `${quoted(dockerfile, change.instruction.span)} may be what the dependencies need, and comes behind the sources`,
    );
  const other = between(cut, call.step).find((step) => {
    const view = copyView(step.instruction);
    return view && !copies.includes(step) && !isBelow(view.destination.text, step, folder);
  });
  if (other)
    throw new Decline(
      "copy-between",
      `${quoted(dockerfile, other.instruction.span)} may bring what the dependencies need, and comes behind the sources`,
    );
  // A download needs the manifests of all members of a workspace.
  const manifests = project.brought.flatMap(({ copy, places }) =>
    [...places.keys()].filter((path) => posix.basename(path) === "Cargo.toml").map((path) => ({ path, by: copy.step })),
  );
  const lacksManifest = ({ index }: Step) =>
    manifests.some(({ path }) => !manifests.some((each) => each.path === path && each.by.index < index));
  const early = between(first, cut).find((step) => {
    const { instruction, script, invocations } = step;
    return (
      instruction.keyword === "RUN" &&
      (script?.commands.length !== invocations.length ||
        lacksManifest(step) ||
        !invocations.some(({ action }) => action === "fetch") ||
        !invocations.every(({ ecosystem, action }) => ecosystem === "files" || action === "fetch"))
    );
  });
  if (early)
    throw new Decline(
      "run-before",
      `${quoted(dockerfile, early.instruction.span)} works on the project before all of it is there`,
    );
}

function isBelow(destination: string, { before: { cwd } }: Step, folder: string): boolean {
  const path = posix.resolve(cwd ?? "/", destination);
  return !destination.includes("$") && path !== folder && isWithin(path, folder);
}

export function checkCopy(copy: Step, { folder }: Plan, { dockerfile }: Facts): void {
  const { instruction, before } = copy;
  const said = quoted(dockerfile, instruction.span);
  const flag = instruction.flags.find(({ name }) => !PARTIAL_FLAGS.includes(name));
  if (flag) throw new Decline("copy-flag", `${said} has --${flag.name}`);
  if (instruction.keyword === "ADD") throw new Decline("add", `${said} may unpack what it copies`);
  if (instruction.args.text.includes("$") || before.cwd !== folder)
    throw new Decline("variable-copy", `${said} may mean something else in a stage of its own`);
}
