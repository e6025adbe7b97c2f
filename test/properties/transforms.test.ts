/** Every rewrite of generated files and contexts keeps its promise on the model. fast-check prints the seed of a failure. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { transforms } from "../../transforms/index.ts";
import { cargoBuilds } from "../generators/cargo-builds.ts";
import type { Case } from "../generators/case.ts";
import { cleanups } from "../generators/cleanups.ts";
import { compiledApps } from "../generators/compiled-apps.ts";
import { dockerfiles, pairsOfRuns, runsAround } from "../generators/dockerfiles.ts";
import { ecosystemProjects } from "../generators/ecosystems.ts";
import { interpretedApps } from "../generators/interpreted-apps.ts";
import { managedApps } from "../generators/managed-apps.ts";
import { movableSteps, volatileDeclarations } from "../generators/moves.ts";
import { nextApps, standaloneApps } from "../generators/next-apps.ts";
import { imageUses, nodeApps, nodeProjects, otherProjects } from "../generators/projects.ts";
import { runtimes } from "../generators/runtimes.ts";
import { goBuilds, shapedInstalls } from "../generators/shapes.ts";
import { workspaces } from "../generators/workspaces.ts";
import { CASES, keepsItsPromise } from "./check.ts";
import { REGRESSIONS } from "./regressions.ts";

const texts = fc.oneof(pairsOfRuns, runsAround, dockerfiles).map((text): Case => ({ text }));

const CASES_FOR: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  "clean-caches": cleanups,
  "cook-dependencies": cargoBuilds,
  "fetch-dependencies": fc.oneof(goBuilds, { weight: 3, arbitrary: ecosystemProjects }),
  "hoist-stable": fc.oneof({ weight: 3, arbitrary: movableSteps }, ecosystemProjects),
  "merge-runs": texts,
  "next-standalone": nextApps,
  "order-manifests": fc.oneof(nodeProjects, otherProjects, shapedInstalls, { weight: 3, arbitrary: ecosystemProjects }),
  "pin-images": imageUses,
  "slim-base": runtimes,
  "sink-volatile": fc.oneof(
    { weight: 3, arbitrary: volatileDeclarations },
    { weight: 3, arbitrary: movableSteps },
    ecosystemProjects,
  ),
  "split-builder": fc.oneof(nodeApps, standaloneApps, workspaces, compiledApps, managedApps, interpretedApps),
};

test("every transform has its generator", () => {
  expect(Object.keys(CASES_FOR).sort()).toEqual(transforms.map(({ name }) => name).sort());
});

for (const transform of transforms) {
  test(`${transform.name} keeps ${transform.promise} in ${CASES} generated cases`, () => {
    const tally = { rewrites: 0 };
    const examples = (REGRESSIONS[transform.name] ?? []).map((one): [Case] => [one]);
    fc.assert(keepsItsPromise(transform, CASES_FOR[transform.name]!, tally), { numRuns: CASES, examples });
    expect(tally.rewrites).toBeGreaterThan(CASES / 20);
  });
}
