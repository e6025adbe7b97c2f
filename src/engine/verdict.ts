import type { Difference, ProofVerdict, TargetProof } from "./types.ts";

/** All that one target shows to be different. */
export function differencesOf({
  differences,
  behaviour,
  trace,
}: Omit<TargetProof, "verdict" | "reason">): Difference[] {
  return [...differences, ...(behaviour?.differences ?? []), ...(trace?.differences ?? [])];
}

/**
 * A difference breaks the promise. Without one it is undecided when nothing could be compared, or when a path differs for which no
 * rule says that it may: the rewrite may hide behind it. What could not be run or traced does not matter to a promise about files.
 */
export function judged(proof: Omit<TargetProof, "verdict" | "reason">): TargetProof {
  const reason = reasonOf(proof);
  if (differencesOf(proof).length > 0) return { ...proof, verdict: "broken", reason: undefined };
  return { ...proof, verdict: reason === undefined ? "kept" : "undecided", reason };
}

const mostNamed = 3;

function reasonOf({ failure, unsteady }: Omit<TargetProof, "verdict" | "reason">): string | undefined {
  if (failure !== undefined) return `the original does not build: ${failure}`;
  const paths = unsteady.filter(({ rule }) => rule === undefined).map(({ at }) => at);
  if (paths.length === 0) return undefined;
  const more = paths.length - mostNamed;
  const named = `${paths.slice(0, mostNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return `two builds of the original itself differ in ${named}`;
}

/** One broken target breaks the proof, and one undecided leaves it so. */
export function overall(targets: readonly TargetProof[]): ProofVerdict {
  const has = (verdict: ProofVerdict) => targets.some((target) => target.verdict === verdict);
  return has("broken") ? "broken" : has("undecided") ? "undecided" : "kept";
}
