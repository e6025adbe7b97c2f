/** The lossless document: what the scanner finds in a Dockerfile. */
import type { Lines, MappedText, Span } from "../text/index.ts";

export type Keyword =
  | "ADD"
  | "ARG"
  | "CMD"
  | "COPY"
  | "ENTRYPOINT"
  | "ENV"
  | "EXPOSE"
  | "FROM"
  | "HEALTHCHECK"
  | "LABEL"
  | "MAINTAINER"
  | "ONBUILD"
  | "RUN"
  | "SHELL"
  | "STOPSIGNAL"
  | "USER"
  | "VOLUME"
  | "WORKDIR";

/** As the escape directive sets it. */
export type EscapeCharacter = "\\" | "`";

export type TokenKind =
  | "bom"
  | "directive"
  | "comment"
  | "blank"
  | "keyword"
  | "flag"
  | "text"
  | "space"
  | "continuation"
  | "heredoc-body"
  | "heredoc-end"
  | "newline";

/** Tokens partition the source: joined in order they are the source, for every string, valid or not. */
export interface Token {
  readonly kind: TokenKind;
  readonly span: Span;
}

/** `# syntax=…`, `# escape=…`, `# check=…` in the head of the file. */
export interface Directive {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

export interface Flag {
  /** Without the dashes: `from`, `mount`. */
  readonly name: string;
  /** Without quotes and escapes. Undefined for a flag without `=`, such as `--link`. */
  readonly value: string | undefined;
  readonly span: Span;
  /** As written, quotes included. */
  readonly valueSpan: Span | undefined;
  /** The whole flag as written, continuations joined. */
  readonly text: MappedText;
}

export interface Heredoc {
  readonly name: string;
  /** False when the delimiter was quoted: BuildKit then expands nothing in a COPY or ADD body. */
  readonly expand: boolean;
  /** `<<-`: leading tabs are cut from the body. */
  readonly chomp: boolean;
  /** The `<<EOF` word in the instruction's line. */
  readonly opener: Span;
  /** The lines between opener and terminator, with their line ends. */
  readonly body: Span;
  readonly content: string;
  /** The terminator's line without its line end. */
  readonly terminator: Span;
}

/** One string of a JSON (exec) form. */
export interface JsonString {
  readonly value: string;
  /** With the quotes, in the source. */
  readonly span: Span;
}

export interface Instruction {
  /** Upper case. An instruction with an unknown keyword is a problem and is not listed. */
  readonly keyword: Keyword;
  /** From the first character of the keyword to the end of the last line's text (heredocs included), without its line end. */
  readonly span: Span;
  /** Whole lines: leading blanks and the final line end included. */
  readonly lines: Span;
  readonly keywordSpan: Span;
  /** The escape character of the file, which words and expansions in the instruction go by. */
  readonly escape: EscapeCharacter;
  readonly flags: readonly Flag[];
  /** The text after keyword and flags as BuildKit sees it: continuations joined, inner comments gone, heredoc bodies left out. */
  readonly args: MappedText;
  readonly heredocs: readonly Heredoc[];
  /** The strings of the JSON form, or undefined where BuildKit takes the text as shell form. */
  readonly json: readonly JsonString[] | undefined;
  /** Comment lines inside the continuations of this instruction. */
  readonly comments: readonly Span[];
  /** Comment lines directly or further above, since the last instruction; blank lines between allowed. */
  readonly leading: readonly Span[];
  /** The instruction behind ONBUILD. */
  readonly trigger: Instruction | undefined;
}

/** Why a file is not rewritten. */
export type ProblemCode =
  /** BuildKit refuses the file. */
  | "syntax"
  /** A file to be filled in by another program first: `{{ }}`, `%%X%%`. */
  | "template"
  /** BuildKit's own versions read it differently (libraries.md A). */
  | "drift"
  /** dockerfile-ast and the scanner see different instructions. */
  | "disagreement"
  /** Not text, or over the size that refit reads. */
  | "unreadable";

export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly span: Span;
}

export interface Dockerfile {
  readonly source: string;
  readonly lines: Lines;
  readonly tokens: readonly Token[];
  readonly directives: readonly Directive[];
  readonly escape: EscapeCharacter;
  /** "\r\n" when the file's first line end is one. */
  readonly eol: "\n" | "\r\n";
  readonly instructions: readonly Instruction[];
  /** Top-level comment lines, directives left out. */
  readonly comments: readonly Span[];
  /** Empty for a file that refit may rewrite. */
  readonly problems: readonly Problem[];
}
