/** Whether a script may remove or replace the folder that it started in. A second RUN would start in the new one. */
import { posix } from "node:path";
import { baseName, innerWords } from "./nested.ts";
import type { Command, Script, Setting, Word } from "./types.ts";

/** Folders that images have as their working directory. Asked for where the step's own is not known. */
const USUAL =
  /^\/(app|code|data|go|home|opt|project|root|site|srv|src|workdir|workspace|go\/src|home\/[^/]+|opt\/app|usr\/src|usr\/src\/app|usr\/local\/(src|tomcat|apache2)|usr\/share\/nginx(\/html)?|usr|usr\/local|usr\/share|var|var\/(www|lib)|var\/www\/[^/]+|var\/task)$/;

/** The command that does it, or undefined where none can. */
export function workdirRemoved(script: Script, setting: Setting): Command | undefined {
  if (setting.cwd === "/") return undefined;
  const values = new Map(setting.env);
  // Where the shell stands: undefined once a `cd` leads nobody knows where.
  let here = setting.cwd;
  let moved = false;
  for (const command of script.commands) {
    for (const { name, value } of command.assignments) {
      if (command.words.length === 0) values.set(name, value === undefined ? "" : value.literal);
    }
    const name = baseName(innerWords(command)[0] ?? "");
    if (name === "cd" || name === "pushd" || name === "popd") {
      const target = command.words[1] && textOf(command.words[1], values);
      here = target === undefined ? undefined : resolved(here, target);
      moved = true;
    } else if (
      removes(name, command) &&
      command.words.slice(1).some((word) => hits(word, here, moved, values, setting))
    ) {
      return command;
    }
  }
  return undefined;
}

function removes(name: string, command: Command): boolean {
  if (name === "rmdir" || name === "mv") return true;
  return name === "rm" && command.words.some((word) => /^-[a-zA-Z]*[rR]|^--recursive/.test(word.literal ?? word.raw));
}

function hits(
  word: Word,
  here: string | undefined,
  moved: boolean,
  values: ReadonlyMap<string, string | undefined>,
  setting: Setting,
): boolean {
  if (word.raw.startsWith("-")) return false;
  const cwd = setting.cwd === undefined ? undefined : posix.normalize(setting.cwd);
  const target = textOf(word, values);
  if (target === undefined) {
    // `x/*` removes what is in x, never x itself.
    if (/\/\*$/.test(word.raw)) return false;
    if (!word.opaque && word.variables.length === 0 && /^[^*?[{]/.test(word.raw)) return below(cwd, word.raw);
    // A variable that the script sets itself names a folder of its own making.
    return word.variables.some((name) => !values.has(name) || name === "PWD") && cwd !== undefined;
  }
  const path = resolved(here, target);
  if (cwd === undefined) return path === undefined ? /^\.{1,2}(\/|$)/.test(target) : USUAL.test(path);
  if (path !== undefined) return path === cwd || cwd.startsWith(path === "/" ? path : `${path}/`);
  return moved && cwd.split("/").includes(posix.basename(target));
}

/** A glob or brace pattern: whether its folder could hold the working directory. */
function below(cwd: string | undefined, raw: string): boolean {
  const fixed = posix.dirname(raw.replace(/[*?[{].*$/s, "x"));
  if (cwd === undefined) return USUAL.test(fixed);
  return fixed.startsWith("/") && cwd.startsWith(fixed === "/" ? "/" : `${fixed}/`);
}

function resolved(here: string | undefined, target: string): string | undefined {
  const path = target.startsWith("/") ? target : here === undefined ? undefined : posix.join(here, target);
  return path === undefined ? undefined : posix.normalize(path).replace(/(.)\/$/, "$1");
}

/** The word's text with known variables put in. */
function textOf(word: Word, values: ReadonlyMap<string, string | undefined>): string | undefined {
  if (word.literal !== undefined) return word.literal;
  if (word.opaque || word.variables.length === 0) return undefined;
  let known = true;
  const text = word.raw.replace(/^"(.*)"$/s, "$1").replace(/\$\{?(\w+)\}?/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) known = false;
    return value ?? "";
  });
  return known && !/["'\\`$*?[{]/.test(text) ? text : undefined;
}
