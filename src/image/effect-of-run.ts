import { posix } from "node:path";
import { mountsOf } from "../dockerfile/index.ts";
import {
  footprintOf,
  type Invocation,
  installInputsOf,
  isCommitStamp,
  isStamp,
  type Surroundings,
} from "../ecosystems/index.ts";
import { type Command, chainOf } from "../shell/index.ts";
import { accountsIn, type Effect, EVERYTHING, NO_EFFECT } from "./effect.ts";
import { afterCommand, baseOf, isCd, projectCall, projectOf } from "./project-calls.ts";
import type { Facts, Step } from "./types.ts";

/** Why a part of a RUN may do anything. */
class Unknown extends Error {}

/** Collects what the commands of a RUN do. */
interface Sum {
  readonly reads: string[];
  readonly writes: string[];
  readonly uses: Set<string>;
  readonly accounts: (string | undefined)[];
  /** For each command, names of variables that it takes no notice of. */
  readonly ignores: ((name: string) => boolean)[];
}

/** Variables that a script may set for its commands without sending them anywhere. */
const HARMLESS_VARIABLE = /^(DEBIAN_FRONTEND|DEBCONF_\w+|LANG|LANGUAGE|LC_\w+|TERM|[a-z_][a-z0-9_]*)$/;

/** Builtins that change the shell, in ways that the effects of other commands don't show. */
const OPAQUE =
  /^(eval|source|\.|exec|trap|alias|exit|return|export|declare|typeset|readonly|local|unset|read|shopt|ulimit)$/;

export function effectOfRun(step: Step, facts: Facts): Effect {
  const { instruction, script, before } = step;
  const text = facts.dockerfile.source.slice(instruction.span.start, instruction.span.end);
  const names = new Set(text.match(/[A-Za-z_]\w*/g) ?? []);
  const sum: Sum = { reads: [], writes: [], uses: new Set(["user", "shell"]), accounts: [], ignores: [] };
  if (before.user !== undefined) sum.accounts.push(...accountsIn(before.user).filter((name) => name !== "root"));
  try {
    addMounts(step, sum);
    if (!script || script.unknown !== undefined) throw new Unknown("its script can't be read");
    const chain = chainOf(script);
    const commands = chain ?? script.commands;
    if (!chain && commands.some(isCd)) throw new Unknown("it changes its folder on the way");
    let cwd = before.cwd;
    for (const command of commands) {
      addCommand(command, step, cwd, facts, sum);
      if (isCd(command) && !command.words[1]?.literal?.startsWith("/")) sum.uses.add("cwd");
      cwd = afterCommand(cwd, command);
    }
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    // Of an install that is known to heed its manifests alone it is known at least what it takes no notice of.
    const isIgnored = (name: string) => sum.ignores.length > 0 && sum.ignores.every((ignores) => ignores(name));
    const readsVariable =
      error.message === INSTALLS ? (name: string) => names.has(name) || !isIgnored(name) : () => true;
    return { ...NO_EFFECT, ...EVERYTHING, readsVariable, unknown: error.message };
  }
  return {
    ...NO_EFFECT,
    reads: sum.reads,
    writes: sum.writes,
    uses: [...sum.uses],
    // What goes through a cache mount is in an order.
    sets: [...sum.uses].filter((setting) => setting.startsWith("cache ")),
    accounts: sum.accounts,
    readsVariable: (name) => names.has(name) || !sum.ignores.every((ignores) => ignores(name)),
  };
}

function addMounts({ instruction, before }: Step, sum: Sum): void {
  for (const { type, target, options } of mountsOf(instruction)) {
    if (!["cache", "secret", "ssh"].includes(type)) throw new Unknown(`it runs with a ${type} mount`);
    if (target?.value === undefined) continue;
    if (target.value.includes("$") || (!target.value.startsWith("/") && before.cwd === undefined))
      throw new Unknown("it is not known where its mount is");
    const path = posix.resolve(before.cwd ?? "/", target.value);
    if (!target.value.startsWith("/")) sum.uses.add("cwd");
    sum.reads.push(path);
    sum.writes.push(path);
    if (type === "cache") sum.uses.add(`cache ${options.find(({ key }) => key === "id")?.value ?? path}`);
  }
}

/** Marks a RUN that installs an app's dependencies. */
const INSTALLS = "an install of dependencies may read and write anything but sources";

function addCommand(command: Command, step: Step, cwd: string | undefined, facts: Facts, sum: Sum): void {
  for (const { name } of command.assignments) if (!HARMLESS_VARIABLE.test(name)) throw new Unknown(`it sets ${name}`);
  addRedirects(command, cwd, sum);
  if (command.words.length === 0) return;
  const said = `\`${shortened(step.script?.source.text.slice(command.span.start, command.span.end) ?? "")}\``;
  const name = command.name ?? "";
  const isHarmlessExport =
    name === "export" && command.words.slice(1).every(({ raw }) => HARMLESS_VARIABLE.test(raw.replace(/=.*/s, "")));
  if (OPAQUE.test(name) && !isHarmlessExport) throw new Unknown(`${said} changes its shell`);

  const invocation = step.invocations.find((each) => each.command.span.start === command.span.start);
  const surroundings: Surroundings = {
    cwd,
    env: new Map([
      ...step.before.env,
      ...command.assignments.map(({ name, value }) => [name, value?.literal] as const),
    ]),
    base: baseOf(step.stage, facts.stages),
  };
  const footprint = invocation && footprintOf(invocation, surroundings);
  if (!footprint || footprint.writes.includes("/")) {
    if (invocation && heedsManifestsAlone(invocation, step, facts)) {
      sum.ignores.push(isCommitStamp);
      throw new Unknown(INSTALLS);
    }
    sum.ignores.length = 0;
    throw new Unknown(`${said} may read and write anything`);
  }
  sum.reads.push(...footprint.reads);
  sum.writes.push(...footprint.writes);
  const isQuiet = footprint.reads.length === 0 && footprint.writes.length === 0;
  sum.ignores.push(isQuiet ? () => true : footprint.apart ? isStamp : isCommitStamp);
  if (!footprint.apart && !(isQuiet && name !== "pwd")) sum.uses.add("cwd");
  if (/^(chown|chgrp)$/.test(invocation.call.tool)) {
    const owner = invocation.call.args.find((word) => !word?.startsWith("-"));
    sum.accounts.push(...accountsIn(owner));
  }
}

/** An install of which the ecosystem knows, with this context, that it reads nothing of the project but manifests. */
function heedsManifestsAlone(invocation: Invocation, step: Step, facts: Facts): boolean {
  if (invocation.purpose !== "dependencies") return false;
  const project = projectOf(projectCall(step, invocation), facts);
  if (!project || "unknown" in project) return false;
  return !("blocked" in installInputsOf(invocation, project.view, project.folder, project.surroundings));
}

function addRedirects(command: Command, cwd: string | undefined, sum: Sum): void {
  for (const { operator, target } of command.redirects) {
    if (operator.startsWith("<<")) continue;
    const path = target?.literal;
    if (path === undefined) throw new Unknown("it is not known which file it redirects to");
    if (/^(\/dev\/(null|stdout|stderr)|\d+|-)$/.test(path)) continue;
    if (!path.startsWith("/")) sum.uses.add("cwd");
    if (!path.startsWith("/") && cwd === undefined) throw new Unknown(`it is not known where ${path} is`);
    const file = posix.resolve(cwd ?? "/", path);
    sum.reads.push(file);
    if (operator !== "<") sum.writes.push(file);
  }
}

function shortened(text: string): string {
  const line = text.replace(/\\?\r?\n\s*/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
