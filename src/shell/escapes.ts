/** What escapes a script: all that a second script in the same shell, or in the same container, could notice of it. */
import type { SyntaxNode } from "unbash";
import type { Span } from "../text/index.ts";
import { containerChange } from "./container.ts";
import { isDaemon } from "./daemons.ts";
import { optionsIn } from "./dialect.ts";
import { allCommands } from "./handed.ts";
import { backgroundIn, innerWords, textsWithin } from "./nested.ts";
import { type Place, treeOf, walk } from "./tree.ts";
import type { Command, Escape, EscapeKind, Script, Setting, Word } from "./types.ts";
import { textOf, valuesIn } from "./values.ts";
import { workdirRemoved } from "./workdir.ts";

/** Nothing known. */
export const NOWHERE: Setting = { cwd: undefined, user: undefined, env: new Map() };

/** Processes, files of the container and the shell program itself outlive a subshell; aliases work while a text is parsed. */
const HELD_BACK_BY_NOTHING: ReadonlySet<EscapeKind> = new Set([
  "alias",
  "background",
  "container",
  "daemon",
  "hard-link",
  "locale",
  "shell",
  "user",
  "workdir",
]);

/** Builtins by what they change in the shell that runs them. */
const BUILTINS: ReadonlyMap<string, EscapeKind> = new Map<string, EscapeKind>([
  ...["cd", "chdir", "pushd", "popd"].map((name) => [name, "cwd"] as const),
  ...["export", "readonly", "declare", "typeset"].map((name) => [name, "export"] as const),
  ...["local", "unset", "read", "getopts", "let", "mapfile", "readarray"].map((name) => [name, "variable"] as const),
  ...["alias", "unalias"].map((name) => [name, "alias"] as const),
  ...["shopt", "enable", "setopt"].map((name) => [name, "option"] as const),
  ...["exit", "return", "logout"].map((name) => [name, "exit"] as const),
  ...[".", "source", "eval"].map((name) => [name, "unknown"] as const),
  ["shift", "positional"],
  ["umask", "umask"],
  ["ulimit", "ulimit"],
  ["trap", "trap"],
]);

/** An assignment before one of these stays after it, by POSIX. */
const SPECIAL = new Set(
  ". : break continue eval exec exit export readonly return set shift times trap unset".split(" "),
);

/** What is said of a kind; of those that are not here, the place that finds them says it. */
const WHAT: Partial<Record<EscapeKind, string>> = {
  cwd: "changes the working directory",
  export: "changes the environment",
  variable: "sets a variable",
  function: "defines a function",
  ifs: "changes IFS",
  alias: "changes aliases",
  option: "changes shell options",
  errexit: "changes `set -e`",
  exit: "ends the shell",
  exec: "replaces the shell",
  redirection: "redirects the shell's own files",
  positional: "changes the positional parameters",
  umask: "changes the umask",
  ulimit: "changes limits",
  trap: "sets a trap",
  background: "leaves a process in the background",
  daemon: "starts a daemon",
  unknown: "may do anything to the shell",
};

/**
 * Everything that escapes `script`, in order of the text. Empty for a script that leaves nothing but files; `unknown` and not
 * isolable for one that refit can't read.
 */
