/** What stands in an instruction, with its place in the file. Values are as written: not unquoted, not expanded (see `expandWord`). */
import type { Span } from "../text/index.ts";
import { type Piece, splitBlanks } from "./go-text.ts";
import { openerOf } from "./heredocs.ts";
import type { Flag, Heredoc, Instruction } from "./types.ts";
import { splitQuoted } from "./words.ts";

/** A word in the file. */
export interface Located {
  readonly text: string;
  readonly span: Span;
}

export interface FromView {
  readonly image: Located;
  /** The value of `--platform`. */
  readonly platform: string | undefined;
  /** The stage's name. BuildKit compares names in lower case. */
  readonly alias: Located | undefined;
}

/** The parts of a FROM; undefined for any other instruction, and for a FROM that is none. */
export function fromView(instruction: Instruction): FromView | undefined {
  if (instruction.keyword !== "FROM") return undefined;
  const [image, , alias] = located(instruction, splitBlanks(instruction.args.text));
  if (!image) return undefined;
  return { image, platform: flagNamed(instruction, "platform")?.value, alias };
}

export interface CopySource extends Located {
  /** The heredoc that this source is. */
  readonly heredoc: Heredoc | undefined;
}

export interface CopyView {
  /** The flag `--from`. */
  readonly from: Flag | undefined;
  readonly sources: readonly CopySource[];
  readonly destination: Located;
}

/** Sources and destination of a COPY or ADD, in JSON form too; undefined for any other instruction, or where one is missing. */
export function copyView(instruction: Instruction): CopyView | undefined {
  if (instruction.keyword !== "COPY" && instruction.keyword !== "ADD") return undefined;
  const paths =
    instruction.json?.map(({ value, span }) => ({ text: value, span })) ??
    located(instruction, splitBlanks(instruction.args.text));
  const destination = paths.at(-1);
  if (!destination || paths.length < 2) return undefined;
  const sources = paths
    .slice(0, -1)
    .map(({ text, span }) => ({ text, span, heredoc: heredocNamed(instruction, text) }));
  return { from: flagNamed(instruction, "from"), sources, destination };
}

export interface Pair {
  readonly name: Located;
  /** Undefined for an ARG without a default. */
  readonly value: Located | undefined;
  readonly span: Span;
}

/** Names and values of an ENV, LABEL or ARG, in order; `ENV name value` gives one pair. Empty for any other instruction. */
export function pairsView(instruction: Instruction): readonly Pair[] {
  const { keyword, args } = instruction;
  if (keyword !== "ENV" && keyword !== "LABEL" && keyword !== "ARG") return [];
  const words = splitQuoted(args.text, instruction.escape);
  if (keyword === "ARG" || words[0]?.text.includes("=")) return words.map((word) => pair(instruction, word));
  const match = /^([^\t\v\f\r ]+)[\t\v\f\r ]+/.exec(args.text);
  if (!match) return [];
  const end = args.text.length;
  return [
    {
      name: place(instruction, 0, match[1]!.length),
      value: place(instruction, match[0].length, end),
      span: args.toSourceSpan({ start: 0, end }),
    },
  ];
}

/** The first flag of that name. */
export function flagNamed(instruction: Instruction, name: string): Flag | undefined {
  return instruction.flags.find((flag) => flag.name === name);
}

function pair(instruction: Instruction, { text, start, end }: Piece): Pair {
  const equals = text.indexOf("=");
  const nameEnd = equals < 0 ? end : start + equals;
  return {
    name: place(instruction, start, nameEnd),
    value: equals < 0 ? undefined : place(instruction, nameEnd + 1, end),
    span: instruction.args.toSourceSpan({ start, end }),
  };
}

function heredocNamed({ heredocs }: Instruction, word: string): Heredoc | undefined {
  const opener = heredocs.length > 0 ? openerOf({ text: word, start: 0, end: 0 }) : undefined;
  return opener && heredocs.findLast(({ name }) => name === opener.name);
}

function located(instruction: Instruction, pieces: readonly Piece[]): Located[] {
  return pieces.map(({ start, end }) => place(instruction, start, end));
}

function place({ args }: Instruction, start: number, end: number): Located {
  if (start < end) return { text: args.text.slice(start, end), span: args.toSourceSpan({ start, end }) };
  // An empty value stands right behind what comes before it, not on the next line.
  const at = start > 0 ? args.toSource(start - 1) + 1 : args.toSource(0);
  return { text: "", span: { start: at, end: at } };
}
