/** Commands inside other commands: behind `sudo` and the like, and in the text given to `sh -c`. */
import { treeOf, walk } from "./tree.ts";
import type { Command } from "./types.ts";
import { textOf, type Values } from "./values.ts";

/** A command's words as far as they are known, wrappers taken off. */
export type Words = readonly (string | undefined)[];

/** Programs that run the program named after their options, with the options that take a value. */
const WRAPPERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["sudo", ["-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T"]],
  ["doas", ["-u", "-C"]],
  ["env", ["-u", "-C", "--unset", "--chdir"]],
  ["nohup", []],
  ["nice", ["-n"]],
  ["ionice", ["-c", "-n"]],
  ["timeout", ["-s", "-k"]],
  ["command", []],
  ["builtin", []],
  ["exec", ["-a"]],
  ["time", ["-f", "-o"]],
  ["stdbuf", ["-i", "-o", "-e"]],
  ["xargs", ["-n", "-P", "-I", "-L", "-d", "-a", "-s", "-E"]],
  ["gosu", []],
  ["su-exec", []],
  ["chroot", []],
  ["setarch", []],
  ["linux32", []],
  ["catchsegv", []],
]);

/** Wrappers whose first plain word is not the program yet. */
const ONE_WORD_FIRST = new Set(["timeout", "gosu", "su-exec", "chroot", "setarch"]);

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The words of the program that does the work in `command`; variables among them have the values that are known. */
export function innerWords(command: Command, values: Values = new Map()): Words {
  let words: Words = command.words.map((word) => textOf(word, values));
  for (;;) {
    const name = words[0];
    const valued = name === undefined ? undefined : WRAPPERS.get(baseName(name));
    if (name === undefined || !valued) return words;
    let at = 1;
    for (; at < words.length; at++) {
      const word = words[at];
      if (word === undefined) break;
      if (valued.includes(word)) at++;
      else if (!word.startsWith("-") && !/^[A-Za-z_]\w*=/.test(word)) break;
    }
    if (ONE_WORD_FIRST.has(baseName(name))) at++;
    if (at >= words.length) return words;
    words = words.slice(at);
  }
}

const SHELLS = /^(ba|da|a|z|k)?sh$|^(su|runuser)$/;

/** The scripts that `command` hands to another shell as text: `sh -c "…"`, `su app -c "…"`, `eval "…"`. */
export function textsWithin(command: Command): readonly string[] {
  const { words } = command;
  const texts: string[] = [];
  const shell = words.findIndex((word) => word.literal !== undefined && SHELLS.test(baseName(word.literal)));
  if (shell >= 0) {
    const flag = words.findIndex((word, at) => at > shell && /^(-[A-Za-z]*c|--command)$/.test(word.literal ?? ""));
    const text = flag < 0 ? undefined : words[flag + 1];
    if (text) texts.push(text.literal ?? unquoted(text.raw));
  }
  if (command.name === "eval")
    texts.push(
      words
        .slice(1)
        .map((word) => word.literal ?? unquoted(word.raw))
        .join(" "),
    );
  return texts;
}

function unquoted(raw: string): string {
  return /^"[\s\S]*"$/.test(raw) ? raw.slice(1, -1) : raw;
}

/** Whether a script leaves a process behind on purpose: `&`, `coproc`, `>(…)`. Its commands' own texts are not looked into. */
export function backgroundIn(text: string): { readonly pos: number; readonly end: number } | undefined {
  let found: { readonly pos: number; readonly end: number } | undefined;
  walk(treeOf(text), (node, place) => {
    const leaves =
      (node.type === "Statement" && node.background) ||
      node.type === "Coproc" ||
      (node.type === "ProcessSubstitution" && node.operator === ">");
    if (leaves) found ??= place.within ?? node;
  });
  return found;
}
