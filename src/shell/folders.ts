/** In which folder each command of a script runs. */
import { posix } from "node:path";
import type { Span } from "../text/index.ts";
import { treeOf, walk } from "./tree.ts";
import type { Command, Script } from "./types.ts";

/** The folder of `command` in a script that starts in `cwd`: absolute, undefined where only the shell knows it. */
export function folderBefore(script: Script, command: Command, cwd: string | undefined): string | undefined {
  const moves = script.commands.filter((each) => each.span.start < command.span.start && isMove(each));
  const scopes = moves.length > 0 ? scopesOf(script) : [];
  let folder = cwd;
  for (const move of moves) {
    // What happens in `( )` stays there.
    if (scopes.some((scope) => holds(scope, move.span) && !holds(scope, command.span))) continue;
    folder = move.unconditional ? afterCommand(folder, move) : undefined;
  }
  return folder;
}

function isMove({ name }: Command): boolean {
  return name === "cd" || name === "pushd" || name === "popd";
}

/** The folder after `command`, where that is a `cd` of the same shell; `folder` after any other. */
export function afterCommand(folder: string | undefined, command: Command): string | undefined {
  if (!isMove(command)) return folder;
  const { name, words } = command;
  const target = words[1]?.literal;
  if (name !== "cd" || target === undefined || words.length > 2 || target.startsWith("-")) return undefined;
  return target.startsWith("/") || folder !== undefined ? posix.resolve(folder ?? "/", target) : undefined;
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
