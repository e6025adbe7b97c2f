/** A Dockerfile thought of with some of its RUNs cut in two, to be looked at part by part. */
import { parseDockerfile } from "../dockerfile/index.ts";
import { applyEdits, type Edit, originOf, replace, type Span, sliceOf } from "../text/index.ts";
import { factsOf } from "./facts.ts";
import type { Facts, Step } from "./types.ts";

/** A RUN, and the text between two of its commands, in the file. */
export interface Cut {
  readonly step: Step;
  readonly between: Span;
}

export interface CutFile {
  readonly facts: Facts;
  /** The place in the file of an offset in the text that `facts` speak of; undefined inside a RUN that is cut. */
  inFile(offset: number): number | undefined;
}

/** `facts` of the file that has a RUN of its own, with the same flags, behind each of `cuts`, which are sorted. */
export function cutRuns(facts: Facts, cuts: readonly Cut[]): CutFile {
  const { source, eol } = facts.dockerfile;
  const edits = cuts.map(({ step: { instruction }, between }): Edit => {
    const head = { start: instruction.span.start, end: instruction.args.toSource(0) };
    return replace(between, `${eol}${sliceOf(source, head)}`);
  });
  const runs = cuts.map(({ step }) => step.instruction.span);
  return {
    facts: factsOf(parseDockerfile(applyEdits(source, edits)), facts),
    inFile(offset) {
      const at = originOf(edits, offset);
      return runs.some(({ start, end }) => start < at && at < end) ? undefined : at;
    },
  };
}