export function escapesOf(script: Script, setting: Setting = NOWHERE): readonly Escape[] {
  const { text } = script.source;
  if (script.unknown !== undefined) {
    return [{ kind: "unknown", what: script.unknown, span: { start: 0, end: text.length }, isolable: false }];
  }
  const found: Escape[] = [];
  const failures = new Set<number>();
  const note = (kind: EscapeKind, node: Span, what?: string) => {
    const { start, end } = node;
    const said = what ?? `\`${shortened(text.slice(start, end))}\` ${WHAT[kind]}`;
    found.push({ kind, what: said, span: { start, end }, isolable: !HELD_BACK_BY_NOTHING.has(kind) });
  };
  walk(treeOf(text), (node, place) => {
    if (node.type === "AndOr") {
      node.commands.forEach((each, at) => {
        if (node.operators[at - 1] === "||") failures.add(each.pos);
      });
    }
    const kind = kindOf(node, place);
    if (kind) note(kind, { start: place.within?.pos ?? node.pos, end: place.within?.end ?? node.end });
  });
  for (const command of script.commands) {
    // A script that ends in failure ends the build, whatever stands after it.
    const fails = command.name === "exit" && endsInFailure(command, failures.has(command.span.start));
    // Left of `&&`, where isolation puts it, no failure springs this trap.
    if (trapsFailures(command))
      found.push({ kind: "trap", what: "`trap … ERR` sees each failure", span: command.span, isolable: false });
    else if (command.inMainShell && !fails) for (const kind of builtinKinds(command, setting)) note(kind, command.span);
  }
  const values = valuesIn(script, setting);
  for (const { command, outer } of allCommands(script)) {
    const leaves = whatLeaves(command);
    if (leaves) note(leaves, outer.span);
    const change = containerChange(command, script, setting, values);
    if (change) {
      const said = shortened(text.slice(outer.span.start, outer.span.end));
      note(change.kind, outer.span, `\`${said}\` ${change.what}`);
    }
  }
  const remover = workdirRemoved(script, setting);
  if (remover) {
    const { start, end } = remover.span;
    note("workdir", remover.span, `\`${shortened(text.slice(start, end))}\` may remove the working directory`);
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** What a node that is no simple command does to the shell. */
function kindOf(node: SyntaxNode, place: Place): EscapeKind | undefined {
  switch (node.type) {
    case "Statement":
      return node.background ? "background" : undefined;
    case "Coproc":
      return "background";
    case "ProcessSubstitution":
      return node.operator === ">" ? "background" : undefined;
    case "Function":
      return place.mainShell ? "function" : undefined;
    case "For":
    case "Select":
      return place.mainShell ? "variable" : undefined;
    case "Default":
      return place.mainShell && /^:?=$/.test(node.operator) ? "variable" : undefined;
    case "ArithmeticExpansion":
    case "ArithmeticCommand":
      return place.mainShell && /\+\+|--|(^|[^=!<>])=([^=]|$)/.test(arithmeticText(node)) ? "variable" : undefined;
    case "ArithmeticFor":
      return place.mainShell ? "variable" : undefined;
    default:
      return undefined;
  }
}

function arithmeticText(node: { readonly text: string } | { readonly body: string }): string {
  return "text" in node ? node.text : node.body;
}

/** What a simple command does to the shell that runs it. */
function builtinKinds(command: Command, { env }: Setting): readonly EscapeKind[] {
  const words = plainWords(command.words);
  const [name, ...args] = words;
  const assigned = command.assignments.map(({ name }) => (name === "IFS" ? "ifs" : "variable") as EscapeKind);
  if (name === undefined) return command.words.length === 0 ? assigned : [];
  if (name.literal === undefined) {
    return isPath(name, env) ? [] : ["unknown"];
  }
  const kinds: EscapeKind[] = SPECIAL.has(name.literal) ? [...assigned] : [];
  const kind = BUILTINS.get(name.literal);
  if (name.literal === "set") kinds.push(...setKinds(args));
  else if (name.literal === "exec") kinds.push(args.length > 0 ? "exec" : "redirection");
  else if (name.literal === "printf" && args[0]?.literal === "-v") kinds.push("variable");
  else if (name.literal === "hash" && args.some((arg) => arg.literal !== "-r")) kinds.push("unknown");
  else if (name.literal === "umask" && args.length === 0) return kinds;
  else if (kind) kinds.push(kind);
  return kinds;
}

/** Whether a computed name is one word with a slash in it: a program's path, which no builtin can be. */
function isPath(name: Word, env: Setting["env"]): boolean {
  if (!name.raw.includes("/")) return false;
  return /^"[^"]*"$/.test(name.raw) || /^[^$`"']+$/.test(name.raw) || /^[^\s]+$/.test(textOf(name, env) ?? " ");
}

function trapsFailures({ name, words }: Command): boolean {
  return (
    name === "trap" &&
    words.slice(2).some(({ literal }) => literal === undefined || /^(SIG)?(ERR|DEBUG|RETURN)$/.test(literal))
  );
}

/** `exit 1`, or `exit` behind `||`, which passes on what failed. */
function endsInFailure({ words }: Command, behindOr: boolean): boolean {
  const [, status, ...more] = words;
  if (more.length > 0) return false;
  return status === undefined ? behindOr : /^[1-9]\d?$/.test(status.literal ?? "");
}

/** Without `command` and `builtin` in front, which change nothing about what a builtin does. */
function plainWords(words: readonly Word[]): readonly Word[] {
  let at = 0;
  while (/^(command|builtin)$/.test(words[at]?.literal ?? "") && words.length > at + 1) {
    at++;
    if (/^-[vV]/.test(words[at]?.literal ?? "")) return [];
    if (words[at]?.literal === "-p") at++;
  }
  return words.slice(at);
}

function setKinds(args: readonly Word[]): readonly EscapeKind[] {
  if (args.length === 0) return [];
  if (args.some((arg) => arg.literal === undefined)) return ["option", "errexit", "positional"];
  const { set, unset, rest } = optionsIn(args.map((arg) => arg.literal as string));
  const changed = [...set, ...unset];
  const kinds: EscapeKind[] = [];
  if (changed.includes("errexit")) kinds.push("errexit");
  if (changed.some((option) => option !== "errexit")) kinds.push("option");
  if (rest.length > 0) kinds.push("positional");
  return kinds;
}

/** A process that `command` leaves behind, or the text that it hands to another shell. */
function whatLeaves(command: Command): "background" | "daemon" | undefined {
  if (isDaemon(innerWords(command))) return "daemon";
  return textsWithin(command).some(backgroundIn) ? "background" : undefined;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
