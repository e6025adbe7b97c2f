import { isKnown, type Text } from "../digest.ts";
import type { Call } from "./command.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Machine } from "./machine.ts";
import { placeOf } from "./redirects.ts";
import type { ShellState } from "./state.ts";

/** Runs a small program whose effect is known; undefined for a use of it that is not. */
export type Utility = (call: Call, state: ShellState, evaluator: Evaluator) => number | undefined;

export interface Parsed {
  readonly options: ReadonlySet<string>;
  /** Paths and other operands; patterns are refused unless asked for. */
  readonly operands: readonly Text[];
}

/** Options out of `letters` and operands of a call; undefined where it holds anything else. */
export function parsed(
  { args, fields }: Call,
  letters: string,
  long: Readonly<Record<string, string>> = {},
): Parsed | undefined {
  if (fields.some((field) => field.pattern) || !args.every(isKnown)) return undefined;
  const options = new Set<string>();
  const operands: Text[] = [];
  let ended = false;
  for (const argument of args) {
    if (ended || !argument.startsWith("-") || argument === "-") operands.push(argument);
    else if (argument === "--") ended = true;
    else if (argument.startsWith("--")) {
      const letter = long[argument];
      if (letter === undefined) return undefined;
      options.add(letter);
    } else {
      for (const letter of argument.slice(1)) {
        if (!letters.includes(letter)) return undefined;
        options.add(letter);
      }
    }
  }
  return { options, operands };
}

/** Runs `one` for every operand; the status is that of the last that failed. Undefined where a path is not known. */
export function each(
  operands: readonly Text[],
  state: ShellState,
  machine: Machine,
  one: (path: string) => boolean,
  followLast = true,
): number | undefined {
  const paths = operands.map((operand) => placeOf(operand, state, machine, followLast));
  if (paths.some((path) => path === undefined || path === "/")) return undefined;
  let status = 0;
  for (const path of paths) if (!one(path as string)) status = 1;
  return status;
}
