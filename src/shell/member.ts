/** A script on its way into a join. */
import type { Span } from "../text/index.ts";
import { escapesOf } from "./escapes.ts";
import {
  assignedAt,
  ignoresErrexit,
  isTransparent,
  literalSet,
  type Prelude,
  preludeOf,
  readsFileUnderErrexit,
} from "./traits.ts";
import { treeOf } from "./tree.ts";
import type { Escape, Script, Setting } from "./types.ts";

export interface Member {
  readonly script: Script;
  readonly escapes: readonly Escape[];
  readonly prelude: Prelude | undefined;
  /** Without trailing `;` and blanks. */
  readonly body: Span;
  /** More than one statement, or one in the background. */
  readonly several: boolean;
  /** The operators of its first statement. */
  readonly operators: readonly string[];
}

export function memberOf(script: Script, setting: Setting): Member {
  const { commands } = treeOf(script.source.text);
  const top = commands[0]?.command;
  return {
    script,
    escapes: escapesOf(script, setting),
    prelude: preludeOf(script),
    body: { start: commands[0]?.pos ?? 0, end: endOf(script) },
    several: commands.length > 1 || commands[0]?.background === true,
    operators: top?.type === "AndOr" ? top.operators : [],
  };
}

/** Where the last statement of the text ends. */
export function endOf(script: Script): number {
  return treeOf(script.source.text).commands.at(-1)?.end ?? 0;
}

/** Left of `&&` a shell ignores `set -e`, in everything that the command holds: subshells, functions and files that it reads. */
export function canPrecedeAnd(script: Script): boolean {
  const sets = script.commands.some((command) => {
    if (command.name !== "set") return false;
    const options = literalSet(command);
    return options === undefined || options.set.includes("errexit");
  });
  if (readsFileUnderErrexit(script)) return false;
  return (!script.options.errexit && !sets) || ignoresErrexit(script);
}

/**
 * Whether a variable stays in the shell that set it, and no later script asks for it. A name with capitals may belong to the
 * environment of the base image, and would then be changed for every later program.
 */
export function isPrivate(change: Escape, script: Script, later: readonly Member[], setting: Setting): boolean {
  const names = assignedAt(script, change.span);
  return names.every((name) => {
    if (!/[a-z]/.test(name) || /_proxy$|^npm_|^rvm_/.test(name) || setting.env.has(name)) return false;
    const asks = new RegExp(`(^|[^\\w])${name}([^\\w]|$)`);
    return later.every((each) => !asks.test(each.script.source.text) && isTransparent(each.script));
  });
}
