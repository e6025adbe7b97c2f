/** All transforms together over generated files: the result keeps the weakest promise that any of them gave, and no gate had to refuse. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import type { Resolution } from "../../src/image/index.ts";
import { type Outcome, refit } from "../../src/pipeline/index.ts";
import { compare, THOROUGH } from "../../src/promises/index.ts";
import type { PromiseName } from "../../src/promises/types.ts";
import { transforms } from "../../transforms/index.ts";
import { type Case, factsOfCase, rewritten } from "../generators/case.ts";
import { dockerfiles } from "../generators/dockerfiles.ts";
import { ecosystemProjects } from "../generators/ecosystems.ts";
import { imageUses, nodeApps, nodeProjects, otherProjects } from "../generators/projects.ts";
import { CASES, explain } from "./check.ts";

const cases = fc.oneof(
  dockerfiles.map((text): Case => ({ text })),
  imageUses,
  nodeApps,
  nodeProjects,
  otherProjects,
  { weight: 2, arbitrary: ecosystemProjects },
);

/** Milliseconds: many cases on a busy machine take longer than other tests may. */
const PATIENCE = 900_000;

/** From the strongest to the weakest. */
const PROMISES: readonly PromiseName[] = ["same-image", "same-image-less-caches", "same-runtime"];

function pipelineOver({ text, files, digests = {} }: Case, level: "safe" | "standard") {
  const resolutions = new Map<string, Resolution>(Object.entries(digests).map(([name, digest]) => [name, { digest }]));
  // Strict: a proposal that the gate refuses throws.
  return refit(text, { transforms, context: files && memoryContext(files), digests: resolutions, level, strict: true });
}

/** The weakest promise of the transforms that changed something. */
function promiseOf(outcomes: readonly Outcome[]): PromiseName {
  const applied = outcomes.filter(({ kind }) => kind === "applied").map(({ transform }) => transform);
  const promises = transforms.filter(({ name }) => applied.includes(name)).map(({ promise }) => promise);
  return PROMISES.findLast((promise) => promises.includes(promise)) ?? "same-image";
}

for (const level of ["safe", "standard"] as const) {
  test(
    `the whole pipeline at level ${level} keeps what its transforms promise in ${CASES} generated cases`,
    () => {
      let changed = 0;
      const property = fc.property(cases, (one) => {
        const result = pipelineOver(one, level);
        if (result.after === one.text) return;
        changed++;
        const before = factsOfCase(one);
        const promise = promiseOf(result.outcomes);
        const effort = { ...THOROUGH, wherever: true };
        explain(compare(before, rewritten(before, result.after), promise, effort), promise, result.after);
      });
      fc.assert(property, { numRuns: CASES });
      expect(changed).toBeGreaterThan(CASES / 10);
    },
    PATIENCE,
  );
}
