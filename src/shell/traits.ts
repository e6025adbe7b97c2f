/** What a script is sensitive to: whether it would run differently with an option on, or beside another script. */
import type { Statement, SyntaxNode } from "unbash";
import type { Span } from "../text/index.ts";
import { optionsIn } from "./dialect.ts";
import { baseName, innerWords } from "./nested.ts";
import { has, lists, treeOf, walk } from "./tree.ts";
import type { Command, Script, Setting } from "./types.ts";

/** `set` with known options and nothing else, as the first command of a script. */
export interface Prelude {
  readonly options: ReadonlySet<string>;
  /** A statement of its own: `set -e; …`, not `set -e && …`. */
  readonly apart: boolean;
  /** Where the text after it begins; the script's end where nothing follows. */
  readonly next: number;
}

export function preludeOf(script: Script): Prelude | undefined {
  const [first] = script.commands;
  const [statement, second] = treeOf(script.source.text).commands;
  if (!first || !statement || statement.background || first.span.start !== statement.pos) return undefined;
  const options = literalSet(first);
  if (!options || options.unset.length > 0 || options.rest.length > 0 || options.set.length === 0) return undefined;
  const apart = statement.command.type === "Command";
  return {
    options: new Set(options.set),
    apart,
    next: apart ? (second?.pos ?? script.source.text.length) : first.span.end,
  };
}

/** The options of a `set` command whose words are all known. */
export function literalSet(command: Command): ReturnType<typeof optionsIn> | undefined {
  const [name, ...args] = command.words;
  if (name?.literal !== "set" || command.redirects.length > 0 || command.assignments.length > 0) return undefined;
  if (args.some((arg) => arg.literal === undefined)) return undefined;
  return optionsIn(args.map((arg) => arg.literal as string));
}

/** The variables that the assignments or the loop at `span` set; one that can't be named is "". */
export function assignedAt(script: Script, span: Span): readonly string[] {
  let names: readonly string[] = [""];
  walk(treeOf(script.source.text), (node, { within }) => {
    if (node.pos !== span.start || node.end !== span.end || within) return;
    if (node.type === "For") names = [node.name.value];
    if (node.type === "Command" && !node.name) {
      names = node.prefix.map((each) => (each.type === "Assignment" && !each.index ? each.name : ""));
    }
  });
  return names;
}

/** Whether the script ends with the same status and the same effects with and without `set -e`. */
export function ignoresErrexit(script: Script): boolean {
  const tree = treeOf(script.source.text);
  const prelude = preludeOf(script);
  // A job in the background takes the option along, and goes its own way.
  const loose = lists(tree).some(
    (list, at) => list.length > (at === 0 && prelude?.apart ? 2 : 1) || list.some(({ background }) => background),
  );
  return (
    !loose && !runsForeignText(script) && !has(tree, (node) => /^(For|While|Select|ArithmeticFor)$/.test(node.type))
  );
}

/**
 * Whether `set -e` in a file that the script reads would count: it does not for what stands left of `&&` anyway, when no list of
 * commands comes after.
 */
export function readsFileUnderErrexit(script: Script): boolean {
  const reads = script.commands.filter(({ name, inMainShell }) => inMainShell && /^(\.|source|eval)$/.test(name ?? ""));
  if (reads.length === 0) return false;
  const tree = treeOf(script.source.text);
  const [statement, ...more] = tree.commands;
  if (more.length > 0 || statement?.command.type !== "AndOr") return true;
  const last = statement.command.commands.at(-1)?.pos ?? 0;
  return lists(tree).some((list) => list.length > 1) || reads.some(({ span }) => span.end > last);
}

/** Whether a failure of the statement ends a shell that has `set -e`: the exemptions of `&&`, `||` and `!` don't hide it. */
export function failsLoudly(statement: Statement | undefined): boolean {
  return statement !== undefined && !statement.background && isLoud(statement.command);
}

function isLoud(node: SyntaxNode): boolean {
  switch (node.type) {
    case "Command":
    case "Subshell":
      return true;
    case "Pipeline":
      return node.prefixes.length === 0;
    case "Redirected":
      return isLoud(node.command);
    case "If":
      return [node.then, ...node.elif.map((branch) => branch.then), node.else].every(
        (list) => !list || endsLoudly(list.commands),
      );
    case "BraceGroup":
      return endsLoudly(node.body.commands);
    default:
      return false;
  }
}

function endsLoudly(list: readonly Statement[]): boolean {
  return failsLoudly(list.at(-1));
}

