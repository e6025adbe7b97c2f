import { type MappedText, mappedFrom, type Span } from "../text/index.ts";
import type { Command } from "./command.ts";
import { skipSpace } from "./go-text.ts";
import type { Line, LineReader } from "./line-reader.ts";
import type { EscapeCharacter, Token, TokenKind } from "./types.ts";

/** Lines joined over continuations. `parts` cover them; the `text` among them is what `line` is made of. */
export interface Joined {
  readonly line: MappedText;
  readonly parts: readonly Token[];
  readonly comments: readonly Span[];
}

/**
 * The instruction that begins in `first` at `start`, over its continuations; comments and blank lines among them are left out.
 * BuildKit, frontend/dockerfile/parser/parser.go, Parse.
 */
export function joinLines(reader: LineReader, first: Line, start: number, escapeChar: EscapeCharacter): Joined {
  const { source } = reader;
  const parts: Token[] = [];
  const pieces: Span[] = [];
  const comments: Span[] = [];
  const part = (kind: TokenKind, from: number, to: number) => {
    if (from < to) parts.push({ kind, span: { start: from, end: to } });
  };
  part("space", first.start, start);
  for (let line: Line | undefined = first; line; line = reader.next()) {
    const { textEnd, end } = line;
    const from = line === first ? start : line.start;
    const text = skipSpace(source, from, textEnd);
    let continues = true;
    if (text === textEnd) {
      part("blank", from, textEnd);
    } else if (source[text] === "#") {
      part("space", from, text);
      part("comment", text, textEnd);
      comments.push({ start: text, end: textEnd });
    } else {
      const cut = continuationIn(source, from, textEnd, escapeChar);
      part("text", from, cut);
      pieces.push({ start: from, end: cut });
      part("continuation", cut, textEnd);
      continues = cut < textEnd;
    }
    part("newline", textEnd, end);
    if (!continues) break;
  }
  return { line: mappedFrom(source, pieces), parts, comments };
}

/** Where the escape character stands that continues the line, or `end`. An escaped one continues nothing, nor do three in a row. */
function continuationIn(source: string, start: number, end: number, escapeChar: EscapeCharacter): number {
  let at = end;
  while (at > start && (source[at - 1] === " " || source[at - 1] === "\t")) at--;
  const isContinued =
    at > start && source[at - 1] === escapeChar && (at - 1 === start || source[at - 2] !== escapeChar);
  return isContinued ? at - 1 : end;
}

/** The parts as tokens: keyword, flags and arguments told apart in the text. */
export function tokensOf({ parts }: Joined, { marks }: Command): Token[] {
  const kinds: { readonly kind: TokenKind; readonly end: number }[] = [
    { kind: "space", end: marks.keyword.start },
    { kind: "keyword", end: marks.keyword.end },
    ...marks.flags.flatMap(({ start, end }) => [
      { kind: "space", end: start } as const,
      { kind: "flag", end } as const,
    ]),
    { kind: "space", end: marks.args.start },
    { kind: "text", end: marks.args.end },
    { kind: "space", end: Number.POSITIVE_INFINITY },
  ];
  const tokens: Token[] = [];
  let offset = 0;
  let current = 0;
  for (const part of parts) {
    if (part.kind !== "text") {
      tokens.push(part);
      continue;
    }
    for (let { start } = part.span; start < part.span.end; ) {
      while (kinds[current]!.end <= offset) current++;
      const { kind, end } = kinds[current]!;
      const length = Math.min(end - offset, part.span.end - start);
      tokens.push({ kind, span: { start, end: start + length } });
      start += length;
      offset += length;
    }
  }
  return tokens;
}
