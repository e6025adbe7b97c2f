/** `next start`, and the standalone server in its place. */

import { type BuildContext, leavesOf } from "../../../context/index.ts";
import type { Call, Start } from "../../types.ts";
import { objectOf, parseJson, stringsOf } from "../manifest.ts";

/** Whether a command comes down to `next build`, in `project`. */
export function buildsNext({ tool, args }: Call, project: BuildContext): boolean {
  const leaves = leavesOf([tool, ...args], project);
  return !("unknown" in leaves) && leaves.some((leaf) => leaf.tool === "next" && leaf.words[0] === "build");
}

/** What `next start` is told; where it is told nothing, PORT and the defaults count. */
export interface NextStart {
  readonly port: string | undefined;
  readonly hostname: string | undefined;
}

/** Scripts call each other no deeper than this. */
const DEEPEST = 3;

/**
 * What a container starts, if it is `next start` and nothing else, by its name or by a script of `manifest`, the text of package.json.
 * Undefined where it is another program, where something runs beside it, and where it is told what the standalone server can't be.
 */
export function nextStart(start: Start, manifest: string | undefined): NextStart | undefined {
  return nextStartIn(textOf(start), new Map(stringsOf(objectOf(parseJson(manifest))?.scripts)), DEEPEST);
}

function textOf(start: Start): string {
  if (!("words" in start)) return start.script.trim();
  const [shell, option, script, ...more] = start.words;
  const isScript = /^(\/bin\/)?(ba|a|da)?sh$/.test(shell ?? "") && option === "-c" && more.length === 0;
  return isScript && script !== undefined ? script.trim() : start.words.join(" ");
}

const SCRIPT = /^(?:exec )?(?:npm|yarn|pnpm)(?: (?:-s|--silent))?(?: run(?:-script)?)? ([\w:-]+)$/;
const PROGRAM =
  /^(?:exec )?(?:(?:npx|yarn|pnpm)(?: exec)? )?(?:(?:\.\/)?node_modules\/\.bin\/)?next start((?: [\w.:=-]+)*)$/;

function nextStartIn(text: string, scripts: ReadonlyMap<string, string>, depth: number): NextStart | undefined {
  const words = PROGRAM.exec(text)?.[1];
  if (words !== undefined) return optionsOf(words.split(" ").filter((word) => word !== ""));
  const name = SCRIPT.exec(text)?.[1];
  const script = name === undefined ? undefined : scripts.get(name);
  if (script === undefined || depth === 0 || scripts.has(`pre${name}`) || scripts.has(`post${name}`)) return undefined;
  return nextStartIn(script.trim(), scripts, depth - 1);
}

const OPTIONS: Readonly<Record<string, keyof NextStart>> = {
  "-p": "port",
  "--port": "port",
  "-H": "hostname",
  "--hostname": "hostname",
};

function optionsOf(words: readonly string[]): NextStart | undefined {
  const told: Record<keyof NextStart, string | undefined> = { port: undefined, hostname: undefined };
  const waiting = words.flatMap((word) => word.split("="));
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    const option = OPTIONS[word];
    const value = waiting.shift();
    if (option === undefined || value === undefined || (option === "port" && !/^[1-9]\d*$/.test(value)))
      return undefined;
    told[option] = value;
  }
  return told;
}

/**
 * The command that has the standalone server do the same, in the folder that it lies in. Docker sets HOSTNAME to the container's own
 * name, which the server would take for the one address to listen on.
 */
export function standaloneCommand({ port, hostname = "0.0.0.0" }: NextStart): readonly string[] {
  return ["env", `HOSTNAME=${hostname}`, ...(port === undefined ? [] : [`PORT=${port}`]), "node", "server.js"];
}

/** Whether `now` starts the standalone server where `old` was `next start`, told the same. */
export function isStandaloneFor(old: Start, now: Start, manifest: string | undefined): boolean {
  const told = nextStart(old, manifest);
  return told !== undefined && "words" in now && now.words.join(" ") === standaloneCommand(told).join(" ");
}
