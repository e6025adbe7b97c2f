/** The edit: manifests and the download, before the COPY of the sources. */
import {
  blockOf,
  copyLines,
  type Dockerfile,
  type Edit,
  insertAt,
  remove,
  sliceOf,
} from "../../src/transform/index.ts";
import type { Ahead } from "./plan.ts";

export function editsOf(ahead: Ahead, dockerfile: Dockerfile): Edit[] {
  const { before, call, manifests, context } = ahead;
  const { source, eol } = dockerfile;
  const { instruction } = before;
  const copies = manifests.map(({ copy, files }) => copyLines(copy, files, context, dockerfile)).join("");
  const run = call.step.instruction;
  const keyword = sliceOf(source, run.keywordSpan);
  const indent = sliceOf(source, { start: run.lines.start, end: run.keywordSpan.start });
  const script = ahead.head ? `${ahead.head.text} && ${ahead.line.script}` : ahead.line.script;
  return [
    insertAt(
      blockOf(instruction, dockerfile).start,
      `${copies}${/^\s*$/.test(indent) ? indent : ""}${[keyword, ...ahead.line.flags, script].join(" ")}${eol}`,
    ),
    ...(ahead.head ? [remove(ahead.head.span)] : []),
  ];
}
