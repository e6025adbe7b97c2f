/** What a call of a C compiler, or of what works on its files, makes (GCC's manual, Overall Options). */
import { posix } from "node:path";
import { unknown } from "../../context/index.ts";
import type { Outputs } from "../types.ts";

export const COMPILERS = ["gcc", "g++", "cc", "c++", "clang", "clang++"];

/** Of archives and objects, which only the build reads. */
export const ARCHIVERS = ["ar", "ranlib"];

/** Options that take the next word. */
const VALUED =
  /^-(x|I|L|l|D|U|T|u|z|F|B|MF|MT|MQ|include|isystem|iquote|idirafter|imacros|Xlinker|Xassembler|Xpreprocessor)$/;

/** Paths as the call has them: relative to where it runs, or absolute. */
export function compilerOutputs(words: readonly (string | undefined)[]): Outputs {
  let output: string | undefined = "a.out";
  let onlyObjects = false;
  let inputs = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === "-o") output = words[++at];
    else if (word?.startsWith("-o") && word !== "-o") output = word.slice(2);
    else if (word !== undefined && VALUED.test(word)) at++;
    else if (word === "-c" || word === "-S" || word === "-fsyntax-only") onlyObjects = true;
    else if (/^(-E|-M|-MM|--?version|-dump.*|-print-.*)$/.test(word ?? "")) return { outputs: [] };
    else if (/^(--coverage|-ftest-coverage|-fprofile-.*|-save-temps.*|-specs=.*|@.*)$/.test(word ?? ""))
      return unknown(`${word} makes a compiler leave other files`);
    else if (!word?.startsWith("-")) inputs++;
  }
  if (onlyObjects || inputs === 0) return { outputs: [] };
  return output === undefined || output === ""
    ? unknown("the file behind `-o` is computed")
    : { outputs: [posix.normalize(output)] };
}
