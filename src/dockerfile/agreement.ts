import { createRequire } from "node:module";
import type * as DockerfileAst from "dockerfile-ast";
import type { Dockerfile, Instruction, Problem } from "./types.ts";

// A tenth of the start of the program, and most runs rewrite nothing.
const load = createRequire(import.meta.url);

/**
 * Asks dockerfile-ast for a second opinion: keyword, first and last line of each instruction. Where it sees something else, one of the
 * two is wrong, and the file is better left alone; empty where they agree. Costs more than parsing; asked before a file is first rewritten.
 */
export function agreement(dockerfile: Dockerfile): readonly Problem[] {
  const { DockerfileParser } = load("dockerfile-ast") as typeof DockerfileAst;
  const theirs = DockerfileParser.parse(dockerfile.source).getInstructions();
  const ours = dockerfile.instructions;
  for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
    const mine = ours[i];
    const other = theirs[i];
    const range = other?.getRange();
    if (mine && other && range) {
      const isLast = i === ours.length - 1;
      const agrees =
        mine.keyword === other.getKeyword() &&
        startLine(dockerfile, mine) === range.start.line &&
        // Behind the last instruction, a continuation that leads nowhere may or may not be counted to it.
        (endLine(dockerfile, mine) === range.end.line || (isLast && mine.lines.end === dockerfile.source.length));
      if (agrees) continue;
    }
    const start = mine?.span.start ?? dockerfile.lines.startOf(range?.start.line ?? 0);
    const seen =
      other && range ? `${other.getKeyword()} from line ${range.start.line + 1} to ${range.end.line + 1}` : "nothing";
    const message = `a second parser reads the file differently from here on: it sees ${seen}`;
    return [{ code: "disagreement", message, span: { start, end: mine?.keywordSpan.end ?? start } }];
  }
  return [];
}

function startLine({ lines }: Dockerfile, { span }: Instruction): number {
  return lines.lineOf(span.start);
}

function endLine({ lines }: Dockerfile, { span }: Instruction): number {
  return lines.lineOf(span.end);
}
