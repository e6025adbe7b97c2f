/** Shell scripts of a project that a container runs, by the command that starts one. */
import { type BuildContext, isShell, type Leaf, shellCall, within } from "../context/index.ts";
import type { BuildWork } from "./types.ts";

export interface EntryScript {
  /** Without what hands on to the words behind it. */
  readonly text: string;
  /** The words behind it, or behind its own (`wait.sh db:5432 -- node server.js`): what it hands on to, as a rule. */
  readonly words: Leaf["words"];
}

/** `./start.sh`, `sh start.sh`; `outside` knows scripts that lie elsewhere in the image. Undefined for any other command. */
export function entryScript(
  { tool, words }: Pick<Leaf, "tool" | "words">,
  project: BuildContext,
  outside: BuildWork["outside"],
): EntryScript | undefined {
  const call = isShell(tool) ? shellCall(words) : { file: tool, words };
  if (!call || !("file" in call) || call.file === undefined || /\.[cm]?[jt]s$/.test(call.file)) return undefined;
  // Without a path, a program is looked up elsewhere.
  const isHere = !call.file.startsWith("/") && (isShell(tool) || call.file.includes("/"));
  const path = isHere ? within("", call.file) : undefined;
  const text = (path === undefined ? undefined : project.read(path)) ?? outside(call.file);
  if (text === undefined || (text.startsWith("#!") && !/^#!.*\b(sh|bash|ash|dash)\b/.test(text))) return undefined;
  const handed = call.words.slice(call.words.indexOf("--") + 1);
  return { text: text.replaceAll(/\bexec\s+"\$@"|^\s*"\$@"/gm, "true"), words: handed };
}
