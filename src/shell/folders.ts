/** In which folder each command of a script runs. */
import { posix } from "node:path";
import type { Span } from "../text/index.ts";
import { treeOf, walk } from "./tree.ts";
import type { Command, Script, Word } from "./types.ts";

/** What the environment says of a variable; undefined where that is not known. */
type Values = (name: string) => string | undefined;

/**
 * The folder of `command` in a script that starts in `cwd`, with the environment `env`: absolute, undefined where only the shell knows it.
 */
export function folderBefore(
  script: Script,
  command: Command,
  cwd: string | undefined,
  env?: ReadonlyMap<string, string | undefined>,
): string | undefined {
  const moves = script.commands.filter((each) => each.span.start < command.span.start && isMove(each));
  const scopes = moves.length > 0 ? scopesOf(script) : [];
  let folder = cwd;
  for (const move of moves) {
    // What happens in `( )` stays there.
    if (scopes.some((scope) => holds(scope, move.span) && !holds(scope, command.span))) continue;
    folder = move.unconditional ? afterCommand(folder, move, env && valuesIn(script, env)) : undefined;
  }
  return folder;
}

/** What `env` says, but of variables that the script may set. */
export function valuesIn({ source, commands }: Script, env: ReadonlyMap<string, string | undefined>): Values {
  const readsScripts = commands.some(({ name }) => name === "." || name === "source" || name === "eval");
  const isNamed = (name: string) => new RegExp(`(?<![$\\w{])${name}\\b`).test(source.text);
  return (name) => (readsScripts || isNamed(name) ? undefined : env.get(name));
}

function isMove({ name }: Command): boolean {
  return name === "cd" || name === "pushd" || name === "popd";
}

/** The folder after `command`, where that is a `cd` of the same shell; `folder` after any other. */
export function afterCommand(folder: string | undefined, command: Command, values?: Values): string | undefined {
  if (!isMove(command)) return folder;
  const { name, words } = command;
  const target = words[1] && expanded(words[1], values);
  if (name !== "cd" || target === undefined || words.length > 2 || target.startsWith("-")) return undefined;
  return target.startsWith("/") || folder !== undefined ? posix.resolve(folder ?? "/", target) : undefined;
}

/** A word with the values of its variables, where it is nothing but those and plain characters. */
function expanded({ literal, raw }: Word, values: Values | undefined): string | undefined {
  if (literal !== undefined || !values) return literal;
  const text = /^"(.*)"$/.exec(raw)?.[1] ?? raw;
  const value = text.replace(/\$(?:(\w+)|\{(\w+)\})/g, (_, name, braced) => values(name ?? braced) ?? "$");
  return /^[\w./@+:-]+$/.test(value) ? value : undefined;
}

function holds(scope: Span, span: Span): boolean {
  return scope.start <= span.start && span.end <= scope.end;
}

/** Spans that run in a shell of their own. */
function scopesOf({ source }: Script): Span[] {
  const scopes: Span[] = [];
  walk(treeOf(source.text), (node) => {
    if (["Subshell", "CommandExpansion", "ProcessSubstitution"].includes(node.type))
      scopes.push({ start: node.pos, end: node.end });
    if (node.type === "Statement" && node.background) scopes.push({ start: node.pos, end: node.end });
    if (node.type === "Pipeline" && node.commands.length > 1)
      for (const { pos, end } of node.commands) scopes.push({ start: pos, end });
  });
  return scopes;
}
