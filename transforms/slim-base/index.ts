import {
  choices,
  Decline,
  defineTransform,
  type Facts,
  fromView,
  knownBase,
  type Proposal,
  smallerThan,
} from "../../src/transform/index.ts";
import { editsOf } from "./compose.ts";
import { checkNeeds } from "./needs.ts";
import { type Runtime, runtimeOf } from "./runtime.ts";
import { type Options, variantFor } from "./variant.ts";

export default defineTransform<Proposal, Options>({
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

  *find(facts, options) {
    const runtime = runtimeOf(facts);
    const base = runtime && knownBase(runtime.image);
    const variants = base ? smallerThan(base) : [];
    if (!runtime || variants.length === 0) return;
    const { from } = runtime.stage;
    yield { at: from.span, data: propose(runtime, "distribution", facts, options) };
    // A place of its own, so that the other is left where a proof refuses it.
    if (options.static !== "scratch" || !variants.some(({ reference }) => reference === "scratch")) return;
    const alone = propose(runtime, "scratch", facts, options);
    if (isOnScratch(alone)) yield { at: fromView(from)!.image.span, data: alone };
  },

  // Whether there is a place is known by what is proposed for it.
  rewrite: ({ data }) => data,
});

function propose(runtime: Runtime, goal: Options["static"], facts: Facts, options: Options): Proposal {
  try {
    const variant = variantFor(runtime, facts, goal, options);
    checkNeeds(runtime, variant, facts);
    return {
      edits: editsOf(runtime, variant, facts),
      why: `the container runs on ${variant.reference} in the place of ${runtime.image}: ${variant.note}`,
    };
  } catch (error) {
    if (error instanceof Decline) return { declined: error.message, code: error.code };
    throw error;
  }
}

function isOnScratch(proposal: Proposal): boolean {
  return "edits" in proposal && proposal.edits.some(({ text }) => text === "scratch");
}
