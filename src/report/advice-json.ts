/** `refit advise --format json`. Its shape is public: docs/json-output.md. */
import type { Advice, AdvisedBase, BaseUse } from "./advice.ts";
import { placedProblem } from "./json-parts.ts";
import type { FileReport } from "./types.ts";

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
const version = 1;

export function adviceJson(advice: Advice, failed: readonly Pick<FileReport, "path" | "problems">[]): string {
  const { today, knownOn, dockerfiles, bases, unresolved } = advice;
  const stages = bases.reduce((sum, { uses }) => sum + uses.length, unresolved.length);
  const document = {
    version,
    today,
    knownOn,
    bases: bases.map(baseOf),
    unresolved: unresolved.map(useOf),
    problems: failed.map(({ path, problems }) => ({ path, problems: problems.map(placedProblem) })),
    totals: { dockerfiles, stages, bases: bases.length, problems: failed.length },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function baseOf({ reference, pinning, known, support, deprecation, smaller, dockerfiles, uses }: AdvisedBase) {
  return {
    reference,
    dockerfiles,
    stages: uses.length,
    pinning,
    family: known?.family.name ?? null,
    version: known?.version ?? null,
    distribution: known?.distribution
      ? { name: known.distribution.name, version: known.distribution.version ?? null }
      : null,
    libc: known?.libc ?? null,
    packageManager: known?.packageManager ?? null,
    user: known?.user ?? null,
    support: support.map(({ handover, ...each }) => ({ ...each, handover: handover ?? null })),
    deprecated: deprecation ?? null,
    smaller,
    uses: uses.map(useOf),
  };
}

function useOf({ path, line, written }: BaseUse) {
  return { path, line, written };
}
