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

export default defineTransform<Way, Options>({
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
    if (!runtime || !base || smallerThan(base).length === 0) return;
    const { from } = runtime.stage;
    yield { at: from.span, data: { runtime, goal: "distribution" } };
    // A place of its own, so that the other is left where a proof refuses it.
    const alone = { runtime, goal: "scratch" } as const;
    if (options.static === "scratch" && isOnScratch(propose(alone, facts, options)))
      yield { at: fromView(from)!.image.span, data: alone };
  },

  rewrite: ({ data }, facts, options) => propose(data, facts, options),
});

interface Way {
  readonly runtime: Runtime;
  readonly goal: Options["static"];
}

function propose({ runtime, goal }: Way, facts: Facts, options: Options): Proposal {
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
