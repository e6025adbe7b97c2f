import type { MappedText, Span } from "../text/index.ts";
import { isBlank, skipBlankBytes, skipSpace, trimmedEnd, wordEnd } from "./go-text.ts";
import { type JsonReading, readJson } from "./json.ts";
import type { EscapeCharacter, Flag, Keyword } from "./types.ts";

/** An instruction's line taken apart, before anything is checked. Spans of `marks` are in the line's text. */
export interface Command {
  readonly line: MappedText;
  /** The escape character in force: `\` or `` ` ``. */
  readonly escape: EscapeCharacter;
  /** As written. */
  readonly name: string;
  readonly keyword: Keyword | undefined;
  readonly keywordSpan: Span;
  readonly flags: readonly Flag[];
  readonly args: MappedText;
  readonly json: JsonReading;
  /** What stands behind ONBUILD. Never itself an ONBUILD with a trigger: BuildKit refuses that. */
  readonly trigger: Command | undefined;
  /** Keyword, flags and arguments in `line.text`. */
  readonly marks: { readonly keyword: Span; readonly flags: readonly Span[]; readonly args: Span };
}

const keywords: readonly Keyword[] = [
  "ADD",
  "ARG",
  "CMD",
  "COPY",
  "ENTRYPOINT",
  "ENV",
  "EXPOSE",
  "FROM",
  "HEALTHCHECK",
  "LABEL",
  "MAINTAINER",
  "ONBUILD",
  "RUN",
  "SHELL",
  "STOPSIGNAL",
  "USER",
  "VOLUME",
  "WORKDIR",
];

/** BuildKit compares in lower case. */
const byLowerCase: ReadonlyMap<string, Keyword> = new Map(keywords.map((keyword) => [keyword.toLowerCase(), keyword]));

const jsonKeywords: ReadonlySet<string> = new Set<Keyword>([
  "ADD",
  "CMD",
  "COPY",
  "ENTRYPOINT",
  "HEALTHCHECK",
  "RUN",
  "SHELL",
  "VOLUME",
]);

/** Keyword, flags and arguments. BuildKit, frontend/dockerfile/parser/split_command.go. */
export function readCommand(line: MappedText, escapeChar: EscapeCharacter, inOnbuild = false): Command {
  const { text } = line;
  const start = skipSpace(text, 0);
  const end = trimmedEnd(text, start);
  const keywordEnd = wordEnd(text, start, end);
  const name = text.slice(start, keywordEnd);
  const keyword = byLowerCase.get(name.toLowerCase());

  const flags: Flag[] = [];
  const marks: Span[] = [];
  let at = skipBlankBytes(text, keywordEnd, end);
  while (text.startsWith("--", at) && at < end) {
    const word = flagWord(text, at, end, escapeChar);
    const span = { start: at, end: word.end };
    marks.push(span);
    at = skipBlankBytes(text, word.end, end);
    if (word.value === "--") break;
    flags.push(flagOf(line, span, word));
  }
  at = skipSpace(text, at, end);
  const args = line.slice(at, end);
  return {
    line,
    escape: escapeChar,
    name,
    keyword,
    keywordSpan: line.toSourceSpan({ start, end: keywordEnd }),
    flags,
    args,
    json: keyword && jsonKeywords.has(keyword) ? readJson(args.text, keyword === "HEALTHCHECK") : { kind: "none" },
    trigger: keyword === "ONBUILD" && !inOnbuild && args.text !== "" ? readCommand(args, escapeChar, true) : undefined,
    marks: { keyword: { start, end: keywordEnd }, flags: marks, args: { start: at, end } },
  };
}

interface FlagWord {
  /** Without quotes and escapes. */
  readonly value: string;
  readonly end: number;
  /** Where the first `=` stands, or -1. */
  readonly equals: number;
}

function flagWord(text: string, start: number, end: number, escapeChar: string): FlagWord {
  let value = "";
  let quote = "";
  let equals = -1;
  let at = start;
  for (; at < end; at++) {
    let char = text[at]!;
    if (quote ? char === quote : char === "'" || char === '"') {
      quote = quote ? "" : char;
      continue;
    }
    if (!quote && isBlank(text.charCodeAt(at))) break;
    if (char === escapeChar) {
      if (at + 1 === end) continue;
      char = text[++at]!;
    }
    if (char === "=" && equals < 0) equals = at;
    value += char;
  }
  return { value, end: at, equals };
}

function flagOf(line: MappedText, span: Span, word: FlagWord): Flag {
  const [, name = "", value] = /^--([^=]*)(?:=(.*))?$/s.exec(word.value) ?? [];
  return {
    name,
    value,
    span: line.toSourceSpan(span),
    valueSpan: word.equals < 0 ? undefined : valueSpan(line, word),
    text: line.slice(span.start, span.end),
  };
}

function valueSpan(line: MappedText, word: FlagWord): Span {
  if (word.equals + 1 < word.end) return line.toSourceSpan({ start: word.equals + 1, end: word.end });
  const after = line.toSource(word.equals) + 1;
  return { start: after, end: after };
}
