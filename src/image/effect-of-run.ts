import { posix } from "node:path";
import { mountsOf } from "../dockerfile/index.ts";
import {
  Blocked,
  footprintOf,
  type Invocation,
  installInputsOf,
  isCommitStamp,
  orBlocked,
  type Surroundings,
  unnoticedBy,
} from "../ecosystems/index.ts";
import { afterCommand, type Command, chainOf } from "../shell/index.ts";
import { accountsIn, type Effect, EVERYTHING, NO_EFFECT } from "./effect.ts";
import { baseOf, stepsBefore } from "./lineage.ts";
import { namedInSettings } from "./named-in-settings.ts";
import { isCd, projectCall, projectOf } from "./project-calls.ts";
import type { Facts, Step } from "./types.ts";

/** Collects what the commands of a RUN do. */
interface Sum {
  readonly reads: string[];
  readonly writes: string[];
  readonly uses: Set<string>;
  readonly accounts: (string | undefined)[];
  /** For each command, names of variables that it takes no notice of. */
  readonly ignores: ((name: string) => boolean)[];
  /** Why the files of one command, and so of all, are not known. */
  unknown?: string;
}

/** Variables that send commands elsewhere: to other programs, folders, settings. */
const SENDING =
  /^(PATH|HOME|TMPDIR|IFS|ENV|BASH_ENV|SHELL|USER|CDPATH|PREFIX|DESTDIR|VIRTUAL_ENV|(LD|PYTHON|NODE|NPM|YARN|PNPM|PIP|GEM|RUBY|PERL|XDG|GIT|CURL|WGET|APT|DPKG)_?\w*)$/i;

/** Builtins that change the shell, in ways that the effects of other commands don't show. */
const OPAQUE =
  /^(eval|source|\.|exec|trap|alias|exit|return|export|declare|typeset|readonly|local|unset|read|shopt|ulimit)$/;

