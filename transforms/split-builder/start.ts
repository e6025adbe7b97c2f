/** What a container of the stage starts, from CMD, ENTRYPOINT and HEALTHCHECK, and what that names. */
import { type BuildContext, Decline, type Instruction, type Stage, type Start } from "../../src/transform/index.ts";
import type { Landing } from "./layout.ts";

/** Where a word without a path is looked up; a whole path is looked up as it is. */
const FOLDERS = ["", "/bin/", "/usr/bin/", "/usr/local/bin/", "/usr/sbin/", "/usr/local/sbin/"];

/** Finds the text of a script that COPYs bring from `context` to somewhere else, by a word that calls it. */
export function outsideOf(landings: readonly Landing[], context: BuildContext): (word: string) => string | undefined {
  const scripts = new Map(landings.flatMap(({ files }) => [...files]));
  return (word) => {
    const path = FOLDERS.map((folder) => scripts.get(`${folder}${word}`)).find((found) => found !== undefined);
    return path === undefined ? undefined : context.read(path);
  };
}

/** What official images of PHP start by themselves: their servers look for the project's files by name. */
function ownStart({ base }: Stage): Start | undefined {
  const image = base.kind === "image" ? base.reference : undefined;
  const variant = /^(?:docker\.io\/)?(?:library\/)?php:[\w.-]*\b(apache|fpm)\b/.exec(image ?? "")?.[1];
  if (variant === undefined) return undefined;
  return { words: [variant === "apache" ? "apache2-foreground" : "php-fpm"] };
}

export function startsOf(stage: Stage): readonly Start[] {
  const { steps } = stage;
  const last = (keyword: string) => steps.findLast(({ instruction }) => instruction.keyword === keyword)?.instruction;
  const [cmd, entrypoint, healthcheck] = [last("CMD"), last("ENTRYPOINT"), last("HEALTHCHECK")];
  const main = mainOf(entrypoint, cmd) ?? ownStart(stage);
  if (!main)
    throw new Decline(
      "no-command",
      "the file has no CMD or ENTRYPOINT, so what the container runs is decided elsewhere",
    );
  if (isIdle(main))
    throw new Decline("no-command", "the container waits for someone to run something in it, which refit can't know");
  const check = healthcheck && checkOf(healthcheck);
  return check ? [main, check] : [main];
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

/** A bare shell, or a program that only keeps the container alive. */
function isIdle(start: Start): boolean {
  const text = "words" in start ? start.words.join(" ") : start.script.trim();
  return /^((\/usr)?\/bin\/)?(ba|da|a)?sh( -l)?$|^(tail -f \/dev\/null|sleep (infinity|\d{5,}))$/.test(text);
}
