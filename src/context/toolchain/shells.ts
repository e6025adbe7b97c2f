/** What a shell is told to run on its command line (POSIX, sh). */
import type { Leaf } from "./leaves.ts";

type Words = Leaf["words"];

/** Undefined stands for what only the shell that calls it knows. */
export type ShellCall =
  /** Behind `-c`. */
  | { readonly text: string | undefined }
  /** A script, with its own words. */
  | { readonly file: string | undefined; readonly words: Words };

const SHELLS = /^(sh|bash|ash|dash)$/;

export function isShell(tool: string): boolean {
  return SHELLS.test(tool);
}

/** Undefined where it reads commands from elsewhere. */
export function shellCall(words: Words): ShellCall | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || !/^[-+]/.test(word)) return { file: word, words: words.slice(at + 1) };
    // `-euxc`; `-o pipefail`
    if (/^-[a-zA-Z]*c$/.test(word)) return textBehind(words.slice(at + 1));
    if (/^[-+][a-zA-Z]*[oO]$/.test(word)) at++;
  }
  return undefined;
}

/** More options may stand before the text. */
function textBehind(words: Words): ShellCall {
  const found = shellCall(words);
  return found && "file" in found ? { text: found.file } : (found ?? { text: undefined });
}
