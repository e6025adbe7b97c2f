import type { Command } from "./command.ts";
import { type Piece, wellFormed } from "./go-text.ts";
import { type LexerOptions, lex } from "./lexer.ts";

/** A `<<EOF` word in an instruction's line. Its span is in the line's text. */
export interface Opener {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
  readonly start: number;
  readonly end: number;
}

export interface Openers {
  readonly openers: readonly Opener[];
  /** BuildKit before 0.14 and after find different ones (`cat << EOF`). */
  readonly drifts: boolean;
}

const none: Openers = { openers: [], drifts: false };

/** The heredocs that a line opens. BuildKit, frontend/dockerfile/parser/parser.go, heredocsFromLine. */
export function openersOf(command: Command): Openers {
  if (!command.line.text.includes("<<") || !canOpen(command)) return none;
  const openers = find(command.line.text, true);
  const before = find(command.line.text, false);
  return { openers, drifts: !same(openers, before) };
}

/** What one word opens, if anything: `<<EOF`, `3<<-"EOF"`. */
export function openerOf(word: Piece, spaced = true): Opener | undefined {
  const match = (spaced ? /^\d*<<(-?)[\t\n\f\r ]*([^<]*)$/ : /^\d*<<(-?)([^<]*)$/).exec(word.text);
  const [, dash, rest] = match ?? [];
  if (!rest) return undefined;
  const [name, ...more] = delimiterWords(rest, false, spaced);
  const [raw] = delimiterWords(rest, true, spaced);
  if (name === undefined || raw === undefined || more.length > 0) return undefined;
  return {
    name: wellFormed(name.text),
    expand: quotesIn(name.text) === quotesIn(raw.text),
    chomp: dash === "-",
    start: word.start,
    end: word.end,
  };
}

function canOpen({ keyword, json, trigger }: Command): boolean {
  if (trigger) return canOpen(trigger);
  return (keyword === "RUN" || keyword === "COPY" || keyword === "ADD") && json.kind !== "strings";
}

function find(line: string, spaced: boolean): Opener[] {
  const lexed = lex(line, { ...lexing(spaced), rawQuotes: true, rawEscapes: true });
  // Where quotes don't close, BuildKit sees no heredoc at all.
  return (lexed?.words ?? []).flatMap((word) => openerOf(word, spaced) ?? []);
}

function delimiterWords(rest: string, rawQuotes: boolean, spaced: boolean): readonly Piece[] {
  return lex(rest, { ...lexing(spaced), rawQuotes })?.words ?? [];
}

/** Always with `\`, whatever the escape directive says. */
function lexing(spacedHeredocs: boolean): LexerOptions {
  return { escape: "\\", lookup: () => null, keepUnset: true, spacedHeredocs };
}

function quotesIn(text: string): number {
  return text.match(/['"]/g)?.length ?? 0;
}

function same(a: readonly Opener[], b: readonly Opener[]): boolean {
  return (
    a.length === b.length &&
    a.every((opener, i) => opener.name === b[i]!.name && opener.chomp === b[i]!.chomp && opener.expand === b[i]!.expand)
  );
}
