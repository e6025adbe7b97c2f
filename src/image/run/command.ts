import type { Assignment, Command, Word } from "unbash";
import {
  askedBy,
  filledBy,
  footprintOf,
  type Invocation,
  isCommitStamp,
  isGemLeftover,
  recognise,
  unnoticedBy,
  unseenBy,
} from "../../ecosystems/index.ts";
import { isDaemon } from "../../shell/index.ts";
import { digest, isKnown, mix, nameDigest, plus, type Text, unknownText } from "../digest.ts";
import { searchedFirst } from "../paths.ts";
import { variableDigest } from "../scope.ts";
import { BUILTINS } from "./builtins.ts";
import { ExitShell } from "./control.ts";
import type { Evaluator } from "./evaluate.ts";
import { coverPaths } from "./files.ts";
import { fill, runInProject, takeDownloadsFor } from "./project.ts";
import { redirect } from "./redirects.ts";
import type { ShellState } from "./state.ts";
import { UTILITIES } from "./utilities.ts";
import { argumentOf, argumentsDigest, type Field, fieldsOf, textOf } from "./words.ts";

/** A simple command's call, after expansion. */
export interface Call {
  readonly name: Text;
  /** A path leads to a program; any other name may be a builtin's or a function's. */
  readonly isPath: boolean;
  /** Without the name. */
  readonly fields: readonly Field[];
  readonly args: readonly Text[];
  /** Variables set for this command alone. */
  readonly prefix: readonly (readonly [string, Text])[];
}

/** Runs a simple command: POSIX 2.9.1. */
export function runCommand(node: Command, state: ShellState, evaluator: Evaluator, tested: boolean): number {
  state.substituted = false;
  const words: (Word | Assignment)[] = [...(node.name ? [node.name] : []), ...node.args];
  const fields = words.flatMap((word) => fieldsOfArgument(word, state, evaluator));
  if (fields.length === 0) return assign(node, state, evaluator);

  const [first, ...rest] = fields;
  const args = rest.map((field) => argumentOf(field, state, evaluator));
  const call: Call = {
    name: argumentOf(first!, state, evaluator),
    isPath: isPath(first!),
    fields: rest,
    args,
    prefix: prefixOf(node, state, evaluator),
  };
  const outer = state.fds;
  if (!redirect(node.redirects, state, evaluator.machine, evaluator)) {
    state.fds = outer;
    return 1;
  }
  if (call.name === "exec") return exec(call, outer, state, evaluator, node.pos);
  try {
    return dispatch(call, state, evaluator, tested, node.pos);
  } finally {
    state.fds = outer;
  }
}

function isPath({ text, splits }: Field): boolean {
  return text.includes("/") && !splits;
}

function fieldsOfArgument(word: Word | Assignment, state: ShellState, evaluator: Evaluator): Field[] {
  if (word.type === "Word") return fieldsOf(word, state, evaluator);
  if (word.index || word.append || word.value.type !== "Word") {
    return [{ text: unknownText("assignment", word.text, state.whole), pattern: false, splits: false }];
  }
  return [{ text: `${word.name}=${textOf(word.value, state, evaluator)}`, pattern: false, splits: false }];
}

function prefixOf(node: Command, state: ShellState, evaluator: Evaluator): (readonly [string, Text])[] {
  return node.prefix.flatMap((part) =>
    part.type === "Assignment" ? [[part.name, assignedValue(part, state, evaluator)] as const] : [],
  );
}

function assignedValue(
  { value, text, index, append, name }: Assignment,
  state: ShellState,
  evaluator: Evaluator,
): Text {
  if (value.type !== "Word" || index) return unknownText("assignment", text, state.whole);
  const own = textOf(value, state, evaluator);
  return append ? (state.get(name) ?? "") + own : own;
}

/** A command of assignments and redirections alone. */
function assign(node: Command, state: ShellState, evaluator: Evaluator): number {
  for (const part of node.prefix) {
    if (part.type !== "Assignment") continue;
    if (state.readonly.has(part.name)) throw new ExitShell(2);
    state.set(part.name, assignedValue(part, state, evaluator));
  }
  const outer = state.fds;
  const opened = redirect(node.redirects, state, evaluator.machine, evaluator);
  state.fds = outer;
  if (!opened) return 1;
  return state.substituted ? state.status : 0;
}

