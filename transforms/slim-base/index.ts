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
import { hasJava } from "./linked.ts";
import { checkNeeds } from "./needs.ts";
import { type Runtime, runtimeOf } from "./runtime.ts";
import { type Goal, type Options, variantFor } from "./variant.ts";

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
    jlink: {
      each: /^\w+(\.\w+)*$/,
      of: "modules",
      describe: "modules to link a Java of, which takes the place of the whole one",
    },
  }),

  *find(facts, options) {
    const runtime = runtimeOf(facts);
    const base = runtime && knownBase(runtime.image);
    const variants = base ? smallerThan(base) : [];
    const links = runtime !== undefined && options.jlink.length > 0 && hasJava(runtime);
    if (!runtime || (variants.length === 0 && !links)) return;
    const { from } = runtime.stage;
    if (variants.length > 0) yield { at: from.span, data: propose(runtime, "distribution", facts, options) };
    // A place of its own, so that the other is left where a proof refuses it.
    const at = fromView(from)!.image.span;
    if (links) yield { at, data: propose(runtime, "linked", facts, options) };
    if (options.static !== "scratch" || !variants.some(({ reference }) => reference === "scratch")) return;
    const alone = propose(runtime, "scratch", facts, options);
    if (isOnScratch(alone)) yield { at, data: alone };
  },

  // Whether there is a place is known by what is proposed for it.
  rewrite: ({ data }) => data,
});

function propose(runtime: Runtime, goal: Goal, facts: Facts, options: Options): Proposal {
  try {
    const variant = variantFor(runtime, facts, goal, options);
    checkNeeds(runtime, variant, facts);
    return {
      edits: editsOf(runtime, variant, facts, options),
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
