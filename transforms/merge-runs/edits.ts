/** From a plan of how scripts join to edits of the file. */
import {
  type Dockerfile,
  type Edit,
  insertAt,
  type Join,
  lineBreak,
  type Part,
  replace,
  type Span,
  type Step,
  type Style,
  sliceOf,
} from "../../src/transform/index.ts";

/** The RUNs of one group with their places in the joined script. */
export interface Group {
  readonly steps: readonly Step[];
  readonly join: Join;
}

/** Edits that put RUNs of shell text into the first of them. */
export function textEdits(dockerfile: Dockerfile, { steps, join }: Group, style: Style): readonly Edit[] {
  const { source } = dockerfile;
  const between = writerOf(dockerfile, join, style);
  const edits: Edit[] = [];
  const [first] = join.parts as readonly [Part];
  if (first.open) edits.push(insertAt(first.script.source.toSource(first.openAt), first.open));
  /** The last part that stays where it is, and what is put behind it. */
  let anchor = 0;
  let tail = "";
  for (let at = 1; at < steps.length; at++) {
    const [left, right] = [steps[at - 1] as Step, steps[at] as Step];
    const [before, part] = [join.parts[at - 1] as Part, join.parts[at] as Part];
    const kept = sourceSpan(part);
    const stays = anchor === at - 1 && right.index === left.index + 1;
    const comments = [
      ...commentOf(before),
      ...left.instruction.comments.filter(({ start }) => start >= sourceSpan(before).end),
      ...right.instruction.leading,
      ...right.instruction.comments.filter(({ end }) => end <= kept.start),
      ...(stays || at < steps.length - 1 ? [] : commentOf(part)),
    ];
    const glue = between(before, part, comments);
    if (stays) {
      edits.push(replace({ start: sourceSpan(before).end, end: kept.start }, glue));
      anchor = at;
      continue;
    }
    // Something stands between: this step moves up to the anchor, and its own lines go.
    tail += glue + sliceOf(source, kept);
    const previous = right.stage.steps[right.index - 1] as Step;
    edits.push(replace({ start: previous.instruction.span.end, end: right.instruction.span.end }, ""));
  }
  const last = join.parts.at(-1) as Part;
  const anchored = sourceSpan(join.parts[anchor] as Part).end;
  if (tail === "") edits.push(insertAt(anchored, last.close));
  else edits.push(replace({ start: anchored, end: (steps[anchor] as Step).instruction.span.end }, tail + last.close));
  return edits.filter(({ span, text }) => text !== "" || span.end > span.start);
}

/** What ends a heredoc's step where no `set -e` does: the lines after it run only if its last command succeeded. */
const OR_EXIT = " || exit";

/** Edits that put the bodies of heredocs into the first of them. */
export function heredocEdits(dockerfile: Dockerfile, { steps, join }: Group): readonly Edit[] {
  const { source, eol } = dockerfile;
  const edits: Edit[] = [];
  let bodies = "";
  for (const [at, { instruction, stage, index }] of steps.entries()) {
    const exit = join.separator === "&&" && at < steps.length - 1 ? OR_EXIT : "";
    const end = sourceSpan(join.parts[at] as Part).end;
    const body = instruction.heredocs[0]?.body as Span;
    if (at === 0) {
      if (exit) edits.push(insertAt(end, exit));
      continue;
    }
    for (const comment of instruction.leading) bodies += sliceOf(source, comment).trim() + eol;
    if (join.parts[at]?.refreshed) bodies += `hash -r${eol}`;
    bodies += source.slice(body.start, end) + exit + source.slice(end, body.end);
    const previous = stage.steps[index - 1] as Step;
    edits.push(replace({ start: previous.instruction.span.end, end: instruction.span.end }, ""));
  }
  const terminator = steps[0]?.instruction.heredocs[0]?.terminator.start as number;
  return [...edits, insertAt(terminator, bodies)];
}

/** Whether a line of a later body would end the first heredoc. */
export function delimiterClash({ steps }: Group): boolean {
  const first = steps[0]?.instruction.heredocs[0];
  const ends = (line: string) => (first?.chomp ? line.replace(/^\t+/, "") : line) === first?.name;
  return steps.slice(1).some(({ instruction }) => instruction.heredocs[0]?.content.split(/\r?\n/).some(ends));
}

/** A shell comment at the end of a script, which becomes a line of its own. */
function commentOf({ script, comment }: Part): readonly Span[] {
  return comment ? [script.source.toSourceSpan(comment)] : [];
}

function sourceSpan({ script, span }: Part): Span {
  return script.source.toSourceSpan(span);
}

/** Writes what stands between two joined steps, in the file's own style. */
function writerOf(dockerfile: Dockerfile, { separator }: Join, style: Style) {
  const { eol, source } = dockerfile;
  const { indent } = style;
  const { end, start } = lineBreak(dockerfile, style, separator);
  return (left: Part, right: Part, comments: readonly Span[]): string => {
    const lines = comments.map((comment) => indent + sliceOf(source, comment).trim() + eol).join("");
    const refresh = right.refreshed ? `${indent}${start}hash -r${end}` : "";
    return `${left.close}${end}${refresh}${lines}${indent}${start}${right.open}`;
  };
}
