import { type Span, sliceOf } from "../text/index.ts";
import type { Dockerfile, Instruction, Keyword, Problem } from "./types.ts";

/** Marks of template languages: `{{ }}`, `{% %}`, `<%= %>`, `%%NAME%%`, `@NAME@`. */
const mark = String.raw`\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|<%.{0,200}?%>|%%\w{1,80}%%|@[A-Z][A-Z0-9_]{1,80}@`;
/** Names that no image can have. */
const imageMark = "__[A-Z][A-Z0-9_]{1,80}__|%[A-Z][A-Z0-9_]{1,80}%";

const anywhere = new RegExp(mark, "s");
const inImage = new RegExp(`${mark}|${imageMark}`, "s");
/** A value that is nothing but a mark: `/build/{{.Dir}}` may well be meant for a program in the image. */
const asValue = new RegExp(String.raw`(?:^[^\s=]+[\t ]+|=)["']?(?:${mark})["']?(?=[\t ]|$)`, "s");
/** `%%NAME%%` in a bare word of a script, where it isn't what a `sed` looks for. */
const inScript = /(?:^|[\t ])(?!s[^\w\s])[^\s'"]*%%[A-Z][A-Z0-9_]*%%/;
/** What may stand unclosed in a file that is none anyway. */
const opening = /\{\{|\{%|<%/;

/** Where a mark can't be a format string, as it is in `docker inspect --format '{{.Id}}'`. */
const marks: Partial<Record<Keyword, RegExp>> = {
  ADD: anywhere,
  ARG: asValue,
  COPY: anywhere,
  ENV: asValue,
  EXPOSE: anywhere,
  FROM: inImage,
  RUN: inScript,
  USER: anywhere,
  WORKDIR: anywhere,
};

/**
 * A file to be filled in by another program is no Dockerfile yet. Marks tell so where they can mean nothing else, and anywhere
 * outside comments in a file that BuildKit refuses.
 */
export function templateProblems(
  { source, instructions, tokens }: Pick<Dockerfile, "source" | "instructions" | "tokens">,
  problems: readonly Problem[],
): Problem[] {
  for (const instruction of instructions) {
    const span = markedIn(instruction);
    if (span) return [problem(source, span)];
  }
  if (!problems.some(({ code }) => code === "syntax")) return [];
  for (const { kind, span } of tokens) {
    const match =
      kind === "comment" ? null : (anywhere.exec(sliceOf(source, span)) ?? opening.exec(sliceOf(source, span)));
    if (match)
      return [problem(source, { start: span.start + match.index, end: span.start + match.index + match[0].length })];
  }
  return [];
}

function markedIn({ keyword, args }: Instruction): Span | undefined {
  const match = marks[keyword]?.exec(args.text);
  return match ? args.toSourceSpan({ start: match.index, end: match.index + match[0].length }) : undefined;
}

function problem(source: string, span: Span): Problem {
  const text = sliceOf(source, span)
    .replace(/^[^{%<@]*(?=[{%<@])/, "")
    .replace(/\s+/g, " ");
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return { code: "template", message: `the file is a template: another program fills in ${shown} first`, span };
}
