import { digest, isKnown, type Text } from "../digest.ts";
import { folderExists } from "./files.ts";
import type { Machine } from "./machine.ts";
import { placeOf } from "./redirects.ts";
import type { ShellState } from "./state.ts";

/** `test` and `[`: the status. What the model can't tell, the oracle decides by all that the test looks at. */
export function test(args: readonly Text[], state: ShellState, machine: Machine): number {
  if (args[0] === "!") return test(args.slice(1), state, machine) === 0 ? 1 : 0;
  const truth = truthOf(args, state, machine);
  if (truth !== undefined) return Number(!truth);
  return Number(!machine.oracle.succeeds(digest("test", ...args, state.cwd, machine.world.digest)));
}

function truthOf(args: readonly Text[], state: ShellState, machine: Machine): boolean | undefined {
  const [first, second, third] = args;
  if (args.length === 0) return false;
  if (args.length === 1) return isKnown(first!) ? first !== "" : undefined;
  if (args.length === 2) return unary(first!, second!, state, machine);
  if (args.length === 3) return binary(first!, second!, third!);
  return undefined;
}

function unary(operator: string, operand: Text, state: ShellState, machine: Machine): boolean | undefined {
  if (operator === "-n" || operator === "-z")
    return isKnown(operand) ? (operand === "") === (operator === "-z") : undefined;
  const isLink = operator === "-L" || operator === "-h";
  const path = placeOf(operand, state, machine, !isLink);
  if (path === undefined) return operand === "" ? false : undefined;
  if (operator === "-d") return folderExists(path, machine);
  const found = machine.world.find(path);
  if (!found.known) return machine.oracle.succeeds(digest(operator === "-e" ? "exists" : operator, found.key));
  const { entry } = found;
  switch (operator) {
    case "-e":
      return entry !== undefined || path === "/";
    case "-f":
      return entry?.kind === "file";
    case "-h":
    case "-L":
      return entry?.kind === "link";
    case "-s":
      return entry?.kind === "file" && isKnown(entry.content) ? entry.content !== "" : entry ? undefined : false;
    default:
      return entry ? undefined : false;
  }
}

function binary(left: Text, operator: string, right: Text): boolean | undefined {
  if (!isKnown(left) || !isKnown(right)) return left === right && /^==?$/.test(operator) ? true : undefined;
  switch (operator) {
    case "=":
    case "==":
      return left === right;
    case "!=":
      return left !== right;
  }
  if (!/^-?\d+$/.test(left) || !/^-?\d+$/.test(right)) return undefined;
  const difference = Number(left) - Number(right);
  switch (operator) {
    case "-eq":
      return difference === 0;
    case "-ne":
      return difference !== 0;
    case "-lt":
      return difference < 0;
    case "-le":
      return difference <= 0;
    case "-gt":
      return difference > 0;
    case "-ge":
      return difference >= 0;
    default:
      return undefined;
  }
}
