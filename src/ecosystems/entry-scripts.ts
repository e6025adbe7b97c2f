/** Shell scripts of a project that a container runs, by the command that starts one. */
import { posix } from "node:path";
import { isShell, type Leaf, shellCall } from "../context/index.ts";
import { isInProject } from "./places.ts";
import { startedAmong } from "./starters.ts";
import type { BuildWork } from "./types.ts";

/** Finds texts by their paths in the container, as it starts or, of those that are relative, in the project. */
export function textsOf({ folder, startsIn, finished, outside }: BuildWork): (path: string) => string | undefined {
  const inProject = (path: string) =>
    isInProject(path, folder) ? finished.read(posix.relative(folder, path)) : undefined;
  return (path) => inProject(posix.resolve(startsIn, path)) ?? inProject(posix.resolve(folder, path)) ?? outside(path);
}

export interface EntryScript {
  /** Without what hands on to the words behind it. */
  readonly text: string;
  /** The words behind it, or behind its own (`wait.sh db:5432 -- node server.js`): what it hands on to, as a rule. */
  readonly words: Leaf["words"];
}

/** `./start.sh`, `/app/start.sh`, `sh start.sh`; undefined for any other command. */
export function entryScript({ tool, words }: Pick<Leaf, "tool" | "words">, work: BuildWork): EntryScript | undefined {
  const call = isShell(tool) ? shellCall(words) : { file: tool, words };
  if (!call || !("file" in call) || call.file === undefined || /\.[cm]?[jt]s$/.test(call.file)) return undefined;
  // Without a path, a program is looked up elsewhere.
  const isPath = isShell(tool) || call.file.includes("/");
  const text = isPath ? textsOf(work)(call.file) : work.outside(call.file);
  if (text === undefined || (text.startsWith("#!") && !/^#!.*\b(sh|bash|ash|dash)\b/.test(text))) return undefined;
  const handed = call.words.slice(call.words.indexOf("--") + 1);
  return { text: text.replaceAll(/(\bexec\s+|^\s*)("\$@"|"\$\{@\}"|\$@)(?=\s*(;|$))/gm, "true"), words: handed };
}

/** The first command among the words of a program of which nothing else is known: see `startedAmong`. */
export function commandAmong(leaf: Pick<Leaf, "tool" | "words">, work: BuildWork): Leaf["words"] | string | undefined {
  return startedAmong(leaf, (path) => entryScript({ tool: path, words: [] }, work) !== undefined);
}