/** Constructs that the model runs as a whole: their commands see every variable. */
const WHOLE = /\b(while|until|for|case|select|function|coproc)\b|\(\)|`|[<>]\(|(^|[^&>])&(?![&>\d])/;

export function effectOfRun(step: Step, facts: Facts): Effect {
  const { instruction, before } = step;
  const { source } = facts.dockerfile;
  const names = new Set(source.slice(instruction.span.start, instruction.span.end).match(/[A-Za-z_]\w*/g) ?? []);
  const sum: Sum = { reads: [], writes: [], uses: new Set(["user", "shell"]), accounts: [], ignores: [] };
  if (before.user !== undefined) sum.accounts.push(...accountsIn(before.user).filter((name) => name !== "root"));
  // What others than root may write depends on the modes and owners of all folders on the way.
  const user = userOf(step, facts);
  if (!/^((root|0)(:|$)|$)/.test(user)) sum.unknown = `the step runs as ${user}`;
  const added = orBlocked(() => {
    addMounts(step, sum);
    addCommands(step, facts, sum);
    return sum;
  });
  if ("blocked" in added) return { ...NO_EFFECT, ...EVERYTHING, unknown: added.blocked };
  const { reads, writes, accounts, uses, unknown } = sum;
  const readsVariable = (name: string) => names.has(name) || !sum.ignores.every((ignores) => ignores(name));
  if (unknown !== undefined) return { ...NO_EFFECT, ...EVERYTHING, readsVariable, unknown };
  // What goes through a cache mount is in an order.
  const sets = [...uses].filter((setting) => setting.startsWith("cache "));
  return { ...NO_EFFECT, reads, writes, accounts, readsVariable, uses: [...uses], sets };
}

/** As the file has it; empty for the base image's own. */
function userOf(step: Step, { stages }: Facts): string {
  const set = stepsBefore(step, stages).findLast(({ instruction }) => instruction.keyword === "USER");
  return set?.instruction.args.text.trim() ?? "";
}

/** SHELL may name a program or a script of the app. That the system's own shells are there is no question. */
const SYSTEM_SHELL = /^((\/usr)?\/bin\/)?(ba|da|a)?sh$/;

/** What reads the script is there before it. */
function addShell({ shell, searched }: Step["before"], sum: Sum): void {
  const [program = "", ...words] = shell.words;
  if (program.includes("/")) words.push(program);
  else sum.reads.push(...searched.map((folder) => posix.join(folder, program)));
  sum.reads.push(...words.filter((word) => word.startsWith("/") && !SYSTEM_SHELL.test(word)));
}

function addCommands(step: Step, facts: Facts, sum: Sum): void {
  const { script, before, instruction } = step;
  if (instruction.json) throw new Blocked("what its program does is not known");
  if (!script || script.unknown !== undefined) throw new Blocked("the script can't be read");
  const chain = chainOf(script);
  if (!chain && WHOLE.test(script.source.text)) throw new Blocked("the script is more than a list of commands");
  addShell(before, sum);
  const { commands } = script;
  if (commands.some((command) => isCd(command) && !(command.inMainShell && command.unconditional)))
    throw new Blocked("the script changes its folder on the way");
  if (/(^|\s)\[\[\s/.test(script.source.text)) throw new Blocked("the script is more than a list of commands");
  let cwd = before.cwd;
  for (const command of commands) {
    addCommand(command, step, cwd, facts, sum);
    if (isCd(command)) addFolder(afterCommand(cwd, command), before.cwd, sum);
    if (isCd(command) && !command.words[1]?.literal?.startsWith("/")) sum.uses.add("cwd");
    cwd = afterCommand(cwd, command);
  }
}

/** `cd` fails where its folder is not there yet; those of the system are, and so are the working directory and what it lies in. */
function addFolder(folder: string | undefined, cwd: string | undefined, sum: Sum): void {
  if (folder === undefined) throw new Blocked("it is not known which folder the script goes to");
  if (folder === "/" || `${cwd ?? ""}/`.startsWith(`${folder}/`)) return;
  sum.reads.push(folder);
}

function addMounts({ instruction, before }: Step, sum: Sum): void {
  for (const { type, target, options } of mountsOf(instruction)) {
    if (!["cache", "secret", "ssh"].includes(type)) throw new Blocked(`the step runs with a ${type} mount`);
    if (target?.value === undefined) continue;
    if (target.value.includes("$") || (!target.value.startsWith("/") && before.cwd === undefined))
      throw new Blocked("it is not known where the mount is");
    const path = posix.resolve(before.cwd ?? "/", target.value);
    if (!target.value.startsWith("/")) sum.uses.add("cwd");
    sum.reads.push(path);
    sum.writes.push(path);
    if (type === "cache") sum.uses.add(`cache ${options.find(({ key }) => key === "id")?.value ?? path}`);
  }
}

function addCommand(command: Command, step: Step, cwd: string | undefined, facts: Facts, sum: Sum): void {
  for (const { name } of command.assignments) if (SENDING.test(name)) throw new Blocked(`the script sets ${name}`);
  addRedirects(command, cwd, sum);
  if (command.words.length === 0) return;
  const said = `\`${shortened(step.script?.source.text.slice(command.span.start, command.span.end) ?? "")}\``;
  const name = command.name ?? "";
  const isHarmlessExport =
    name === "export" && command.words.slice(1).every(({ raw }) => !SENDING.test(raw.replace(/=.*/s, "")));
  if (OPAQUE.test(name) && !isHarmlessExport) throw new Blocked(`${said} changes its shell`);

  const invocation = step.invocations.find((each) => each.command.span.start === command.span.start);
  const surroundings: Surroundings = {
    ...step.before,
    cwd,
    env: new Map([
      ...step.before.env,
      ...command.assignments.map(({ name, value }) => [name, value?.literal] as const),
    ]),
    base: baseOf(step.stage, facts.stages),
  };
  const footprint = invocation && footprintOf(invocation, surroundings);
  const isGlob = command.words.some(({ literal, raw }) => literal === undefined && /[*?[]/.test(raw));
  const isKnownGlob = invocation?.call.tool === "rm" && /^-\w*(r\w*f|f\w*r)/i.test(invocation.call.args[0] ?? "");
  if (!footprint || footprint.writes.includes("/") || (isGlob && !isKnownGlob)) {
    sum.unknown ??= `${said} may read and write anything`;
    const isInstall = invocation && heedsManifestsAlone(invocation, step, facts);
    sum.ignores.push((invocation && unnoticedBy(invocation, undefined)) ?? (isInstall ? isCommitStamp : () => false));
    return;
  }
  sum.reads.push(...footprint.reads);
  if (/^(index|system)$/.test(invocation.purpose)) sum.reads.push(...namedInSettings(step, facts));
  sum.writes.push(...footprint.writes);
  const isQuiet = footprint.reads.length === 0 && footprint.writes.length === 0;
  sum.ignores.push(isQuiet ? () => true : (unnoticedBy(invocation, footprint) ?? isCommitStamp));
  if (!footprint.anywhere && !(isQuiet && name !== "pwd")) sum.uses.add("cwd");
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
    if (path === undefined) throw new Blocked("it is not known which file the script writes");
    if (/^(\/dev\/(null|stdout|stderr)|\d+|-)$/.test(path)) continue;
    if (!path.startsWith("/")) sum.uses.add("cwd");
    if (!path.startsWith("/") && cwd === undefined) throw new Blocked(`it is not known where ${path} is`);
    const file = posix.resolve(cwd ?? "/", path);
    sum.reads.push(file);
    if (operator !== "<") sum.writes.push(file);
  }
}

function shortened(text: string): string {
  const line = text.replace(/\\?\r?\n\s*/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
