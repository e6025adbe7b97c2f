import fc from "fast-check";
import { expect, test } from "vitest";
import { guiltyPlaces } from "../../src/engine/guilt.ts";
import { type LeaveOut, refit } from "../../src/pipeline/index.ts";
import { commentTransform } from "../harness/samples.ts";

const transforms = [
  commentTransform("first", (comment) => comment.replace("one", "ONE"), "order"),
  commentTransform("second", (comment) => comment.replace("two", "TWO"), "merge"),
];

/** Lines of comments that the transforms rewrite, some of which a proof would fail with. */
const lines = fc.array(fc.constantFrom("# one", "# two", "# one bad", "# two bad", "# none"), { maxLength: 24 });

test("the places that a proof fails with are found in the first step that has any", async () => {
  await fc.assert(
    fc.asyncProperty(lines, async (comments) => {
      const text = `FROM scratch\n${comments.join("\n")}\n`;
      const rewrite = (leaveOut: readonly LeaveOut[]) => refit(text, { transforms, leaveOut });
      const result = rewrite([]);
      const bad = (word: string) =>
        comments.flatMap((comment, index) => (comment === `# ${word} bad` ? [index + 2] : []));
      const guilty = bad("one").length > 0 ? bad("one") : bad("two");
      fc.pre(guilty.length > 0);

      let asked = 0;
      const found = await guiltyPlaces(result, {
        rewrite,
        whyNot: async (trial, steps) => {
          asked++;
          const after = steps.at(-1)?.after ?? trial.before;
          return /(ONE|TWO) bad/.test(after) ? "it is bad" : undefined;
        },
      });
      expect(found.map(({ at }) => at.line)).toEqual(guilty);
      expect(new Set(found.map(({ transform }) => transform)).size).toBe(1);
      expect(found[0]).toMatchObject({ why: "it is bad" });
      // Halving: each guilty place costs no more than the way down to it, twice.
      const places = comments.length;
      expect(asked).toBeLessThanOrEqual(3 + guilty.length * 2 * (Math.ceil(Math.log2(places + 1)) + 1));
    }),
  );
});
