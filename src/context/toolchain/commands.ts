/** What single commands of a script do to files and to the folder that the next one runs in. */
import type { Command, Word } from "../../shell/index.ts";
import { within } from "./paths.ts";

/** Where a `cd` leads to from `folder`; undefined for one that leaves the project, and for other commands. */
export function folderBehind({ name, words, unconditional, inMainShell }: Command, folder: string): string | undefined {
  const path = words[1]?.literal;
  const isPlain = name === "cd" && unconditional && inMainShell && words.length === 2;
  return isPlain && path !== undefined && !path.startsWith("-") ? within(folder, path) : undefined;
}

/** A word that names files by a pattern, as written: programs do with its files what they do with files by name. */
export function patternOf({ raw }: Word): string | undefined {
  return /^[\w@.:+/*?-]+$/.test(raw) ? raw : undefined;
}

/** What a command's redirections write, the terminal and nowhere left out; undefined for a file that may not come to be. */
export function writtenBy({ redirects, unconditional }: Command): readonly (string | undefined)[] {
  return redirects
    .filter(({ operator }) => operator.includes(">") && !/[<>]&\d*$/.test(operator))
    .map(({ target }) => target?.literal)
    .filter((path) => !/^(\/dev\/(null|stdout|stderr|tty)|\d)$/.test(path ?? ""))
    .map((path) => (unconditional ? path : undefined));
}
