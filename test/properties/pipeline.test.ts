/** All transforms together over generated files: the result keeps the weakest promise that any of them gave, and no gate had to refuse. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import type { Resolution } from "../../src/image/index.ts";
import { refit } from "../../src/pipeline/index.ts";
import { compare, THOROUGH } from "../../src/promises/index.ts";
import { transforms } from "../../transforms/index.ts";
import { type Case, factsOfCase, rewritten } from "../generators/case.ts";
import { dockerfiles } from "../generators/dockerfiles.ts";
import { imageUses, nodeApps, nodeProjects, otherProjects } from "../generators/projects.ts";
import { CASES, explain } from "./check.ts";

const cases = fc.oneof(
  dockerfiles.map((text): Case => ({ text })),
  imageUses,
  nodeApps,
  nodeProjects,
  otherProjects,
);

function pipelineOver({ text, files, digests = {} }: Case, level: "safe" | "standard") {
  const resolutions = new Map<string, Resolution>(Object.entries(digests).map(([name, digest]) => [name, { digest }]));
  // Strict: a proposal that the gate refuses throws.
  return refit(text, { transforms, context: files && memoryContext(files), digests: resolutions, level, strict: true });
}

for (const [level, promise] of [
  ["safe", "same-image"],
  ["standard", "same-runtime"],
] as const) {
  test(`the whole pipeline at level ${level} keeps ${promise} in ${CASES} generated cases`, () => {
    let changed = 0;
    const property = fc.property(cases, (one) => {
      const result = pipelineOver(one, level);
      if (result.after === one.text) return;
      changed++;
      const before = factsOfCase(one);
      const split = result.outcomes.some(({ kind, transform }) => kind === "applied" && transform === "split-builder");
      const kept = split ? promise : "same-image";
      explain(compare(before, rewritten(before, result.after), kept, THOROUGH), kept, result.after);
    });
    fc.assert(property, { numRuns: CASES });
    expect(changed).toBeGreaterThan(CASES / 10);
  });
}
