/** What the container of a built app runs, followed from its commands through wrappers and the project's own scripts. */
import { type Leaf, leavesOf, leavesOfScript } from "../context/index.ts";
import { baseName } from "../shell/index.ts";
import { Decline } from "./decline.ts";
import { commandAmong, entryScript, textsOf } from "./entry-scripts.ts";
import { wordsIn } from "./node/runtime/source-text.ts";
import { startedBy, wordsToStart } from "./starters.ts";
import { supervisedBy } from "./supervisors.ts";
import type { BuildWork } from "./types.ts";

export interface Started {
  /** Programs and their words: what does the work, what scripts call, what asks whether it is well. */
  readonly programs: readonly Leaf[];
  /** All words that are run, which may name files. */
  readonly words: readonly string[];
}

/** Throws a `Decline` for what can't be followed. */
export function startedIn(work: BuildWork): Started {
  const { starts, finished } = work;
  const programs: Leaf[] = [];
  const words: string[] = [];
  const all = (leaves: readonly Leaf[] | { readonly unknown: string }) => {
    if ("unknown" in leaves)
      throw new Decline("unknown-command", `what the container runs is not known: ${leaves.unknown}`);
    for (const each of leaves) leaf(each);
  };
  const script = (text: string) => {
    const plain = withConstants(text);
    words.push(...wordsIn(plain));
    all(leavesOfScript(plain, finished));
  };
  const leaf = (one: Leaf) => {
    if (one.tool === "") return;
    words.push(...[one.tool, ...one.words].filter((word) => word !== undefined));
    const entry = entryScript(one, work);
    const inner = entry ? undefined : startedBy(one.tool, one.words);
    const supervised = supervisedBy(one, textsOf(work));
    if (entry) {
      script(entry.text);
      const [tool, ...rest] = entry.words;
      if (tool !== undefined) leaf({ tool, words: rest, local: false });
    } else if (supervised) supervised.forEach(script);
    else if (inner) all(inner.length > 0 ? leavesOf(inner, finished) : []);
    else {
      programs.push(one);
      const among = commandAmong(one, work);
      if (typeof among === "string") script(among);
      else if (among) all(leavesOf(among, finished));
    }
  };
  for (const start of starts) {
    if ("script" in start) script(start.script);
    else {
      words.push(...start.words.filter((word) => word.includes(" ")).flatMap(wordsIn));
      all(leavesOf(start.words, finished));
    }
  }
  return { programs, words };
}

/** Throws where one of `programs` is in `toolchain`, or may start what is: the container builds or watches, and needs the sources. */
export function checkToolchain({ programs }: Started, toolchain: readonly string[]): void {
  const isOfToolchain = (word: string) => toolchain.includes(baseName(word));
  const found = programs.find((one) => isOfToolchain(one.tool) || wordsToStart(one).some(isOfToolchain));
  if (!found) return;
  const shown = [found.tool, ...found.words.map((word) => word ?? "…")].join(" ");
  throw new Decline("runs-toolchain", `the container runs \`${shown}\`, which needs the toolchain and the sources`);
}

/** A script with the values of variables that it sets once, for all that comes behind; Java by its name alone. */
function withConstants(script: string): string {
  const set = [...script.matchAll(/^(?:export |readonly )?(\w+)=(["']?)([\w./-]+)\2[ \t]*$/gm)];
  const isOnly = (name: string) =>
    script.match(new RegExp(`\\b${name}=|\\b(read|for|unset) .*\\b${name}\\b`, "g"))?.length === 1;
  let text = script.replace(/(["']?)\$\{?JAVA_HOME\}?\1\/bin\/(\w+)|"\$\{?JAVA_HOME\}?\/bin\/(\w+)"/g, "$2$3");
  for (const [, name = "", , value = ""] of set)
    if (isOnly(name)) text = text.replace(new RegExp(`\\$(${name}\\b|\\{${name}\\})`, "g"), value);
  return text;
}
