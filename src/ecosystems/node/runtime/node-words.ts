/** Options of `node` and `bun` that take the next word: those of the first list name a module. */
const MODULES = ["-r", "--require", "--import", "--loader", "--experimental-loader", "--preload"];
const SCRIPTS = ["-e", "--eval", "-p", "--print"];

/** What `node` loads. */
export interface NodeWords {
  /** Modules that are loaded first, with the option that names them. */
  readonly modules: readonly { readonly option: string; readonly module: string }[];
  /** The main file; undefined where there is none, or a computed one. */
  readonly file: string | undefined;
  readonly isComputed: boolean;
}

/** Reads the words behind `node`, or behind `bun` and `bun run`; undefined stands for a word that only the shell knows. */
export function readNodeWords(words: readonly (string | undefined)[]): NodeWords {
  const modules: { option: string; module: string }[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) return { modules, file: undefined, isComputed: true };
    if (!word.startsWith("-")) return { modules, file: word, isComputed: false };
    const [option = "", inline] = word.split("=", 2);
    if (SCRIPTS.includes(option)) break;
    if (!MODULES.includes(option)) continue;
    const module = inline ?? words[++at];
    if (module !== undefined) modules.push({ option, module });
  }
  return { modules, file: undefined, isComputed: false };
}
