/**
 * Deliberately broken variants of the transforms. Each must be caught by the check that the real ones pass; the number of cases that it
 * took is printed in CI.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare, THOROUGH } from "../../src/promises/index.ts";
import type { PromiseName } from "../../src/promises/types.ts";
import { transforms } from "../../transforms/index.ts";
import { type Case, factsOfCase, rewritten } from "../generators/case.ts";
import { dockerfiles, pairsOfRuns, runsAround, settingsInOrder } from "../generators/dockerfiles.ts";
import { movableSteps } from "../generators/moves.ts";
import { imageUses, nodeApps, nodeProjects } from "../generators/projects.ts";
import { goBuilds, shapedInstalls } from "../generators/shapes.ts";
import { CONTROL, JOINS, type Rewrite } from "./merging.ts";
import { downloading, joiningEnv, movingManifests, pinningAll, pinningVariables, spoiled, swapping } from "./others.ts";

interface Mutant {
  readonly name: string;
  readonly promise: PromiseName;
  readonly cases: fc.Arbitrary<Case>;
  readonly rewrite: Rewrite;
}

/** A mutant that survives so many cases is not caught. */
const MOST_CASES = 3_000;

const named = (name: string) => transforms.find((transform) => transform.name === name)!;
const orders = settingsInOrder.map((text): Case => ({ text }));
const texts = fc.oneof(pairsOfRuns, runsAround, dockerfiles).map((text): Case => ({ text }));

function group(promise: PromiseName, cases: fc.Arbitrary<Case>, rewrites: Readonly<Record<string, Rewrite>>): Mutant[] {
  return Object.entries(rewrites).map(([name, rewrite]) => ({ name, promise, cases, rewrite }));
}

const split = named("split-builder");
const order = named("order-manifests");
const ahead = named("fetch-dependencies");
const hoist = named("hoist-stable");
const sink = named("sink-volatile");
const withoutLine = (pattern: RegExp) => (text: string) => {
  const [builder = "", ...stages] = text.split(/^(?=FROM base\n)/m);
  const last = stages.at(-1);
  return last === undefined ? text : [builder, ...stages.slice(0, -1), last.replace(pattern, "")].join("");
};

const NODE_MANIFESTS = ["package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml"];

