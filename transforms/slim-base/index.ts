import { choices, Decline, defineTransform, knownBase, type Proposal, smallerThan } from "../../src/transform/index.ts";
import { editsOf } from "./compose.ts";
import { checkNeeds } from "./needs.ts";
import { type Runtime, runtimeOf } from "./runtime.ts";
import { type Options, variantFor } from "./variant.ts";

export default defineTransform<Runtime, Options>({
  name: "slim-base",
  summary: "Run on a smaller image of the same family and version, so that compilers and headers stay out of the image",
  phase: "slim",
  promise: "same-runtime",
  status: "preview",
  since: "next",
  asked: true,
  needsProof: true,
  examples: ["node", "go"],
  options: choices({
    static: {
      values: ["scratch", "distribution"],
      describe: "where a static program goes that starts no other and reads no file of a distribution",
    },
  }),

  *find(facts) {
    const runtime = runtimeOf(facts);
    const base = runtime && knownBase(runtime.image);
    if (runtime && base && smallerThan(base).length > 0) yield { at: runtime.stage.from.span, data: runtime };
  },

  rewrite({ data: runtime }, facts, options): Proposal {
    try {
      const variant = variantFor(runtime, facts, options);
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
