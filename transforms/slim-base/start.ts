/** What a container of the stage starts, word by word. */
import { Decline, mainStart, type Stage, startedBy } from "../../src/transform/index.ts";

/** The words of the program behind wrappers such as `tini --`. Throws a `Decline` where there is none. */
export function startOf(stage: Stage): readonly string[] {
  const start = mainStart(stage);
  if (!start)
    throw new Decline(
      "no-command",
      "the file has no CMD or ENTRYPOINT, so what the container runs is decided elsewhere",
    );
  return inner("words" in start ? start.words : shellWords(start.script));
}

function inner(words: readonly string[]): readonly string[] {
  const [first = "", ...rest] = words;
  if (/^(\/bin\/)?(ba|da|a)?sh$/.test(first) && rest[0] === "-c" && rest[1] !== undefined)
    return inner(shellWords(rest[1]));
  const started = startedBy(first.slice(first.lastIndexOf("/") + 1), rest);
  return started && started.length > 0 ? inner(started.map((word) => word ?? "")) : words;
}

/** `exec` runs the rest in the shell's place. */
function shellWords(text: string): readonly string[] {
  return text
    .trim()
    .replace(/^exec\s+/, "")
    .split(/\s+/);
}