const MUTANTS: readonly Mutant[] = [
  ...group("same-image", texts, JOINS),
  ...group("same-image", orders, {
    "moves CMD past SHELL": swapping("CMD", "SHELL"),
    "moves STOPSIGNAL past ENV": swapping("STOPSIGNAL", "ENV"),
    "moves ENV past RUN": swapping("ENV", "RUN"),
    "moves LABEL past ENV": swapping("LABEL", "ENV"),
    "moves ARG past RUN": swapping("ARG", "RUN"),
    "moves HEALTHCHECK, which the next one replaces": swapping("HEALTHCHECK", "HEALTHCHECK"),
    "moves USER past WORKDIR": swapping("USER", "WORKDIR"),
    "joins ENV with the ENV that reads it": joiningEnv,
  }),
  ...group("same-image", nodeProjects, {
    "copies package.json without its lock": movingManifests(["package.json"]),
    "ignores lifecycle scripts, workspaces, settings and patches": movingManifests(NODE_MANIFESTS),
    "lets COPY write over node_modules": movingManifests([...NODE_MANIFESTS, ".npmrc"]),
    "loses the sources behind the install": spoiled(order, (text) =>
      text.replace(/\n(COPY|ADD) [^\n]*(\. \.|\.\/ \.\/|\. \/app\/?)\n(?![\s\S]*RUN (npm|yarn|pnpm) )/, "\n"),
    ),
    "loses a flag of COPY": spoiled(order, (text) => text.replace("--chown=node:node ", "")),
    "loses an option of the install": spoiled(order, (text) => text.replace(/ --(ignore-scripts|omit=dev)/, "")),
    "copies a manifest to another folder": spoiled(order, (text) =>
      text.replace(/(COPY [^\n]*package\.json[^\n]* )\.\/\n/, "$1./other/\n"),
    ),
  }),
  ...group("same-image", shapedInstalls, {
    "loses one of several COPYs": spoiled(order, (text) =>
      text.replace(/(RUN [^\n]*npm ci[^\n]*\n)COPY [^\n]*\n/, "$1"),
    ),
    "loses where the second RUN works": spoiled(order, (text) => text.replace(/(COPY [^\n]*\nRUN )cd \S+ && /, "$1")),
    "loses what stood behind the install": spoiled(order, (text) => text.replace(/^RUN npm run build\n/m, "")),
  }),
  ...group("same-image-less-caches", goBuilds, {
    "downloads whatever comes between": downloading("go mod download", ["go.mod", "go.sum"]),
    "downloads into the project": downloading("go mod vendor", ["go.mod", "go.sum"]),
    "downloads without go.sum, which the download writes": downloading("go mod tidy", ["go.mod"]),
    "copies manifests to another folder": spoiled(ahead, (text) =>
      text.replace("COPY go.mod go.sum ./", "COPY go.mod go.sum ./other/"),
    ),
    "downloads in the place of the build": spoiled(ahead, (text) => text.replace(/^RUN go (build|test) [^\n]*\n/m, "")),
    "loses the sources": spoiled(ahead, (text) => text.replace(/(go mod download\n)COPY [^\n]*\n/, "$1")),
  }),
  ...group("same-image", movableSteps, {
    "moves a RUN above the COPY whatever it reads": swapping("COPY", "RUN"),
    "moves a RUN above the ENV that is in force": swapping("ENV", "RUN"),
    "moves a RUN above USER": swapping("USER", "RUN"),
    "moves a RUN above WORKDIR": swapping("WORKDIR", "RUN"),
    "moves one RUN above the other": swapping("RUN", "RUN"),
    "moves an ARG below the LABEL that names it": swapping("ARG", "LABEL"),
    "moves an ARG below the ENV that names it": swapping("ARG", "ENV"),
    "loses an install on the way up": spoiled(hoist, (text) => text.replace(/^RUN apt-get [^\n]*\n/m, "")),
    "loses the sources on the way": spoiled(hoist, (text) => text.replace(/^COPY \. [^\n]*\n/m, "")),
    "loses what names a declaration": spoiled(sink, (text) => text.replace(/^LABEL [^\n]*\n/m, "")),
    "loses a declaration": spoiled(sink, (text) => text.replace(/^ENV [^\n]*\n/m, "")),
    "gives a declaration another default": spoiled(sink, (text) => text.replace("VERSION=1", "VERSION=2")),
  }),
  ...group("same-image", imageUses, {
    "pins with the digest of another image": pinningAll(`sha256:${"d".repeat(64)}`),
    "pins stages and scratch": pinningAll(`sha256:${"b".repeat(64)}`),
    "puts a digest in the place of a variable": pinningVariables,
    "pins to another tag": spoiled(named("pin-images"), (text) => text.replace(/sha256:a/g, "sha256:e")),
  }),
  ...group("same-runtime", nodeApps, {
    "loses ENV": spoiled(split, withoutLine(/^ENV [^\n]*\n/m)),
    "loses USER": spoiled(split, withoutLine(/^USER [^\n]*\n/m)),
    "loses EXPOSE": spoiled(split, withoutLine(/^EXPOSE [^\n]*\n/m)),
    "loses VOLUME": spoiled(split, withoutLine(/^VOLUME [^\n]*\n/m)),
    "loses HEALTHCHECK": spoiled(split, withoutLine(/^HEALTHCHECK [^\n]*\n/m)),
    "loses STOPSIGNAL": spoiled(split, withoutLine(/^STOPSIGNAL [^\n]*\n/m)),
    "loses CMD": spoiled(split, withoutLine(/^CMD [^\n]*\n/m)),
    "loses ENTRYPOINT": spoiled(split, withoutLine(/^ENTRYPOINT [^\n]*\n/m)),
    "loses the outputs": spoiled(split, withoutLine(/^COPY [^\n]*\/(dist|build|out) [^\n]*\n/m)),
    "loses an ARG that an ENV reads": spoiled(split, withoutLine(/^ARG [^\n]*\n/m)),
    "loses the owner": spoiled(split, withoutLine(/^RUN chown [^\n]*\n/m)),
    "copies the outputs to another folder": spoiled(split, (text) =>
      text.replace(/(COPY --from=\w+ (?:--chown=\S+ )?\/app\/(?:dist|build|out) )\S+/, "$1./elsewhere"),
    ),
    "takes a slimmer base image": spoiled(split, (text) => text.replace(/^FROM base\n/m, "FROM node:20-slim\n")),
    "gives the outputs to another user": spoiled(split, (text) =>
      text.replace(/(COPY --from=\w+ )(\/app\/(?:dist|build|out) )/, "$1--chown=nobody:nobody $2"),
    ),
    "loses system packages": spoiled(split, (text) => text.replace(/^RUN apt-get [^\n]*\n/m, "")),
    "loses the stage's name": spoiled(split, (text) => text.replace(/^FROM base AS app\n/m, "FROM base\n")),
  }),
];

/** Cases until the first rewrite that does not keep its promise, or undefined. */
function casesUntilCaught({ cases, promise, rewrite }: Mutant): { tried: number; rewrites: number } | undefined {
  let tried = 0;
  let rewrites = 0;
  for (const one of fc.sample(cases, { numRuns: MOST_CASES, seed: 1 })) {
    tried++;
    const before = factsOfCase(one);
    const text = rewrite(before);
    if (text === undefined || before.dockerfile.problems.length > 0) continue;
    rewrites++;
    const after = rewritten(before, text);
    if (after.dockerfile.problems.length > 0 || compare(before, after, promise, THOROUGH).kind === "broken")
      return { tried, rewrites };
  }
  return undefined;
}

describe("broken variants are caught", () => {
  test("there are at least twenty, and no two have one name", () => {
    const names = MUTANTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(20);
  });

  test("the same join without a mistake is not caught", () => {
    expect(casesUntilCaught({ name: "", promise: "same-image", cases: texts, rewrite: CONTROL })).toBeUndefined();
  });

  for (const mutant of MUTANTS) {
    test(mutant.name, () => {
      const caught = casesUntilCaught(mutant);
      expect(caught).toBeDefined();
      if (process.env.CI)
        process.stdout.write(`${mutant.name}: caught by case ${caught?.tried}, rewrite ${caught?.rewrites}\n`);
    });
  }
});
