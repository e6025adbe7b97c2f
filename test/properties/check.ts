import fc from "fast-check";
import { compare, THOROUGH, type Verdict } from "../../src/promises/index.ts";
import type { PromiseName } from "../../src/promises/types.ts";
import { applyEdits } from "../../src/text/index.ts";
import type { Transform } from "../../src/transform/index.ts";
import { type Case, factsOfCase, rewritten } from "../generators/case.ts";

/** In CI each property runs over so many cases; locally over a tenth, to stay quick. */
export const CASES = process.env.CI ? 2_000 : 200;

export interface Tally {
  /** Rewrites that were checked: a property that saw none has proved nothing. */
  rewrites: number;
}

/** The property: every rewrite that `transform` proposes anywhere in the case keeps its promise, each one alone and all that it can at once. */
export function keepsItsPromise(transform: Transform, cases: fc.Arbitrary<Case>, tally: Tally) {
  return fc.property(cases, (one) => {
    const before = factsOfCase(one);
    if (before.dockerfile.problems.length > 0) return;
    const options = transform.options?.defaults;
    for (const place of transform.find(before, options)) {
      const proposal = transform.rewrite(place, before, options);
      if ("declined" in proposal) continue;
      tally.rewrites++;
      const text = applyEdits(before.dockerfile.source, proposal.edits);
      const after = rewritten(before, text);
      if (after.dockerfile.problems.length > 0) throw new Error(`${after.dockerfile.problems[0]!.message} in\n${text}`);
      const effort = { ...THOROUGH, wherever: proposal.wherever ?? false };
      explain(compare(before, after, transform.promise, effort), transform.promise, text);
    }
  });
}

export function explain(verdict: Verdict, promise: PromiseName, text: string): void {
  if (verdict.kind === "kept") return;
  const why = verdict.kind === "broken" ? verdict.differences.join("\n  ") : verdict.reason;
  throw new Error(`${promise} is ${verdict.kind}:\n  ${why}\nafter the rewrite to\n${text}`);
}
