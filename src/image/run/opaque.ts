import { forEachChild, type SyntaxNode } from "unbash";
import { digest, unknownText } from "../digest.ts";
import { ExitShell } from "./control.ts";
import type { Machine } from "./machine.ts";
import type { ShellState } from "./state.ts";

/** What the text of a construct could do to the shell that runs it. */
interface Reach {
  readonly assigned: Set<string>;
  readonly exported: Set<string>;
  readonly commands: Set<string>;
  background: boolean;
  /** Defines a function, runs a computed command, or names a variable that can't be told. */
  everything: boolean;
}

const LOSING: ReadonlySet<string> = new Set(
  "eval . source alias unalias trap exec ulimit set shopt getopts let shift return".split(" "),
);
const DECLARING: ReadonlySet<string> = new Set("export readonly local declare typeset unset read".split(" "));

/** Runs a construct as a whole: it sees and may change everything, the shell itself only as far as its text could. */
export function runOpaque(node: SyntaxNode, state: ShellState, machine: Machine, source: string): number {
  const reach: Reach = {
    assigned: new Set(),
    exported: new Set(),
    commands: new Set(),
    background: false,
    everything: false,
  };
  explore(node, reach);
  const text = source.slice(node.pos, node.end);
  const cause = digest("construct", text, state.seenBy(text));
  const seen = digest(cause, machine.visible);
  const status = machine.uninterpreted(cause, state);
  for (const name of reach.assigned) state.set(name, unknownText("assigned", name, seen));
  for (const name of reach.exported) state.export(name);
  if (["cd", "pushd", "popd"].some((name) => reach.commands.has(name))) state.cwd = unknownText("cwd", seen);
  if (reach.commands.has("umask")) state.umask = unknownText("umask", seen);
  if (reach.everything || [...LOSING].some((name) => reach.commands.has(name))) state.lose(seen);
  if (reach.background) machine.background(seen);
  if (reach.commands.has("exit") && !machine.oracle.succeeds(digest("exits", seen))) throw new ExitShell(status);
  return status;
}

function explore(node: SyntaxNode, reach: Reach): void {
  switch (node.type) {
    case "For":
    case "Select":
      reach.assigned.add(node.name.value);
      break;
    case "Function":
    case "Coproc":
      reach.everything = true;
      break;
    case "Assignment":
      reach.assigned.add(node.name);
      break;
    case "ParameterExpansion":
      if (node.operation?.type === "Default" && node.operation.operator.endsWith("="))
        reach.assigned.add(node.parameter);
      break;
    case "ArithmeticExpansion":
    case "ArithmeticCommand":
      reach.everything ||= /\+\+|--|[^=!<>]=[^=]/.test("text" in node ? node.text : node.body);
      break;
    case "Statement":
      reach.background ||= node.background === true;
      break;
    case "Command": {
      const name = node.name;
      if (!name) break;
      if (name.parts?.some(({ type }) => type !== "Literal" && type !== "SingleQuoted" && type !== "DoubleQuoted"))
        reach.everything = true;
      reach.commands.add(name.value);
      if (!DECLARING.has(name.value)) break;
      for (const argument of node.args) {
        const declared = argument.type === "Assignment" ? argument.name : argument.value;
        if (/^[A-Za-z_]\w*$/.test(declared)) reach.assigned.add(declared);
        else if (!declared.startsWith("-")) reach.everything = true;
        if (name.value === "export" || name.value === "declare") reach.exported.add(declared);
      }
    }
  }
  forEachChild(node, (child) => explore(child, reach));
}
