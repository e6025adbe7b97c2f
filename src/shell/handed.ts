/** Commands of a script, and what it hands to other shells: texts, and files. */
import { plain } from "../text/index.ts";
import { baseName, innerWords, textsWithin } from "./nested.ts";
import { parseScript } from "./parse.ts";
import type { Command, Script } from "./types.ts";

export interface Located {
  readonly command: Command;
  /** The command of the script itself that it is, or is part of. */
  readonly outer: Command;
}

/** As deep as people nest `sh -c`. */
const DEEPEST = 3;

/** In order of the text; `sh -c 'a; b'` comes before `a` and `b`. */
export function allCommands(script: Script, depth = 0): readonly Located[] {
  return script.commands.flatMap((outer) => {
    const texts = depth < DEEPEST ? textsWithin(outer) : [];
    const inner = texts.flatMap((text) => allCommands(parseScript(plain(text), script.dialect), depth + 1));
    return [{ command: outer, outer }, ...inner.map(({ command }) => ({ command, outer }))];
  });
}

/** Files, as written, that `script` may run as shell scripts: `./setup.sh`, `bash setup.sh`. */
export function filesRunBy(script: Script): readonly string[] {
  return allCommands(script).flatMap(({ command }) => {
    const [name, ...args] = innerWords(command);
    if (name?.includes("/") && !/^(ba|da|a)?sh$/.test(baseName(name))) return [name];
    return /^(ba|da|a)?sh$/.test(baseName(name ?? "")) ? (args.find((arg) => !arg?.startsWith("-")) ?? []) : [];
  });
}
