import { Decline, defineTransform, knownBase, type Proposal, smallerThan } from "../../src/transform/index.ts";
import { editsOf } from "./compose.ts";
import { checkNeeds } from "./needs.ts";
import { type Runtime, runtimeOf } from "./runtime.ts";
import { variantFor } from "./variant.ts";

export default defineTransform<Runtime>({
  name: "slim-base",
  summary: "Run on a smaller image of the same family and version, so that compilers and headers stay out of the image",
  phase: "slim",
  promise: "same-runtime",
  status: "preview",
  since: "next",
  asked: true,
  needsProof: true,
  examples: ["node", "go"],

  *find(facts) {
    const runtime = runtimeOf(facts);
    const base = runtime && knownBase(runtime.image);
    if (runtime && base && smallerThan(base).length > 0) yield { at: runtime.stage.from.span, data: runtime };
  },

  rewrite({ data: runtime }, facts): Proposal {
    try {
      const variant = variantFor(runtime, facts);
      checkNeeds(runtime, variant, facts);
      return {
        edits: editsOf(runtime, variant, facts),
        why: `the container runs on ${variant.reference} in the place of ${runtime.image}: ${variant.note}`,
      };
    } catch (error) {
      if (error instanceof Decline) return { declined: error.message, code: error.code };
      throw error;
    }
  },
});
