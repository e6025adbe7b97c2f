import {
  type Case,
  type CommandNode,
  type CompoundList,
  type For,
  type If,
  type Pipeline,
  type PipelineNode,
  parse,
  type Script,
  type Statement,
} from "unbash";
import { digest, endsUnknown, isKnown, type Text, unknownText } from "../digest.ts";
import { Undecided } from "../oracle.ts";
import { runCommand } from "./command.ts";
import { ExitShell, LeaveLoop, ReturnFromFunction } from "./control.ts";
import type { Commands, Invocations, Machine } from "./machine.ts";
import { runOpaque } from "./opaque.ts";
import { patternOf } from "./pattern.ts";
import { placeOf, redirect } from "./redirects.ts";
import type { ShellState } from "./state.ts";
import { argumentOf, type Expander, fieldsOf, textOf } from "./words.ts";

const MOST_NESTED = 200;

/**
 * Runs a script's syntax tree on abstract state. `tested` is POSIX's "in a context where -e is ignored": conditions, all but the last
 * part of an and-or list, behind `!`.
 */
export class Evaluator implements Expander {
  readonly machine: Machine;
  readonly source: string;
  readonly commands: Commands;
  readonly invocations: Invocations;
  /** Functions that are running. */
  calls = 0;
  #depth = 0;

  constructor(machine: Machine, source: string, commands: Commands, invocations: Invocations) {
    this.machine = machine;
    this.source = source;
    this.commands = commands;
    this.invocations = invocations;
  }

  /** Runs `body` as all that a shell does: `exit` ends it, its EXIT trap runs last. The status. */
  shell(state: ShellState, body: () => number): number {
    let status = catchExit(body);
    while (state.exitTrap !== undefined) {
      const action = state.exitTrap;
      state.exitTrap = undefined;
      state.status = status;
      const result = catchExit(() => {
        if (!isKnown(action)) return this.machine.uninterpreted(digest("trap", action, state.whole), state);
        return this.nested(action).list(parse(action).commands, state, false);
      });
      // Only an `exit` in the trap changes the status; a command that fails there does not.
      if (result !== state.status) status = result;
    }
    return status;
  }

  /** For text that is no part of the script: a trap's action. */
  nested(source: string): Evaluator {
    return new Evaluator(this.machine, source, new Map(), new Map());
  }

  list(statements: readonly Statement[], state: ShellState, tested: boolean): number {
    let status = 0;
    for (const statement of statements) {
      if (statement.background) {
        this.#background(statement, state);
        status = 0;
      } else {
        status = this.node(statement.command, state, tested);
      }
      state.status = status;
    }
    return status;
  }

  node(node: Statement["command"] | CompoundList, state: ShellState, tested: boolean): number {
    if (++this.#depth > MOST_NESTED) throw new Undecided("a script is nested too deeply to execute on the model");
    this.machine.oracle.step();
    let status: number;
    try {
      status = this.#run(node, state, tested);
    } finally {
      this.#depth--;
    }
    state.status = status;
    const leaves =
      node.type === "Command" || node.type === "Subshell" || (node.type === "Pipeline" && node.prefixes.length === 0);
    if (status !== 0 && !tested && leaves && state.has("errexit")) throw new ExitShell(status);
    return status;
  }

  substitute(script: Script | undefined, text: string, state: ShellState): Text {
    if (!script || script.source !== undefined) {
      const cause = digest("substitution", text, state.seenBy(text), this.machine.visible);
      this.machine.world.overwrite(cause);
      return unknownText("output", cause);
    }
    const sub = state.subshell();
    if (state.dialect === "bash") sub.options = new Set([...state.options].filter((option) => option !== "errexit"));
    const sink = { kind: "capture" as const, text: "" };
    sub.fds = new Map([...state.fds, [1, sink]]);
    state.status = this.shell(sub, () => this.list(script.commands, sub, false));
    state.substituted = true;
    const output = sink.text.replace(/\n+$/, "");
    // An unknown end may hold line ends too.
    return endsUnknown(output) ? unknownText("output", output) : output;
  }

  fail(_state: ShellState): never {
    throw new ExitShell(2);
  }

  files(pattern: Text, state: ShellState): number {
    const { world } = this.machine;
    const folder = placeOf(pattern.slice(0, pattern.lastIndexOf("/") + 1) || ".", state, this.machine);
    return folder === undefined || /[*?[\\]/.test(folder) ? world.digest : world.listingOf(folder);
  }

  isSet(name: string, state: ShellState): boolean {
    return this.machine.oracle.succeeds(digest("set", state.base, name));
  }

  /** Calls a function with positional parameters of its own. */
  call(body: CommandNode | CompoundList, args: readonly Text[], state: ShellState, tested: boolean): number {
    const outer = state.positional;
    state.positional = args;
    this.calls++;
    try {
      return this.node(body, state, tested);
    } catch (signal) {
      if (signal instanceof ReturnFromFunction) return signal.status;
      throw signal;
    } finally {
      this.calls--;
      state.positional = outer;
    }
  }

  #run(node: Statement["command"] | CompoundList, state: ShellState, tested: boolean): number {
    switch (node.type) {
      case "AndOr": {
        let status = 0;
        for (const [index, part] of node.commands.entries()) {
          const operator = node.operators[index - 1];
          if (operator === "&&" ? status !== 0 : operator === "||" && status === 0) continue;
          status = this.node(part, state, tested || index < node.commands.length - 1);
        }
        return status;
      }
      case "Pipeline":
        return this.#pipeline(node, state, tested);
      case "Command":
        return runCommand(node, state, this, tested);
      case "Subshell":
        return this.#subshell(state, (sub) => this.list(node.body.commands, sub, tested));
      case "BraceGroup":
        return this.list(node.body.commands, state, tested);
      case "CompoundList":
        return this.list(node.commands, state, tested);
      case "If":
        return this.#if(node, state, tested);
      case "For":
        return this.#for(node, state, tested);
      case "Case":
        return this.#case(node, state, tested);
      case "Function":
        state.functions = new Map(state.functions).set(node.name.value, {
          body: node.body as CommandNode | CompoundList,
          text: this.source.slice(node.body.pos, node.body.end),
        });
        return 0;
      case "Redirected": {
        const outer = state.fds;
        try {
          return redirect(node.redirects, state, this.machine, this) ? this.node(node.command, state, tested) : 1;
        } finally {
          state.fds = outer;
        }
      }
      default:
        return runOpaque(node, state, this.machine, this.source);
    }
  }

  #subshell(state: ShellState, body: (sub: ShellState) => number): number {
    const sub = state.subshell();
    return this.shell(sub, () => body(sub));
  }

