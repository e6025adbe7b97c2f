import type { FileReport, ProofReport, ProofTotals, Totals } from "./types.ts";

export const noTotals: Totals = { files: 0, changed: 0, applied: 0, declined: 0, problems: 0 };

export function addTo(totals: Totals, { before, after, problems, outcomes }: FileReport): Totals {
  const count = (kind: string) => outcomes.filter((outcome) => outcome.kind === kind).length;
  return {
    files: totals.files + 1,
    changed: totals.changed + (before === after ? 0 : 1),
    applied: totals.applied + count("applied"),
    declined: totals.declined + count("declined"),
    problems: totals.problems + (problems.length > 0 ? 1 : 0),
  };
}

export const noProofs: ProofTotals = { files: 0, kept: 0, broken: 0, undecided: 0, problems: 0 };

export function addProof(totals: ProofTotals, { proof }: ProofReport): ProofTotals {
  const which = proof?.verdict ?? "problems";
  return { ...totals, files: totals.files + 1, [which]: totals[which] + 1 };
}
