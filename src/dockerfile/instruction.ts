import type { Command } from "./command.ts";
import { trimmedEnd } from "./go-text.ts";
import type { Heredoc, Instruction, Keyword } from "./types.ts";

/** What surrounds an instruction. */
export type Frame = Pick<Instruction, "lines" | "comments" | "leading" | "heredocs">;

/** The instruction that a command is, with the one behind ONBUILD. */
export function instructionOf(command: Command, keyword: Keyword, frame: Frame): Instruction {
  const { keywordSpan, escape: escapeChar, flags, args, json, trigger } = command;
  return {
    keyword,
    span: { start: keywordSpan.start, end: endOf(command, frame.heredocs) },
    ...frame,
    keywordSpan,
    escape: escapeChar,
    flags,
    args,
    json:
      json.kind === "strings"
        ? json.strings.map(({ value, start, end }) => ({ value, span: args.toSourceSpan({ start, end }) }))
        : undefined,
    trigger: trigger?.keyword && instructionOf(trigger, trigger.keyword, frame),
  };
}

function endOf({ line }: Command, heredocs: readonly Heredoc[]): number {
  const text = line.toSourceSpan({ start: 0, end: trimmedEnd(line.text) });
  return Math.max(text.end, heredocs.at(-1)?.terminator.end ?? 0);
}
