import { digest, isKnown, type Text, unknownText } from "../digest.ts";
import { absolute } from "../paths.ts";
import type { Call } from "./command.ts";
import { ExitShell, LeaveLoop, ReturnFromFunction } from "./control.ts";
import type { Evaluator } from "./evaluate.ts";
import { folderExists } from "./files.ts";
import type { ShellState } from "./state.ts";
import { test } from "./test.ts";

type Builtin = (call: Call, state: ShellState, evaluator: Evaluator) => number;

const OPTION_LETTERS: Readonly<Record<string, string>> = {
  a: "allexport",
  e: "errexit",
  f: "noglob",
  u: "nounset",
  x: "xtrace",
  v: "verbose",
  n: "noexec",
  C: "noclobber",
};

/** Commands that the shell runs itself. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [":", () => 0],
  ["true", () => 0],
  ["false", () => 1],
  ["times", () => 0],
  ["hash", () => 0],
  ["echo", (call, state, { machine }) => printed(echoed(call, state), state, machine)],
  ["printf", (call, state, { machine }) => printed(formatted(call), state, machine)],
  ["pwd", (_call, state, { machine }) => printed(`${state.cwd}\n`, state, machine)],
  ["test", ({ args }, state, evaluator) => test(args, state, evaluator.machine)],
  ["[", ({ args }, state, evaluator) => (args.at(-1) === "]" ? test(args.slice(0, -1), state, evaluator.machine) : 2)],
  ["cd", cd],
  ["export", declare("export")],
  ["readonly", declare("readonly")],
  ["local", declare("local")],
  ["declare", losing],
  ["typeset", losing],
  ["unset", unset],
  ["set", set],
  ["shift", shift],
  ["umask", umask],
  ["exit", ({ args }, state) => leave(new ExitShell(statusOf(args[0], state)))],
  ["return", ({ args }, state) => leave(new ReturnFromFunction(statusOf(args[0], state)))],
  ["break", ({ args }) => leave(new LeaveLoop("break", Number(args[0] ?? 1)))],
  ["continue", ({ args }) => leave(new LeaveLoop("continue", Number(args[0] ?? 1)))],
  ["trap", trap],
  ["wait", wait],
  ["read", read],
  ["command", found],
  ["type", found],
  ["eval", losing],
  [".", losing],
  ["source", losing],
  ["alias", losing],
  ["unalias", losing],
  ["ulimit", losing],
  ["getopts", losing],
  ["let", losing],
  ["shopt", losing],
  ["pushd", losing],
  ["popd", losing],
  ["builtin", losing],
]);

function leave(signal: ExitShell | ReturnFromFunction | LeaveLoop): never {
  throw signal;
}

/** A builtin that the model doesn't follow: the shell that ran it is not known any more, and what it did to files neither. */
function losing(call: Call, state: ShellState, { machine }: Evaluator): number {
  const onlyShell = call.name === "alias" || call.name === "unalias" || call.name === "ulimit" || call.name === "shopt";
  // What these do has nothing to do with variables and options.
  const isPlain = onlyShell || call.name === "pushd" || call.name === "popd";
  const cause = digest("builtin", call.name, ...call.args, isPlain ? state.inherited : state.whole);
  const seen = digest(cause, machine.visible);
  const status = onlyShell ? Number(!machine.oracle.succeeds(seen)) : machine.uninterpreted(cause, state);
  state.lose(seen);
  if (!onlyShell) state.cwd = unknownText("cwd", state.taint);
  return status;
}

function printed(text: Text, state: ShellState, machine: Evaluator["machine"]): number {
  machine.write(state, 1, text);
  return 0;
}

/** Shells differ about backslashes and options of echo; such a text is not known. */
function echoed({ args }: Call, { dialect }: ShellState): Text {
  const isPlain = args.every((argument) => !argument.includes("\\")) && !args[0]?.startsWith("-");
  return isPlain ? `${args.join(" ")}\n` : unknownText("echo", dialect, ...args);
}

function formatted({ args }: Call): Text {
  const [format = "", ...rest] = args;
  if (/^(%s\\n)+$/.test(format) && rest.length > 0 && format === "%s\\n")
    return rest.map((text) => `${text}\n`).join("");
  return /[%\\-]/.test(format) || rest.length > 0 ? unknownText("printf", ...args) : format;
}

function cd(call: Call, state: ShellState, evaluator: Evaluator): number {
  const { machine } = evaluator;
  const args = call.args.filter((argument) => !/^-[LPe]+$/.test(argument) && argument !== "--");
  const raw = args.length === 0 ? (state.get("HOME") ?? "") : args[0] === "-" ? (state.get("OLDPWD") ?? "") : args[0]!;
  const path = absolute(isKnown(state.cwd) ? state.cwd : undefined, raw);
  const mayUsePath = state.get("CDPATH");
  const from = state.cwd;
  if (
    path === undefined ||
    raw === "" ||
    (!raw.startsWith("/") && mayUsePath !== undefined && mayUsePath !== "" && isKnown(mayUsePath))
  ) {
    const question = digest("cd", state.cwd, raw, machine.visible);
    if (!machine.oracle.succeeds(question)) return 1;
    state.cwd = unknownText("cwd", state.cwd, raw);
  } else {
    const place = machine.world.resolve(path);
    if (place === undefined || !folderExists(place, machine)) return 1;
    state.cwd = path;
  }
  state.set("OLDPWD", from, false);
  return 0;
}

