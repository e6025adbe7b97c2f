/** What a container of the stage starts, from CMD, ENTRYPOINT and HEALTHCHECK, and what that names. */
import {
  type BuildContext,
  Decline,
  healthStart,
  imageOf,
  mainStart,
  type Stage,
  type Start,
} from "../../src/transform/index.ts";
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
function ownStart(stage: Stage): Start | undefined {
  const image = imageOf(stage);
  const variant = /^(?:docker\.io\/)?(?:library\/)?php:[\w.-]*\b(apache|fpm)\b/.exec(image ?? "")?.[1];
  if (variant === undefined) return undefined;
  return { words: [variant === "apache" ? "apache2-foreground" : "php-fpm"] };
}

export function startsOf(stage: Stage): readonly Start[] {
  const main = mainStart(stage) ?? ownStart(stage);
  if (!main)
    throw new Decline(
      "no-command",
      "the file has no CMD or ENTRYPOINT, so what the container runs is decided elsewhere",
    );
  if (isIdle(main))
    throw new Decline("no-command", "the container waits for someone to run something in it, which refit can't know");
  const check = healthStart(stage);
  return check ? [main, check] : [main];
}

/** A bare shell, or a program that only keeps the container alive. */
function isIdle(start: Start): boolean {
  const text = "words" in start ? start.words.join(" ") : start.script.trim();
  return /^((\/usr)?\/bin\/)?(ba|da|a)?sh( -l)?$|^(tail -f \/dev\/null|sleep (infinity|\d{5,}))$/.test(text);
}
