/** Words that package managers keep for themselves, and those that they hand on to a script. */
import type { Leaf } from "./leaves.ts";

/** Options by which package managers are told where to work. */
const PLACES = /^(--prefix|-C|--cwd|--dir)$/;

/** The value of such an option, and the words without it. Those behind the name of a script are the script's, but for npm. */
export function placedIn(
  tool: string,
  words: Leaf["words"],
): { readonly words: Leaf["words"]; readonly at?: string | undefined } {
  const end = words.findIndex((word) => word === "--" || (tool !== "npm" && !word?.startsWith("-")));
  const index = words.findIndex((word) => PLACES.test(word?.split("=")[0] ?? ""));
  if (index < 0 || (end >= 0 && index > end)) return { words };
  const [, glued] = words[index]?.split(/=(.*)/s) ?? [];
  const behind = index + (glued === undefined ? 2 : 1);
  return { words: [...words.slice(0, index), ...words.slice(behind)], at: glued ?? words[index + 1] };
}

/** Options of package managers that change nothing of what a script runs. */
const QUIET = /^(-s|--silent|--quiet|-q|--if-present|--no-install|--no|-y|--yes|--prefer-offline|--production=false)$/;

/** The words that a script gets behind its own; undefined where that is not known. npm keeps options for itself, up to `--`. */
export function handedOn(more: Leaf["words"], isNpm: boolean): readonly string[] | undefined {
  const end = more.indexOf("--");
  const own = end < 0 ? more : more.slice(0, end);
  const words = [...own, ...(end < 0 ? [] : more.slice(end + 1))];
  const isKept = isNpm ? own.some((word) => word?.startsWith("-")) : end >= 0;
  if (isKept && words.length > 0) return undefined;
  const given = words.filter((word) => word !== undefined);
  return given.length === words.length && given.every((word) => /^(?!-w$|--workspace)[\w@.+/:=,-]+$/.test(word))
    ? given
    : undefined;
}

export function withoutQuiet(words: readonly (string | undefined)[]): readonly (string | undefined)[] {
  const first = words.findIndex((word) => word === undefined || !QUIET.test(word));
  return first < 0 ? [] : [words[first], ...words.slice(first + 1).filter((word) => !QUIET.test(word ?? "x"))];
}