function declare(kind: "export" | "readonly" | "local"): Builtin {
  return (call, state, evaluator) => {
    if (kind === "local" && evaluator.calls === 0) {
      if (state.dialect === "dash" || state.dialect === "ash") throw new ExitShell(2);
      return losing(call, state, evaluator);
    }
    // They print variables.
    if (call.args.every((argument) => argument === "-p")) return losing(call, state, evaluator);
    for (const argument of call.args) {
      if (argument === "-p") continue;
      const [, name, , value] = /^([A-Za-z_]\w*)(=(.*))?$/s.exec(argument) ?? [];
      if (name === undefined) return losing(call, state, evaluator);
      if (value !== undefined && state.readonly.has(name)) throw new ExitShell(2);
      if (value !== undefined) state.set(name, value);
      if (kind === "export") state.export(name);
      if (kind === "readonly") state.readonly = new Set([...state.readonly, name]);
    }
    return 0;
  };
}

function unset(call: Call, state: ShellState, evaluator: Evaluator): number {
  const isFunction = call.args[0] === "-f";
  for (const name of call.args.filter((argument) => argument !== "-v" && argument !== "-f")) {
    if (!/^[A-Za-z_]\w*$/.test(name)) return losing(call, state, evaluator);
    if (isFunction) {
      const functions = new Map(state.functions);
      functions.delete(name);
      state.functions = functions;
    } else {
      if (state.readonly.has(name)) throw new ExitShell(2);
      state.unset(name);
    }
  }
  return 0;
}

function set(call: Call, state: ShellState, evaluator: Evaluator): number {
  const { args } = call;
  if (args.length === 0) return losing(call, state, evaluator);
  const options = new Set(state.options);
  let at = 0;
  for (; at < args.length; at++) {
    const argument = args[at]!;
    if (!isKnown(argument)) return losing(call, state, evaluator);
    if (argument === "--" || !/^[-+]./.test(argument)) break;
    for (const letter of argument.slice(1)) {
      const name = letter === "o" ? args[++at] : (OPTION_LETTERS[letter] ?? letter);
      if (name === undefined) return losing(call, state, evaluator);
      if (letter === "o" && !understood(name, state, evaluator)) throw new ExitShell(2);
      if (argument.startsWith("-")) options.add(name);
      else options.delete(name);
    }
  }
  state.options = options;
  if (at < args.length) state.positional = args.slice(args[at] === "--" ? at + 1 : at);
  return 0;
}

/** dash has no pipefail, and ends the script; of an unknown `sh` the oracle decides. */
function understood(option: string, { dialect }: ShellState, { machine }: Evaluator): boolean {
  if (option !== "pipefail" || dialect === "bash" || dialect === "ash") return true;
  return dialect === "sh" && machine.oracle.succeeds(digest("pipefail", dialect));
}

function shift({ args }: Call, state: ShellState): number {
  const count = Number(args[0] ?? 1);
  if (count > state.positional.length) throw new ExitShell(2);
  state.positional = state.positional.slice(count);
  return 0;
}

function umask({ args }: Call, state: ShellState, { machine }: Evaluator): number {
  const mask = args.find((argument) => !/^-[Sp]$/.test(argument));
  if (mask === undefined) machine.write(state, 1, `${state.umask}\n`);
  else state.umask = /^[0-7]+$/.test(mask) ? mask : unknownText("umask", mask, state.umask);
  return 0;
}

function trap(call: Call, state: ShellState, evaluator: Evaluator): number {
  const [action, ...signals] = call.args;
  if (action === undefined || action.startsWith("-p")) return 0;
  if (signals.length === 0) return losing(call, state, evaluator);
  for (const signal of signals) {
    if (signal === "EXIT" || signal === "0") state.exitTrap = action === "-" || action === "" ? undefined : action;
    else if (action === "" || !/^(SIG)?(INT|TERM|HUP|QUIT)$/.test(signal)) return losing(call, state, evaluator);
  }
  return 0;
}

function wait({ args }: Call, state: ShellState, { machine }: Evaluator): number {
  const question = digest("wait", machine.visible, ...args);
  const isAll = args.length === 0 || (args.length === 1 && args[0] === unknownText("pid", machine.live));
  if (isAll) machine.live = 0;
  if (args.length === 0) return 0;
  state.status = machine.oracle.succeeds(question) ? 0 : 1;
  return state.status;
}

function read({ args }: Call, state: ShellState, { machine }: Evaluator): number {
  const sink = state.fds.get(0);
  const line = sink?.kind === "text" ? sink.text : unknownText("input", state.descriptors, machine.visible);
  const names = args.filter((argument) => /^[A-Za-z_]\w*$/.test(argument));
  for (const [index, name] of names.entries())
    state.set(name, sink?.kind === "null" ? "" : unknownText("read", index, line, ...args));
  return sink?.kind === "null" ? 1 : Number(!machine.oracle.succeeds(digest("read", line)));
}

/** `command -v` and `type` only look. */
function found(call: Call, state: ShellState, evaluator: Evaluator): number {
  const { machine } = evaluator;
  const isLook = call.name === "type" || call.args[0] === "-v" || call.args[0] === "-V";
  if (!isLook) return losing(call, state, evaluator);
  const functions = [...state.functions.keys()].join();
  const question = digest("look", call.name, ...call.args, state.environment, functions, machine.world.digest);
  machine.write(state, 1, unknownText("found", question));
  return machine.oracle.succeeds(question) ? 0 : 1;
}

function statusOf(argument: Text | undefined, state: ShellState): number {
  if (argument === undefined) return state.status;
  return /^\d+$/.test(argument) ? Number(argument) & 255 : 2;
}
