import { describe, expect, test } from "vitest";
import { promiseOf, targetsOf } from "../../src/engine/targets.ts";
import type { ProofRequest } from "../../src/engine/types.ts";
import type { RewriteStep } from "../../src/pipeline/index.ts";
import type { PromiseName } from "../../src/promises/types.ts";
import { SETTINGS } from "../harness/build-settings.ts";

const stages = (...names: readonly string[]) =>
  names.map((name) => `FROM busybox${name && ` AS ${name}`}\nRUN true\n`).join("");

function steps(...promises: readonly PromiseName[]): RewriteStep[] {
  return promises.map((promise) => ({ transform: promise, promise, after: "", files: [], places: [] }));
}

function targets(before: string, after = before, given: Partial<ProofRequest> = {}) {
  const request: ProofRequest = {
    ...{ path: "Dockerfile", before, after, promise: "same-image", context: ".", settings: SETTINGS, probes: [] },
    ...given,
  };
  return targetsOf(request).map(({ name, promise }) => `${name ?? "default"}: ${promise}`);
}

describe("the targets of a proof", () => {
  test("are the stages with a name, in lower case, each once, and the last stage", () => {
    expect(targets(stages("Deps", "", "build", "deps", ""))).toEqual([
      "deps: same-image",
      "build: same-image",
      "default: same-image",
    ]);
  });

  test("do not have the last stage twice", () => {
    expect(targets(stages("build", "app"))).toEqual(["build: same-image", "default: same-image"]);
  });

  test("have it twice where the new file ends in another stage", () => {
    expect(targets(stages("app"), stages("app", "slim"))).toEqual(["app: same-image", "default: same-image"]);
  });

  test("are those of the original, not the ones that a rewrite adds", () => {
    expect(targets(stages("app"), stages("builder", "app"))).toEqual(["default: same-image"]);
  });

  test("are one alone when asked", () => {
    expect(targets(stages("build", "app"), undefined, { target: "build" })).toEqual(["build: same-image"]);
  });
});

describe("same-runtime", () => {
  const promise = "same-runtime";

  test("is promised for the last stage alone", () => {
    expect(targets(stages("build", "app"), stages("build", "x", "app"), { promise })).toEqual([
      "build: same-image",
      "default: same-runtime",
    ]);
    expect(targets(stages("build", "app"), undefined, { promise, target: "APP" })).toEqual(["APP: same-runtime"]);
    expect(targets(stages("app"), stages("app", "slim"), { promise })).toEqual([
      "app: same-runtime",
      "default: same-runtime",
    ]);
  });

  test("says nothing of a stage that compiles dependencies ahead now", () => {
    const before = `FROM rust AS tools\nRUN true\nFROM rust AS build\nRUN cargo build\n${stages("")}`;
    const after = before.replace("RUN cargo build", "RUN cargo chef cook\n$&");
    expect(targets(before, after, { promise })).toEqual(["tools: same-image", "default: same-runtime"]);
    expect(targets(after, after, { promise })).toContain("build: same-image");
  });

  test("leaves the stages before it what other transforms promise", () => {
    const before = stages("build", "");
    const rewrite = {
      ...{ before, after: before, files: [], problems: [], outcomes: [], passes: 1, settled: true },
      steps: steps("same-image", "same-image-less-caches", "same-runtime"),
    };
    expect(targets(before, before, { promise, rewrite })).toEqual([
      "build: same-image-less-caches",
      "default: same-runtime",
    ]);
  });
});

test("a rewrite as a whole promises no more than its freest step", () => {
  expect(promiseOf([])).toBe("same-image");
  expect(promiseOf(steps("same-image"))).toBe("same-image");
  expect(promiseOf(steps("same-image-less-caches", "same-image"))).toBe("same-image-less-caches");
  expect(promiseOf(steps("same-runtime", "same-image-less-caches"))).toBe("same-runtime");
});
