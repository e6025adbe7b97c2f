import { type Span, sliceOf } from "../text/index.ts";
import type { Dockerfile, Keyword, Problem } from "./types.ts";

/** Marks of template languages: `{{ }}`, `{% %}`, `<%= %>`, `%%NAME%%`, `@NAME@`. */
const mark = /\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|<%.{0,200}?%>|%%\w{1,80}%%|@[A-Z][A-Z0-9_]{1,80}@/s;

/** Where the mark can't be a quoted format string, such as `docker inspect --format '{{.Id}}'` in a RUN. */
const plainKeywords: ReadonlySet<Keyword> = new Set<Keyword>(["FROM", "COPY", "ADD", "WORKDIR", "USER", "EXPOSE"]);

/**
 * A file to be filled in by another program is no Dockerfile yet. Marks tell so where they stand bare (FROM, COPY, ...), or
 * anywhere outside comments in a file that BuildKit refuses.
 */
export function templateProblems(
  { source, instructions, tokens }: Pick<Dockerfile, "source" | "instructions" | "tokens">,
  problems: readonly Problem[],
): Problem[] {
  if (!mark.test(source)) return [];
  const bare = instructions
    .filter(({ keyword }) => plainKeywords.has(keyword))
    .map(({ args }) => args.toSourceSpan({ start: 0, end: args.text.length }));
  const refused = problems.some(({ code }) => code === "syntax");
  const places = refused ? [...bare, ...tokens.filter(({ kind }) => kind !== "comment").map(({ span }) => span)] : bare;
  const place = places.find((span) => mark.test(sliceOf(source, span)));
  return place ? [problem(source, place)] : [];
}

function problem(source: string, place: Span): Problem {
  const match = mark.exec(sliceOf(source, place))!;
  const start = place.start + match.index;
  const text = match[0].replace(/\s+/g, " ");
  return {
    code: "template",
    message: `the file is a template: another program fills in ${text.length > 40 ? `${text.slice(0, 40)}…` : text} first`,
    span: { start, end: start + match[0].length },
  };
}
