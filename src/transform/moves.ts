/** Instructions that move within a file, whole lines at a time, with their comments and in the style of the blank lines around. */
import type { Dockerfile, Instruction } from "../dockerfile/index.ts";
import { type Edit, insertAt, replace, type Span, sliceOf } from "../text/index.ts";
import { blockOf } from "./words.ts";

/** Blocks that stand together, without blank lines between. */
interface Unit {
  readonly span: Span;
  /** Of the blank lines above it; empty where there are none. */
  readonly above: Span;
  readonly isBlankBelow: boolean;
}

/** Moves `moved` (in the order of the file) to right above `anchor` and its comments. */
export function moveAbove(dockerfile: Dockerfile, moved: readonly Instruction[], anchor: Instruction): Edit[] {
  const units = unitsOf(dockerfile, moved);
  const at = blockOf(anchor, dockerfile).start;
  const isApart = units.some(({ above }) => above.end > above.start);
  const lead = isApart && !isBlankAbove(dockerfile, at) ? dockerfile.eol : "";
  const text = textOf(dockerfile, units);
  // A comment that heads a paragraph goes on doing so.
  const isHeaded = at < anchor.lines.start && isBlankAbove(dockerfile, at);
  return [...removed(dockerfile, units), insertAt(at, `${lead}${text}${isApart || isHeaded ? dockerfile.eol : ""}`)];
}

/** Moves `moved` (in the order of the file) to right below `anchor`. */
export function moveBelow(dockerfile: Dockerfile, moved: readonly Instruction[], anchor: Instruction): Edit[] {
  const units = unitsOf(dockerfile, moved);
  const { source, eol } = dockerfile;
  const at = anchor.lines.end;
  const isApart = units.some(({ above }) => above.end > above.start);
  const isLast = at === source.length && !source.endsWith("\n");
  const text = `${isLast ? eol : ""}${isApart ? eol : ""}${textOf(dockerfile, units)}`;
  const isFollowed = isApart && at < source.length && !isBlank(dockerfile, at);
  return [
    ...removed(dockerfile, units),
    insertAt(at, isLast ? text.replace(/\r?\n$/, "") : `${text}${isFollowed ? eol : ""}`),
  ];
}

function unitsOf(dockerfile: Dockerfile, moved: readonly Instruction[]): Unit[] {
  const spans: Span[] = [];
  for (const block of moved.map((instruction) => blockOf(instruction, dockerfile))) {
    const last = spans.at(-1);
    if (last?.end === block.start) spans[spans.length - 1] = { start: last.start, end: block.end };
    else spans.push(block);
  }
  return spans.map((span) => ({
    span,
    above: { start: blankStart(dockerfile, span.start), end: span.start },
    isBlankBelow: span.end >= dockerfile.source.length || isBlank(dockerfile, span.end),
  }));
}

/** Of two stretches of blank lines around a unit that goes, one stays. A file that ends without a line end goes on doing so. */
function removed({ source }: Dockerfile, units: readonly Unit[]): Edit[] {
  const cuts: Span[] = [];
  for (const { span, above, isBlankBelow } of units) {
    const start = isBlankBelow ? above.start : span.start;
    const last = cuts.at(-1);
    if (last?.end === start) cuts[cuts.length - 1] = { start: last.start, end: span.end };
    else cuts.push({ start, end: span.end });
  }
  return cuts.map(({ start, end }) => {
    const isOpen = end === source.length && !source.endsWith("\n");
    const lineEnd = isOpen ? (/\r?\n$/.exec(source.slice(0, start))?.[0].length ?? 0) : 0;
    return replace({ start: start - lineEnd, end }, "");
  });
}

function textOf({ source, eol }: Dockerfile, units: readonly Unit[]): string {
  return units
    .map(({ span, above }, index) => {
      const text = sliceOf(source, span);
      return `${index > 0 && above.end > above.start ? eol : ""}${text.endsWith("\n") ? text : `${text}${eol}`}`;
    })
    .join("");
}

/** Where the blank lines right above `at` begin. */
function blankStart({ lines, source }: Dockerfile, at: number): number {
  let line = lines.lineOf(at);
  while (line > 0 && source.slice(lines.startOf(line - 1), lines.startOf(line)).trim() === "") line--;
  return lines.startOf(line);
}

function isBlankAbove(dockerfile: Dockerfile, at: number): boolean {
  return at === 0 || blankStart(dockerfile, at) < at;
}

function isBlank({ lines, source }: Dockerfile, at: number): boolean {
  const line = lines.lineOf(at);
  return line + 1 < lines.count && source.slice(at, lines.startOf(line + 1)).trim() === "";
}
