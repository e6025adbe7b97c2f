import { Lines, type MappedText, mappedFrom, type Span } from "../text/index.ts";
import { type Command, readCommand } from "./command.ts";
import { Directives } from "./directives.ts";
import { skipSpace, trimmedEnd } from "./go-text.ts";
import { type Opener, openersOf } from "./heredocs.ts";
import { check } from "./rules.ts";
import { templateProblems } from "./template.ts";
import type { Dockerfile, Heredoc, Instruction, Keyword, Problem, Token, TokenKind } from "./types.ts";

/** The longest line in bytes that BuildKit reads (Go's bufio.MaxScanTokenSize, less one for the line end). */
const MAX_LINE = 65_535;

/** One line of the file: `[start, end)` with its line end, `[start, textEnd)` without. */
interface Line {
  readonly start: number;
  readonly textEnd: number;
  readonly end: number;
}

/** Lines joined over continuations. `parts` cover them; the `text` among them are what `line` is made of. */
interface Joined {
  readonly line: MappedText;
  readonly parts: readonly Token[];
  readonly comments: readonly Span[];
}

/**
 * Reads a Dockerfile by BuildKit's rules (frontend/dockerfile/parser/parser.go). Never throws, in time linear in the length, and keeps
 * every character: see `Token`.
 */
export function parseDockerfile(source: string): Dockerfile {
  return new Scanner(source).scan();
}

