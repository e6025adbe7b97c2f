/** Parts of a file in the words of a report, and the lines they take. */
import type { Dockerfile, Instruction } from "../dockerfile/index.ts";
import type { ProjectCall } from "../image/index.ts";
import type { Step } from "../image/types.ts";
import type { Command } from "../shell/index.ts";
import { type Span, sliceOf } from "../text/index.ts";

/** A longer quotation hides the sentence around it. */
const MOST_QUOTED = 60;

/** What stands at `span` of the file, quoted, in one line. */
export function quoted({ source }: Dockerfile, span: Span): string {
  return `\`${inOneLine(sliceOf(source, span))}\``;
}

/** A command as its script has it, in one line, not quoted. */
export function commandText(command: Command, { script }: Step): string {
  return inOneLine(script?.source.text.slice(command.span.start, command.span.end) ?? "");
}

/** A command for people, as its script has it. */
export function saidCall({ invocation, step }: Pick<ProjectCall, "invocation" | "step">): string {
  return `\`${commandText(invocation.command, step)}\``;
}

/** A keyword in the case of letters of another one that the file has. */
export function inCaseOf(written: string, keyword: string): string {
  return written === written.toLowerCase() ? keyword.toLowerCase() : keyword;
}

function inOneLine(text: string): string {
  const line = text.replace(/\\?\r?\n\s*/g, " ");
  return line.length > MOST_QUOTED ? `${line.slice(0, MOST_QUOTED - 3)}...` : line;
}

/** An instruction with the comment lines directly above it: whole lines. */
export function blockOf(instruction: Instruction, { lines }: Dockerfile): Span {
  let first = lines.lineOf(instruction.lines.start);
  for (const comment of [...instruction.leading].reverse()) {
    if (lines.lineOf(comment.start) !== first - 1) break;
    first--;
  }
  return { start: lines.startOf(first), end: instruction.lines.end };
}

/** The blank line behind a block that has one before it as well: one of the two would be left alone. */
export function withBlankLine(source: string, { start, end }: Span): Span {
  const blank = /^[ \t]*\r?\n/.exec(source.slice(end))?.[0];
  return isBlankBefore(source, start) && blank !== undefined ? { start, end: end + blank.length } : { start, end };
}

/** Whether a blank line, or nothing at all, stands right above the line that begins at `at`. */
export function isBlankBefore(source: string, at: number): boolean {
  return /(^|\n)[ \t]*\r?\n$/.test(source.slice(0, at));
}
