import {
  choices,
  defineTransform,
  type Facts,
  insertAt,
  type Proposal,
  parseReference,
} from "../../src/transform/index.ts";
import { frontendUses, imageUses } from "./uses.ts";
import type { Blocked, Pinnable } from "./word.ts";

const options = choices({
  syntax: { values: ["pin", "keep"], describe: "Whether `# syntax=` is pinned too, which also freezes its fixes" },
});

export default defineTransform<Pinnable | Blocked, { readonly syntax: "pin" | "keep" }>({
  name: "pin-images",
  summary:
    "Pin each image to the digest that its tag names now, so that the same file always builds on the same images",
  phase: "pin",
  promise: "same-image",
  status: "preview",
  since: "next",
  examples: ["from", "arg-default", "copy-and-mount"],
  options,

  *find({ dockerfile, stages }, { syntax }) {
    if (syntax === "pin") yield* frontendUses(dockerfile);
    // Two FROMs may name one image through one ARG; its default is pinned once.
    const ends = new Set<number>();
    for (const use of imageUses(dockerfile, stages)) {
      if ("end" in use.data && ends.has(use.data.end)) continue;
      if ("end" in use.data) ends.add(use.data.end);
      yield use;
    }
  },

  rewrite: ({ data }, facts) => ("declined" in data ? data : (ownContext(data, facts) ?? pin(data, facts.digests))),
});

/** A build may give a name a context of its own instead of an image (BuildKit, frontend/dockerui/namedcontext.go); with a digest it would not. */
function ownContext({ reference }: Pinnable, { namedContexts }: Facts): Proposal | undefined {
  const build = namedContexts.get(reference) ?? namedContexts.get(reference.replace(/:latest$/, ""));
  if (build === undefined) return undefined;
  return { declined: `${build} gives \`${reference}\` a context of its own, which is no image`, code: "named-context" };
}

function pin({ reference, end }: Pinnable, digests: Facts["digests"]): Proposal {
  const tag = parseReference(reference)?.tag;
  const resolution = digests.get(reference);
  if (resolution === undefined) {
    return { declined: `the digest of \`${reference}\` is not known, since no registry was asked`, code: "not-asked" };
  }
  if ("unresolved" in resolution) {
    return { declined: `the digest of \`${reference}\` is not known: ${resolution.unresolved}`, code: "unresolved" };
  }
  return {
    // An image without a tag is `latest`; saying so tells people and update bots which tag the digest is of.
    edits: [insertAt(end, `${tag === undefined ? ":latest" : ""}@${resolution.digest}`)],
    why: `\`${reference}\` is pinned to what it names now, so that a later build gets the same image`,
  };
}
