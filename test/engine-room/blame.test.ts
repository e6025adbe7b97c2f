import fc from "fast-check";
import { expect, test } from "vitest";
import { blamed } from "../../src/engine/blame.ts";
import type { TargetProof } from "../../src/engine/types.ts";
import { judged } from "../../src/engine/verdict.ts";

/** Of a file that differs in these paths. */
function proofOf(paths: readonly number[]): TargetProof {
  return judged({
    ...{ target: "app", promise: "same-image", failure: undefined, identical: false, paths: 1, unsteady: [] },
    ...{ explained: [], added: [], behaviour: undefined, trace: undefined },
    differences: paths.map((path) => ({ at: `/${path}`, kind: "content", what: "content" })),
  });
}

/** A rewrite: for each step, its transform and the paths that it breaks. */
const rewrites = fc.array(fc.tuple(fc.constantFrom("one", "two", "three"), fc.uniqueArray(fc.nat(5))), {
  minLength: 1,
  maxLength: 8,
});

test("each difference is blamed on the transform that brought it first", async () => {
  await fc.assert(
    fc.asyncProperty(rewrites, async (rewrite) => {
      const steps = rewrite.map(([transform], index) => ({
        ...{ transform, promise: "same-image" as const, files: [], places: [], after: String(index) },
      }));
      const brokenBy = (last: number) => [...new Set(rewrite.slice(0, last + 1).flatMap(([, paths]) => paths))];
      let proofs = 0;
      const [proof] = await blamed([proofOf(brokenBy(steps.length - 1))], steps, async ({ after }) => {
        proofs++;
        return [proofOf(brokenBy(Number(after)))];
      });
      for (const { at, transform } of proof!.differences) {
        const first = rewrite.find(([, paths]) => paths.includes(Number(at.slice(1))));
        expect(transform).toBe(first![0]);
      }
      expect(proofs).toBeLessThan(steps.length);
    }),
  );
});

test("one transform alone is to blame without another build", async () => {
  const step = { transform: "one", promise: "same-image" as const, files: [], places: [], after: "" };
  const [proof] = await blamed([proofOf([1])], [step, step], () => Promise.reject(new Error("it was built")));
  expect(proof?.differences[0]?.transform).toBe("one");
});
