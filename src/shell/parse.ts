/** From a RUN's text to its simple commands. */
import type {
  Assignment as AssignmentNode,
  Command as CommandNode,
  Redirection,
  Word as WordNode,
  WordPart,
} from "unbash";
import type { MappedText, Span } from "../text/index.ts";
import { NO_OPTIONS } from "./dialect.ts";
import { type Place, treeOf, walk } from "./tree.ts";
import type { Assignment, Command, Dialect, Redirect, Script, ShellOptions, Word } from "./types.ts";
import { whyUnknown } from "./unknown.ts";
import { NO_VARIABLES, steadyVariables, type Variables } from "./variables.ts";

/** What decides how a word is read. */
interface Reading {
  readonly dialect: Dialect;
  readonly variables: Variables;
}

/**
 * Reads a script. `source` is the text that the shell gets: continuations joined as BuildKit does it, or a heredoc's body; `given` are variables
 * that its environment is known to hold.
 * Never throws: what can't be read comes back with `unknown` set and no commands.
 */
export function parseScript(
  source: MappedText,
  dialect: Dialect,
  options: ShellOptions = NO_OPTIONS,
  given: Variables = NO_VARIABLES,
): Script {
  const unknown = whyUnknown(source.text, dialect);
  if (unknown !== undefined) return { source, dialect, options, variables: NO_VARIABLES, commands: [], unknown };
  const commands: Command[] = [];
  const variables = steadyVariables(source.text, given);
  const reading = { dialect, variables };
  walk(treeOf(source.text), (node, place) => {
    if (node.type === "Command") commands.push(commandOf(node, place, reading));
  });
  return { source, dialect, options, variables, commands, unknown: undefined };
}

function commandOf(node: CommandNode, place: Place, reading: Reading): Command {
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  const take = (child: AssignmentNode | Redirection | WordNode, prefix: boolean): void => {
    if (child.type === "Word") words.push(wordOf(child, place, reading));
    else if (child.type !== "Assignment") redirects.push(redirectOf(child, place, reading));
    else if (prefix) assignments.push(assignmentOf(child, place, reading));
    else words.push(argumentOf(child, place, reading));
  };
  for (const child of node.prefix) take(child, true);
  if (node.name) words.push(wordOf(node.name, place, reading));
  for (const child of node.suffix) take(child, false);
  return {
    name: words[0]?.literal,
    words,
    assignments,
    redirects,
    span: spanOf(node, place),
    inMainShell: place.mainShell,
    unconditional: place.unconditional,
  };
}

function wordOf(node: WordNode, place: Place, reading: Reading): Word {
  const found = { variables: [] as string[], opaque: false };
  const literal = node.parts ? literalOf(node.parts, reading, found) : node.value;
  const tilde = node.text.startsWith("~");
  return { literal: tilde ? undefined : literal, raw: node.text, ...found, span: spanOf(node, place) };
}

/** `NAME=value` after the name of a command that declares variables, such as `export`: one word. */
function argumentOf(node: AssignmentNode, place: Place, reading: Reading): Word {
  const value = assignmentOf(node, place, reading).value;
  const literal = value === undefined ? node.text : undefined;
  const known = value?.literal === undefined ? literal : `${node.name}=${value.literal}`;
  return {
    literal: node.index || node.append ? undefined : known,
    raw: node.text,
    variables: value?.variables ?? [],
    opaque: node.index !== undefined || (value?.opaque ?? false),
    span: spanOf(node, place),
  };
}

function assignmentOf(node: AssignmentNode, place: Place, reading: Reading): Assignment {
  const value =
    node.value.type === "Word"
      ? wordOf(node.value, place, reading)
      : { literal: undefined, raw: node.text, variables: [], opaque: true, span: spanOf(node.value, place) };
  return { name: node.name, value: value.raw === "" ? undefined : value, span: spanOf(node, place) };
}

function redirectOf(node: Redirection, place: Place, reading: Reading): Redirect {
  const target = node.type === "HereDoc" ? undefined : node.target;
  return { operator: node.operator, target: target && wordOf(target, place, reading), span: spanOf(node, place) };
}

/** The text of `parts` without quotes, or undefined where something expands; what expands is noted in `found`. */
function literalOf(
  parts: readonly WordPart[],
  reading: Reading,
  found: { variables: string[]; opaque: boolean },
): string | undefined {
  let text: string | undefined = "";
  for (const part of parts) {
    const piece = pieceOf(part, reading, found);
    text = text === undefined || piece === undefined ? undefined : text + piece;
  }
  return text;
}

function pieceOf(
  part: WordPart,
  reading: Reading,
  found: { variables: string[]; opaque: boolean },
): string | undefined {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
      return part.value;
    case "DoubleQuoted":
      return literalOf(part.parts, reading, found);
    case "AnsiCQuoted":
      return reading.dialect === "bash" ? part.value : undefined;
    case "SimpleExpansion":
      found.variables.push(part.text.slice(1));
      return reading.variables.get(part.text.slice(1));
    case "ParameterExpansion": {
      found.variables.push(part.parameter);
      const { operation } = part;
      if (part.index || part.prefix === "!" || (operation && operation.type !== "Remove")) found.opaque = true;
      return part.text === `\${${part.parameter}}` ? reading.variables.get(part.parameter) : undefined;
    }
    case "Glob":
    case "ExtendedGlob":
    case "BraceExpansion":
      return undefined;
    default:
      found.opaque = true;
      return undefined;
  }
}

function spanOf(node: { readonly pos: number; readonly end: number }, place: Place): Span {
  const { pos, end } = place.within ?? node;
  return { start: pos, end };
}