/** Whether the script does the same with `option` (its long name) on. */
export function ignoresOption(script: Script, option: string, setting: Setting): boolean {
  const tree = treeOf(script.source.text);
  switch (option) {
    case "errexit":
      return ignoresErrexit(script) && isTransparent(script);
    case "xtrace":
    case "verbose":
      return !runsForeignText(script) && !writesErrorsToFiles(script);
    case "pipefail":
      return isTransparent(script) && !has(tree, (node) => node.type === "Pipeline" && node.commands.length > 1);
    case "nounset":
      return isTransparent(script) && !unsets(script) && !has(tree, (node) => mayBeUnset(node, setting));
    default:
      return false;
  }
}

/** What the trace of `set -x` could land in. */
function writesErrorsToFiles(script: Script): boolean {
  return has(treeOf(script.source.text), (node) => {
    if (node.type === "Redirect")
      return node.descriptor?.type !== "FileDescriptor" ? node.operator.startsWith("&") : node.descriptor.value === 2;
    return node.type === "Pipeline" && node.operators.includes("|&");
  });
}

function unsets(script: Script): boolean {
  return script.commands.some((command) => innerWords(command)[0] === "unset");
}

function mayBeUnset(node: SyntaxNode, setting: Setting): boolean {
  const known = (name: string) => setting.env.has(name) || /^[?$#0-]$/.test(name);
  if (node.type === "SimpleExpansion") return !known(node.text.slice(1));
  if (node.type === "ParameterExpansion") return node.operation?.type !== "Default" && !known(node.parameter);
  return node.type === "ArithmeticExpansion" || node.type === "ArithmeticCommand";
}

/** `.`, `eval` and names only known at run time: text that is not in the script runs with the script's options. */
function runsForeignText(script: Script): boolean {
  return script.commands.some((command) => {
    const [name] = command.words;
    return (
      name !== undefined &&
      (name.literal === undefined ? !name.raw.includes("/") : /^(\.|source|eval)$/.test(name.literal))
    );
  });
}

/** Whether a look at the script's words is enough to tell which variables and options it depends on. */
export function isTransparent(script: Script): boolean {
  const hides = script.commands.some(({ name }) =>
    /^(alias|builtin|getopts|let|popd|pushd|read|shopt|trap|ulimit|unalias)$/.test(name ?? ""),
  );
  const opaque = /^(For|While|Case|Function|Select|ArithmeticFor|ArithmeticCommand|TestCommand|Coproc)$/;
  const hidden = (node: SyntaxNode) =>
    opaque.test(node.type) || (node.type === "ParameterExpansion" && node.prefix === "!");
  return !hides && !runsForeignText(script) && !has(treeOf(script.source.text), hidden);
}

/** Variables that tell a script about the shell and the text it is in. */
const SELF =
  /^(_|-|LINENO|SECONDS|PIPESTATUS|EPOCH\w+|FUNCNAME|SHLVL|BASHPID|BASHOPTS|SHELLOPTS|BASH_(COMMAND|SUBSHELL|EXECUTION_STRING|LINENO|REMATCH|SOURCE))$/;

/** What a script would notice of being part of a longer one, for people. */
export function selfAwareness(script: Script): string | undefined {
  let variable: string | undefined;
  has(treeOf(script.source.text), (node) => {
    const name =
      node.type === "SimpleExpansion" ? node.text.slice(1) : node.type === "ParameterExpansion" ? node.parameter : "";
    if (SELF.test(name)) variable ??= name;
    return false;
  });
  if (variable !== undefined) return `\`$${variable}\` tells a script about the text around it`;
  for (const command of script.commands) {
    const words = innerWords(command);
    const name = baseName(words[0] ?? "");
    const full = words.some((word) => /^-[a-z]*f|^--full/.test(word ?? ""));
    if (name === "ps" || (/^(pgrep|pkill)$/.test(name) && full))
      return `\`${name === "ps" ? "ps" : `${name} -f`}\` sees the text of the shell's own script`;
    // In parentheses `$$` is still the shell outside, which has none of the traps.
    if (name === "kill" && command.words.some(({ raw }) => raw.includes("$$")))
      return "`kill $$` sends a signal to the shell itself";
    const read = [...command.words, ...command.redirects.map(({ target }) => target)];
    if (read.some((word) => /\/proc\/(1|self|\$\$|\$PPID)\/cmdline/.test(word?.raw ?? "")))
      return "`cmdline` holds the text of the shell's own script";
  }
  return undefined;
}
