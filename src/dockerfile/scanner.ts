import { Lines, type MappedText, type Span } from "../text/index.ts";
import { type Command, readCommand } from "./command.ts";
import { joinLines, tokensOf } from "./continuation.ts";
import { Directives } from "./directives.ts";
import { skipSpace } from "./go-text.ts";
import { type Opener, openersOf } from "./heredocs.ts";
import { instructionOf } from "./instruction.ts";
import { type Line, LineReader, MAX_LINE } from "./line-reader.ts";
import { check } from "./rules.ts";
import { templateProblems } from "./template.ts";
import type { Dockerfile, Heredoc, Instruction, Problem, ProblemCode, Token, TokenKind } from "./types.ts";

/**
 * Reads a Dockerfile by BuildKit's rules (frontend/dockerfile/parser/parser.go). Never throws, in time linear in the length, and keeps
 * every character: see `Token`.
 */
export function parseDockerfile(source: string): Dockerfile {
  return new Scanner(source).scan();
}

class Scanner {
  readonly #source: string;
  readonly #reader: LineReader;
  readonly #directives = new Directives();
  readonly #tokens: Token[] = [];
  readonly #instructions: Instruction[] = [];
  readonly #comments: Span[] = [];
  readonly #problems: Problem[] = [];
  #leading: Span[] = [];
  #seen = 0;
  #stages = 0;

  constructor(source: string) {
    this.#source = source;
    this.#reader = new LineReader(source, this.#token("bom", 0, source.startsWith("\ufeff") ? 1 : 0).end);
  }

  scan(): Dockerfile {
    const source = this.#source;
    for (let line = this.#reader.next(); line; line = this.#reader.next()) this.#top(line);
    this.#checkWhole();
    const problems = [...this.#directives.problems, ...this.#problems].sort((a, b) => a.span.start - b.span.start);
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
    return { ...document, problems: [...templateProblems(document, problems), ...problems] };
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
    const joined = joinLines(this.#reader, first, start, this.#directives.escape);
    const command = readCommand(joined.line, this.#directives.escape);
    const { keyword, keywordSpan } = command;
    for (const token of tokensOf(joined, command)) this.#tokens.push(token);
    const heredocs = this.#heredocs(command);
    const leading = this.#leading;
    this.#leading = [];
    this.#seen++;
    this.#problems.push(...check(command));
    if (!keyword) return;
    if (keyword === "FROM") this.#stages++;
    else if (this.#stages === 0 && keyword !== "ARG") {
      this.#report("syntax", `${keyword} before the first FROM`, keywordSpan);
    }
    const lines = { start: first.start, end: this.#reader.at };
    this.#instructions.push(instructionOf(command, keyword, { lines, comments: joined.comments, leading, heredocs }));
  }

  #heredocs(command: Command): Heredoc[] {
    const { openers, drifts } = openersOf(command);
    if (drifts) {
      this.#report("drift", "`<<` starts a heredoc here in newer versions of BuildKit only", command.keywordSpan);
    }
    const heredocs: Heredoc[] = [];
    for (const opener of openers) {
      const heredoc = this.#heredoc(command.line, opener);
      if (!heredoc) {
        this.#report("syntax", `heredoc ${JSON.stringify(opener.name)} is not terminated`, command.keywordSpan);
        break;
      }
      heredocs.push(heredoc);
    }
    return heredocs;
  }

  /** Reads the body up to its terminator; undefined where the file ends before. */
  #heredoc(line: MappedText, { name, expand, chomp, ...span }: Opener): Heredoc | undefined {
    const source = this.#source;
    const start = this.#reader.at;
    for (let current = this.#reader.next(); current; current = this.#reader.next()) {
      let text = current.start;
      while (chomp && source[text] === "\t" && text < current.textEnd) text++;
      if (current.textEnd - text !== name.length || !source.startsWith(name, text)) continue;
      const body = this.#token("heredoc-body", start, current.start);
      const terminator = this.#token("heredoc-end", current.start, current.textEnd);
      this.#newline(current);
      const content = source.slice(body.start, body.end);
      return { name, expand, chomp, opener: line.toSourceSpan(span), body, content, terminator };
    }
    this.#token("heredoc-body", start, this.#reader.at);
    return undefined;
  }

  #checkWhole(): void {
    const start = { start: 0, end: 0 };
    if (this.#seen === 0) this.#report("syntax", "the file has no instructions", start);
    else if (this.#stages === 0) this.#report("syntax", "the file has no FROM", start);
    for (const { start, textEnd } of this.#reader.tooLong) {
      this.#report("syntax", `the line is longer than the ${MAX_LINE} bytes that BuildKit reads`, {
        start,
        end: textEnd,
      });
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

  #report(code: ProblemCode, message: string, span: Span): void {
    this.#problems.push({ code, message, span });
  }
}