class Scanner {
  readonly #source: string;
  readonly #directives = new Directives();
  readonly #tokens: Token[] = [];
  readonly #instructions: Instruction[] = [];
  readonly #comments: Span[] = [];
  readonly #problems: Problem[] = [];
  #leading: Span[] = [];
  #seen = 0;
  #stages = 0;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  scan(): Dockerfile {
    const source = this.#source;
    if (source.startsWith("\ufeff")) {
      this.#token("bom", 0, 1);
      this.#at = 1;
    }
    for (let line = this.#next(); line; line = this.#next()) this.#top(line);
    if (this.#seen === 0) this.#refuse("the file has no instructions", { start: 0, end: 0 });
    else if (this.#stages === 0) this.#refuse("the file has no FROM", { start: 0, end: 0 });
    const syntax = [...this.#directives.problems, ...this.#problems].sort((a, b) => a.span.start - b.span.start);
    const document = {
      source,
      lines: new Lines(source),
      tokens: this.#tokens,
      directives: this.#directives.found,
      escape: this.#directives.escape,
      eol: /\r?\n/.exec(source)?.[0] === "\r\n" ? ("\r\n" as const) : ("\n" as const),
      instructions: this.#instructions,
      comments: this.#comments,
    };
    return { ...document, problems: [...templateProblems(document, syntax), ...syntax] };
  }

  /** A line that continues no other one. */
  #top(line: Line): void {
    const start = skipSpace(this.#source, line.start, line.textEnd);
    const isDirective = this.#directives.read(this.#source, start, line.textEnd);
    if (start === line.textEnd) {
      this.#token("blank", line.start, start);
      this.#newline(line);
    } else if (this.#source[start] === "#") {
      this.#token("space", line.start, start);
      const span = this.#token(isDirective ? "directive" : "comment", start, line.textEnd);
      this.#newline(line);
      if (isDirective) return;
      this.#comments.push(span);
      this.#leading.push(span);
    } else {
      this.#instruction(line, start);
    }
  }

  #instruction(first: Line, start: number): void {
    const joined = this.#join(first, start);
    const command = readCommand(joined.line, this.#directives.escape);
    this.#emit(joined, command);
    const { openers, drifts } = openersOf(command);
    if (drifts) this.#drift("`<<` starts a heredoc here in newer versions of BuildKit only", command.keywordSpan);
    const heredocs = openers.flatMap((opener) => this.#heredoc(joined.line, opener, command) ?? []);

    const frame = { lines: { start: first.start, end: this.#at }, comments: joined.comments, leading: this.#leading };
    this.#leading = [];
    this.#seen++;
    this.#problems.push(...check(command));
    if (!command.keyword) return;
    if (command.keyword === "FROM") this.#stages++;
    else if (this.#stages === 0 && command.keyword !== "ARG") {
      this.#refuse(`${command.keyword} before the first FROM`, command.keywordSpan);
    }
    this.#instructions.push(instructionOf(command, command.keyword, frame, heredocs));
  }

  /** The instruction that begins in `first` at `start`, over its continuations. */
  #join(first: Line, start: number): Joined {
    const parts: Token[] = [];
    const pieces: Span[] = [];
    const comments: Span[] = [];
    const part = (kind: TokenKind, from: number, to: number) => {
      if (from < to) parts.push({ kind, span: { start: from, end: to } });
    };
    part("space", first.start, start);
    let at = start;
    for (let current: Line | undefined = first; current; current = this.#next()) {
      const { textEnd, end } = current;
      if (current !== first) at = current.start;
      const text = skipSpace(this.#source, at, textEnd);
      let continues = true;
      if (text === textEnd) {
        part("blank", at, textEnd);
      } else if (this.#source[text] === "#") {
        part("space", at, text);
        part("comment", text, textEnd);
        comments.push({ start: text, end: textEnd });
      } else {
        const cut = this.#continuation(at, textEnd);
        part("text", at, cut);
        pieces.push({ start: at, end: cut });
        part("continuation", cut, textEnd);
        continues = cut < textEnd;
      }
      part("newline", textEnd, end);
      if (!continues) break;
    }
    return { line: mappedFrom(this.#source, pieces, start), parts, comments };
  }

  /** Where the escape character stands that continues the line, or `end`. An escaped one continues nothing, nor do three in a row. */
  #continuation(start: number, end: number): number {
    const escapeChar = this.#directives.escape;
    let at = end;
    while (at > start && (this.#source[at - 1] === " " || this.#source[at - 1] === "\t")) at--;
    const continues =
      at > start && this.#source[at - 1] === escapeChar && (at - 1 === start || this.#source[at - 2] !== escapeChar);
    return continues ? at - 1 : end;
  }

  #heredoc(line: MappedText, opener: Opener, command: Command): Heredoc | undefined {
    const { name, expand, chomp } = opener;
    const start = this.#at;
    for (let current = this.#next(); current; current = this.#next()) {
      let text = current.start;
      while (chomp && this.#source[text] === "\t" && text < current.textEnd) text++;
      if (current.textEnd - text !== name.length || !this.#source.startsWith(name, text)) continue;
      const body = this.#token("heredoc-body", start, current.start);
      const terminator = this.#token("heredoc-end", current.start, current.textEnd);
      this.#newline(current);
      const content = this.#source.slice(body.start, body.end);
      return { name, expand, chomp, opener: line.toSourceSpan(opener), body, content, terminator };
    }
    this.#token("heredoc-body", start, this.#at);
    this.#refuse(`heredoc ${JSON.stringify(name)} is not terminated`, command.keywordSpan);
    return undefined;
  }

  /** The next line, which is then read. */
  #next(): Line | undefined {
    const start = this.#at;
    if (start >= this.#source.length) return undefined;
    const newline = this.#source.indexOf("\n", start);
    const end = newline < 0 ? this.#source.length : newline + 1;
    let textEnd = newline < 0 ? end : newline;
    if (isTooLong(this.#source, start, textEnd)) {
      this.#refuse(`the line is longer than the ${MAX_LINE} bytes that BuildKit reads`, { start, end: textEnd });
    }
    while (textEnd > start && this.#source[textEnd - 1] === "\r") textEnd--;
    this.#at = end;
    return { start, textEnd, end };
  }

  /** The parts as tokens, the text among them told apart. */
  #emit({ parts }: Joined, { marks }: Command): void {
    const kinds: { kind: TokenKind; end: number }[] = [{ kind: "space", end: marks.keyword.start }];
    kinds.push({ kind: "keyword", end: marks.keyword.end });
    for (const flag of marks.flags) kinds.push({ kind: "space", end: flag.start }, { kind: "flag", end: flag.end });
    kinds.push({ kind: "space", end: marks.args.start }, { kind: "text", end: marks.args.end });
    let offset = 0;
    let next = 0;
    for (const part of parts) {
      if (part.kind !== "text") {
        this.#tokens.push(part);
        continue;
      }
      let { start } = part.span;
      while (start < part.span.end) {
        while (next < kinds.length && kinds[next]!.end <= offset) next++;
        const { kind, end } = kinds[next] ?? { kind: "space", end: Number.POSITIVE_INFINITY };
        const length = Math.min(end - offset, part.span.end - start);
        this.#token(kind, start, start + length);
        start += length;
        offset += length;
      }
    }
  }

  #token(kind: TokenKind, start: number, end: number): Span {
    const span = { start, end };
    if (start < end) this.#tokens.push({ kind, span });
    return span;
  }

  #newline({ textEnd, end }: Line): void {
    this.#token("newline", textEnd, end);
  }

  #refuse(message: string, span: Span): void {
    this.#problems.push({ code: "syntax", message, span });
  }

  #drift(message: string, span: Span): void {
    this.#problems.push({ code: "drift", message, span });
  }
}

type Frame = Pick<Instruction, "lines" | "comments" | "leading">;

function instructionOf(command: Command, keyword: Keyword, frame: Frame, heredocs: readonly Heredoc[]): Instruction {
  const { keywordSpan, escape: escapeChar, flags, args, json, trigger, line } = command;
  const text = line.toSourceSpan({ start: 0, end: trimmedEnd(line.text) });
  const end = Math.max(text.end, heredocs.at(-1)?.terminator.end ?? 0);
  return {
    keyword,
    span: { start: keywordSpan.start, end },
    ...frame,
    keywordSpan,
    escape: escapeChar,
    flags,
    args,
    heredocs,
    json:
      json.kind === "strings"
        ? json.strings.map(({ value, start, end }) => ({ value, span: args.toSourceSpan({ start, end }) }))
        : undefined,
    trigger: trigger?.keyword && instructionOf(trigger, trigger.keyword, frame, heredocs),
  };
}

function isTooLong(source: string, start: number, end: number): boolean {
  if ((end - start) * 3 <= MAX_LINE) return false;
  const invalidBytes = source.slice(start, end).match(/[\udc80-\udcff]/gu)?.length ?? 0;
  // An invalid byte is held as a surrogate, which counts as three.
  return Buffer.byteLength(source.slice(start, end), "utf8") - 2 * invalidBytes > MAX_LINE;
}