function exec(call: Call, outer: ShellState["fds"], state: ShellState, evaluator: Evaluator, at: number): number {
  const [name, ...fields] = call.fields;
  if (!name) return 0;
  const inner: Call = { ...call, name: call.args[0]!, isPath: isPath(name), fields, args: call.args.slice(1) };
  const status = dispatch(inner, state, evaluator, true, at, true);
  state.fds = outer;
  state.exitTrap = undefined;
  throw new ExitShell(status);
}

/** What no app reads is taken for gone under the rules of `same-runtime`. */
function takesGemLeftovers(invocation: Invocation | undefined): boolean {
  const [program, ...words] = invocation?.command.words ?? [];
  const paths = words.filter(({ raw }) => !raw.startsWith("-"));
  return program?.literal === "rm" && paths.length > 0 && paths.every(({ raw }) => isGemLeftover(raw));
}

function dispatch(
  call: Call,
  state: ShellState,
  evaluator: Evaluator,
  tested: boolean,
  at: number,
  external = false,
): number {
  const { machine } = evaluator;
  const { name, args } = call;
  const invocation = invocationOf(call, at, evaluator);
  if (!external && !call.isPath) {
    if (!isKnown(name)) {
      // A computed name may be a builtin's.
      const status = machine.uninterpreted(digest("computed", name, argumentsDigest(args), state.whole), state);
      state.lose(digest("computed", name, machine.visible));
      return status;
    }
    const own = state.functions.get(name);
    if (own) {
      if (call.prefix.length > 0) state.lose(digest("prefix", machine.visible));
      return evaluator.call(own.body, args, state, tested);
    }
    const builtin = BUILTINS.get(name);
    if (builtin) return builtin(call, state, evaluator);
  }
  if (machine.live === 0 && !state.isPathChanged) {
    if (machine.runtime && takesGemLeftovers(invocation)) return 0;
    const utility = UTILITIES.get(name.replace(/^(\/usr)?\/s?bin\//, ""));
    const status = utility?.(call, state, evaluator);
    if (status !== undefined) return status;
    const known = invocation && withFootprint(call, invocation, state, evaluator);
    if (known !== undefined) return known;
  }
  const ignores = invocation && !state.isPathChanged ? unnoticedBy(invocation, undefined) : undefined;
  const cause = ignores ? knownCauseOf(call, state, ignores) : causeOf(call, state);
  const status = machine.uninterpreted(cause, state, invocation && unseenBy(invocation, folderOf(state)));
  if (isDaemon([name, ...args.map((argument) => (isKnown(argument) ? argument : undefined))])) {
    machine.background(digest("daemon", name));
  }
  return status;
}

/** What an ecosystem knows of the command at `at`, with words as the shell fills them in where they are known then. */
function invocationOf({ name, args, fields }: Call, at: number, evaluator: Evaluator): Invocation | undefined {
  const command = evaluator.commands.get(at);
  const texts = [name, ...args];
  const isFilledIn =
    command?.words.length === texts.length &&
    command.words.some(({ literal }) => literal === undefined) &&
    texts.every(isKnown) &&
    !fields.some(({ pattern, splits }) => pattern || splits);
  if (!command || !isFilledIn) return evaluator.invocations.get(at);
  const words = command.words.map((word, index) => ({ ...word, literal: texts[index] }));
  return recognise({ ...command, name, words });
}

function folderOf({ cwd }: ShellState): string | undefined {
  return isKnown(cwd) ? cwd : undefined;
}

/** All that a program gets from the shell. */
function causeOf(call: Call, state: ShellState): number {
  return digest("program", wordsOf(call), state.inherited);
}

/**
 * All that a program gets of which it is known what it takes no notice of: names of variables that its words don't hold, and where it is
 * called from if `anywhere`.
 */
function knownCauseOf(call: Call, state: ShellState, ignores: (name: string) => boolean, anywhere = false): number {
  const { cwd, user, umask, descriptors } = state;
  const environment = state.environmentWithout(
    (name) => ignores(name) && !call.args.some((word) => word.includes(name)),
  );
  return digest("known program", wordsOf(call), environment, anywhere ? undefined : cwd, user, umask, descriptors);
}

function wordsOf({ name, args, prefix }: Call): number {
  const extra = prefix.map(([variable, value]) => variableDigest(variable, value)).reduce(plus, 0);
  return digest("words", name, argumentsDigest(args), extra);
}

function environmentOf({ prefix }: Call, state: ShellState): ReadonlyMap<string, string | undefined> {
  if (prefix.length === 0) return state.visible();
  const env = new Map(state.visible());
  for (const [name, value] of prefix) env.set(name, isKnown(value) ? value : undefined);
  return env;
}

/** With patterns as they are written, where the program reads all of the folders that they name and so whatever they find. */
function asWritten(call: Call, { ecosystem, call: { args } }: Invocation): Call {
  const { fields } = call;
  if (ecosystem !== "files" || !fields.some(({ pattern }) => pattern)) return call;
  const isWritten = ({ pattern, text }: Field) => pattern && args.includes(text);
  return {
    ...call,
    fields: fields.map((field) => (isWritten(field) ? { ...field, pattern: false } : field)),
    args: call.args.map((text, at) => (fields[at] && isWritten(fields[at]) ? fields[at].text : text)),
  };
}

/** Runs a command whose ecosystem knows what it reads and writes: it sees nothing else. Undefined where none does. */
function withFootprint(
  given: Call,
  invocation: Invocation,
  state: ShellState,
  { machine }: Evaluator,
): number | undefined {
  const call = asWritten(given, invocation);
  takeDownloadsFor(invocation, state, machine);
  const { root } = machine.world;
  const asked = askedBy(invocation);
  if (asked.length > 0) root.managers = new Map([...root.managers, ...asked]);
  const isBuild = machine.runtime !== undefined && invocation.purpose === "build";
  // A build's ecosystem says whether it matters what a word is, and so does an install's.
  if (!isBuild && call.fields.some(({ pattern, splits }) => pattern || splits)) return undefined;
  const isAllKnown = call.args.every(isKnown);
  if (!isAllKnown && !isBuild && invocation.purpose !== "dependencies") return undefined;
  const env = environmentOf(call, state);
  const surroundings = {
    cwd: folderOf(state),
    env,
    base: machine.base,
    searched: searchedFirst(state.get("PATH")),
    versions: root.managers,
  };
  const filled = machine.runtime && isAllKnown ? filledBy(invocation, surroundings) : undefined;
  if (filled) return fill(filled, causeOf(call, state), state, machine);
  const footprint = isAllKnown ? footprintOf(invocation, surroundings) : undefined;
  if (!footprint) {
    const cause =
      invocation.purpose === "dependencies" ? knownCauseOf(call, state, isCommitStamp) : causeOf(call, state);
    return runInProject(invocation, surroundings, cause, state, machine);
  }
  if (footprint.writes.includes("/")) return undefined;
  const { world } = machine;
  machine.oracle.step(footprint.writes.length);
  const { reads, writes, anywhere } = footprint;
  const cause = knownCauseOf(call, state, unnoticedBy(invocation, footprint) ?? isCommitStamp, anywhere);
  let seen = digest("known", cause, machine.surroundings, machine.toolchain(invocation));
  const view = world.blindTo(unseenBy(invocation, surroundings.cwd));
  for (const path of reads === writes ? reads : new Set([...reads, ...writes])) {
    seen = mix(mix(seen, nameDigest(path)), view.digestOf(world.resolve(path) ?? path));
  }
  const succeeds = machine.oracle.succeeds(seen);
  const wrote = mix(seen, Number(succeeds));
  if (footprint.unnoticed)
    for (const path of writes)
      world.coverWithDownloads(path, mix(wrote, nameDigest(path)), {
        ecosystem: invocation.ecosystem,
        project: surroundings.cwd ?? "/",
      });
  else coverPaths(writes, wrote, world);
  machine.write(state, 1, unknownText("output", seen));
  return succeeds ? 0 : 1;
}