  #pipeline(node: Pipeline, state: ShellState, tested: boolean): number {
    const negated = node.prefixes.filter(({ type }) => type === "Negation").length % 2 === 1;
    const status =
      node.commands.length === 1
        ? this.node(node.commands[0] as PipelineNode, state, tested || negated)
        : this.#pipe(node.commands, state, tested || negated);
    return negated ? Number(status === 0) : status;
  }

  /** Parts run one after another: what they do to files at the same time is the same in every rewrite. */
  #pipe(commands: readonly CommandNode[], state: ShellState, tested: boolean): number {
    let passed: Text | undefined;
    let status = 0;
    let failed = 0;
    for (const [index, command] of commands.entries()) {
      const sink = { kind: "capture" as const, text: "" };
      status = this.#subshell(state, (sub) => {
        const fds = new Map(sub.fds);
        if (passed !== undefined) fds.set(0, { kind: "text", text: passed });
        if (index < commands.length - 1) fds.set(1, sink);
        sub.fds = fds;
        return this.node(command, sub, tested);
      });
      if (status !== 0) failed = status;
      passed = sink.text;
    }
    return state.has("pipefail") ? failed : status;
  }

  #if(node: If, state: ShellState, tested: boolean): number {
    for (const { clause, then } of [node, ...node.elif]) {
      if (this.list(clause.commands, state, true) === 0) return this.list(then.commands, state, tested);
    }
    return node.else ? this.list(node.else.commands, state, tested) : 0;
  }

  #for(node: For, state: ShellState, tested: boolean): number {
    const words = node.wordlist?.flatMap((word) => fieldsOf(word, state, this)) ?? [];
    const isKnownList = node.wordlist && words.every((field) => !field.pattern && isKnown(field.text));
    if (!isKnownList) return runOpaque(node, state, this.machine, this.source);
    let status = 0;
    try {
      for (const field of words) {
        state.set(node.name.value, argumentOf(field, state, this));
        try {
          status = this.list(node.body.commands, state, tested);
        } catch (signal) {
          if (!(signal instanceof LeaveLoop) || signal.kind !== "continue") throw signal;
          if (signal.levels > 1) throw new LeaveLoop("continue", signal.levels - 1);
          status = 0;
        }
      }
    } catch (signal) {
      if (!(signal instanceof LeaveLoop)) throw signal;
      if (signal.levels > 1) throw new LeaveLoop(signal.kind, signal.levels - 1);
      status = 0;
    }
    return status;
  }

  #case(node: Case, state: ShellState, tested: boolean): number {
    const subject = textOf(node.word, state, this);
    const patterns = node.items.map((item) => item.pattern.map(patternOf));
    const isPlain = node.items.every((item) => item.terminator === undefined || item.terminator === ";;");
    if (!isKnown(subject) || !isPlain || patterns.flat().includes(undefined)) {
      return runOpaque(node, state, this.machine, this.source);
    }
    const index = patterns.findIndex((choices) => choices.some((choice) => choice?.test(subject)));
    return index < 0 ? 0 : this.list(node.items[index]!.body.commands, state, tested);
  }

  /** A job of which nobody knows how far it got when anything after it runs. */
  #background(statement: Statement, state: ShellState): void {
    const text = this.source.slice(statement.pos, statement.end);
    this.machine.background(digest("job", text, state.seenBy(text)));
    state.lastJob = unknownText("pid", this.machine.live);
  }
}

function catchExit(body: () => number): number {
  try {
    return body();
  } catch (signal) {
    if (signal instanceof ExitShell || signal instanceof ReturnFromFunction) return signal.status;
    if (signal instanceof LeaveLoop) return 0;
    throw signal;
  }
}
