/** What a container starts, by the last ENTRYPOINT, CMD and HEALTHCHECK of its stage (Dockerfile reference, "CMD and ENTRYPOINT"). */
import type { Instruction } from "../dockerfile/index.ts";
import type { Start } from "../ecosystems/index.ts";
import type { Stage } from "./types.ts";

/** ENTRYPOINT with CMD; undefined where the stage has neither. */
export function mainStart(stage: Stage): Start | undefined {
  return mainOf(lastOf(stage, "ENTRYPOINT"), lastOf(stage, "CMD"));
}

/** The command of HEALTHCHECK. */
export function healthStart(stage: Stage): Start | undefined {
  const healthcheck = lastOf(stage, "HEALTHCHECK");
  return healthcheck && checkOf(healthcheck);
}

function lastOf({ steps }: Stage, keyword: string): Instruction | undefined {
  return steps.findLast(({ instruction }) => instruction.keyword === keyword)?.instruction;
}

/** A shell form of ENTRYPOINT takes no CMD; an exec form takes its words, or `/bin/sh -c` with its script. */
function mainOf(entrypoint: Instruction | undefined, cmd: Instruction | undefined): Start | undefined {
  if (!entrypoint) return cmd && formOf(cmd);
  const entry = formOf(entrypoint);
  if ("script" in entry || !cmd) return entry;
  const rest = formOf(cmd);
  return { words: [...entry.words, ...("words" in rest ? rest.words : ["sh", "-c", rest.script])] };
}

function formOf({ json, args }: Instruction): Start {
  return json ? { words: json.map(({ value }) => value) } : { script: args.text };
}

/** The command of `HEALTHCHECK CMD …`; undefined for `NONE`. */
function checkOf({ args }: Instruction): Start | undefined {
  const command = /^\s*CMD\s+([\s\S]*)$/i.exec(args.text)?.[1];
  if (command === undefined) return undefined;
  if (!command.startsWith("[")) return { script: command };
  try {
    return { words: JSON.parse(command) };
  } catch {
    return { script: command };
  }
}
