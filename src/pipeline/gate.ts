import { withTexts } from "../context/index.ts";
import { parseDockerfile } from "../dockerfile/index.ts";
import { factsOf, unknownText } from "../image/index.ts";
import type { Facts } from "../image/types.ts";
import { compare, type Effort, QUICK } from "../promises/index.ts";
import type { PromiseName } from "../promises/types.ts";
import { applyEdits, type Edit, type Span } from "../text/index.ts";
import type { FileEdits } from "../transform/types.ts";
import type { Use } from "./types.ts";

/** A proposal that waits for the gate. */
export interface Candidate {
  readonly at: Span;
  readonly edits: readonly Edit[];
  readonly files?: readonly FileEdits[];
  readonly why: string;
  readonly wherever?: boolean;
}

export type Refusal =
  | { readonly kind: "broken"; readonly reason: string }
  | { readonly kind: "undecided"; readonly reason: string }
  /** The promise holds for a plain build, but not for one of the others. */
  | { readonly kind: "use"; readonly reason: string };

export interface Passage {
  /** Facts of the text with everything taken. */
  readonly facts: Facts;
  readonly taken: readonly Candidate[];
  readonly refused: readonly { readonly candidate: Candidate; readonly refusal: Refusal }[];
  /** Overlap one that was taken. */
  readonly deferred: readonly Candidate[];
}

/**
 * Lets through the candidates that keep `promise`, those first that come first in the file. All edits are in the text of `base`.
 * Candidates that don't overlap are tried together, and halved only when that fails: a file of thousands of places is parsed a few
 * times, not thousands.
 */
export function passGate(
  base: Facts,
  candidates: readonly Candidate[],
  promise: PromiseName,
  uses: readonly Use[] = [],
): Passage {
  const taken: Candidate[] = [];
  const refused: { candidate: Candidate; refusal: Refusal }[] = [];
  const deferred: Candidate[] = [];
  let facts = base;

  function attempt(batch: readonly Candidate[]): void {
    const trial = tryOn(base, [...taken, ...batch], promise, uses);
    if ("facts" in trial) {
      taken.push(...batch);
      facts = trial.facts;
    } else if (batch.length === 1) {
      refused.push({ candidate: batch[0]!, refusal: trial });
    } else {
      attempt(batch.slice(0, batch.length >> 1));
      attempt(batch.slice(batch.length >> 1));
    }
  }

  let waiting = [...candidates].sort((a, b) => reach(a).start - reach(b).start);
  while (waiting.length > 0) {
    const { apart, rest } = separate(waiting);
    attempt(apart);
    const clashes = (candidate: Candidate) => taken.some((other) => touch(reach(candidate), reach(other)));
    deferred.push(...rest.filter(clashes));
    waiting = rest.filter((candidate) => !clashes(candidate));
  }
  return { facts, taken, refused, deferred };
}

function tryOn(
  base: Facts,
  candidates: readonly Candidate[],
  promise: PromiseName,
  uses: readonly Use[],
): { facts: Facts } | Refusal {
  const { source } = base.dockerfile;
  const edits = candidates.flatMap((candidate) => candidate.edits);
  const dockerfile = parseDockerfile(applyEdits(source, edits));
  if (dockerfile.source === source) return { kind: "broken", reason: "the proposal changes nothing" };
  const problem = dockerfile.problems[0];
  if (problem) {
    const { line } = dockerfile.lines.position(problem.span.start);
    return { kind: "broken", reason: `the result has a problem in line ${line}: ${problem.message}` };
  }
  const facts = factsOf(dockerfile, base);
  const effort: Effort = { ...QUICK, wherever: candidates.some(({ wherever }) => wherever) };
  const verdict = compare(base, facts, promise, effort);
  switch (verdict.kind) {
    case "kept":
      return refusalOf(uses, base, facts, promise, effort) ?? withFiles(base, facts, candidates, uses);
    case "broken":
      return { kind: "broken", reason: `${promise} would not hold: ${verdict.differences.join("; ")}` };
    case "undecided":
      return { kind: "undecided", reason: verdict.reason };
  }
}

/**
 * Facts with the edits of other files. The model has looked at the Dockerfile over the files as they were: what an edit of a toolchain's
 * configuration does to its build, the transform knows, and a proof with an engine shows.
 */
function withFiles(
  base: Facts,
  facts: Facts,
  candidates: readonly Candidate[],
  uses: readonly Use[],
): { facts: Facts } | Refusal {
  const { context } = base;
  const files = candidates.flatMap((candidate) => candidate.files ?? []);
  if (files.length === 0 || context === undefined) return { facts };
  const elsewhere = uses.find((use) => use.context !== context);
  if (elsewhere)
    return {
      kind: "use",
      reason: `${elsewhere.name} builds this file too, over another folder than ${files[0]!.path} lies in`,
    };
  const texts = new Map(files.map(({ path, before, edits }) => [path, applyEdits(before, edits)]));
  return { facts: factsOf(facts.dockerfile, { ...facts, context: withTexts(context, texts) }) };
}

/** Of the first build for which the promise would not hold. */
function refusalOf(
  uses: readonly Use[],
  base: Facts,
  facts: Facts,
  promise: PromiseName,
  effort: Effort,
): Refusal | undefined {
  for (const { name, context, args } of uses) {
    const values = new Map([...args].map(([arg, value]) => [arg, value ?? unknownText("argument of a build", arg)]));
    const verdict = compare(
      factsOf(base.dockerfile, { ...base, context }),
      factsOf(facts.dockerfile, { ...facts, context }),
      promise,
      values.size > 0 ? { ...effort, arguments: values } : effort,
    );
    if (verdict.kind === "broken")
      return {
        kind: "use",
        reason: `${name} builds this file too, where ${promise} would not hold: ${verdict.differences[0]}`,
      };
    if (verdict.kind === "undecided")
      return { kind: "use", reason: `${name} builds this file too, where nothing is known: ${verdict.reason}` };
  }
  return undefined;
}

/** Greedy: the first of the sorted candidates, and each that begins after all chosen before it. */
function separate(sorted: readonly Candidate[]): { apart: Candidate[]; rest: Candidate[] } {
  const apart: Candidate[] = [];
  const rest: Candidate[] = [];
  let last: Span | undefined;
  for (const candidate of sorted) {
    const span = reach(candidate);
    if (last && touch(last, span)) rest.push(candidate);
    else {
      apart.push(candidate);
      last = span;
    }
  }
  return { apart, rest };
}

/** Everything between a candidate's first and last edit: what lies between them is what the transform looked at. */
function reach({ edits, at }: Candidate): Span {
  let { start, end } = edits[0]?.span ?? at;
  for (const { span } of edits) {
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  }
  return { start, end };
}

/** Overlap, or two insertions in one place, whose order nobody could tell. */
function touch(a: Span, b: Span): boolean {
  return (a.start < b.end && b.start < a.end) || a.start === b.start;
}
