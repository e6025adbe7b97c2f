/** The words of a Go command. */
import { type Arguments, argumentsOf } from "../call.ts";
import type { Call } from "../types.ts";

/** Options of builds that take the next word as their value. */
const VALUED = [
  ...["-C", "-o", "-p", "-mod", "-modfile", "-overlay", "-tags", "-ldflags", "-gcflags", "-asmflags", "-run"],
  "-buildmode",
];

/** Options with one dash and with two are the same to Go, and so is a value behind `=`. */
export function optionsOf({ args }: Call): Arguments {
  const words = args.flatMap((word) => {
    const [, name, value] = /^--?(\w[\w-]*)(?:=(.*))?$/s.exec(word ?? "") ?? [];
    if (name === undefined) return [word];
    return value === undefined || !VALUED.includes(`-${name}`) ? [`-${name}`] : [`-${name}`, value];
  });
  return argumentsOf(words, VALUED);
}
