/** What must hold for every transform on every file; each law has its number in the project's style guide. */
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../src/dockerfile/index.ts";
import { factsOf } from "../src/image/index.ts";
import { type Result, refit } from "../src/pipeline/index.ts";
import { applyEdits, sliceOf } from "../src/text/index.ts";
import type { Transform } from "../src/transform/index.ts";
import { transforms } from "../transforms/index.ts";
import { type Case, listCases, loadCase } from "./harness/cases.ts";

const cases = listCases(resolve(import.meta.dirname, "../snapshots"))
  .map(loadCase)
  .flatMap((given) =>
    given.before === given.after ? [given] : [given, { ...given, name: `${given.name} (after)`, before: given.after }],
  );

function run({ before, context, digests }: Case, some: readonly Transform[], source = before): Result {
  return refit(source, { transforms: some, context, digests, strict: true });
}

function factsOfCase({ before, context, digests }: Case) {
  return factsOf(parseDockerfile(before), { context, digests });
}

test("there are files to hold the laws on", () => {
  expect(cases.length).toBeGreaterThan(10);
});

describe.each(cases.map((given) => ({ name: given.name, given })))("$name", ({ given }) => {
  test("law 1: the document printed is the file", () => {
    const { tokens } = parseDockerfile(given.before);
    expect(tokens.map(({ span }) => sliceOf(given.before, span)).join("")).toBe(given.before);
  });

  test("law 2: looking changes nothing", () => {
    const facts = factsOfCase(given);
    deepFreeze(facts.dockerfile);
    const look = () => proposalsOf(facts);
    expect(look()).toEqual(look());
  });

  test("law 3: edits lie inside the file and don't overlap, and bytes outside them stay", () => {
    for (const { edits } of proposalsOf(factsOfCase(given))) {
      const sorted = edits.toSorted((a, b) => a.span.start - b.span.start);
      const after = applyEdits(given.before, edits);
      let [inBefore, inAfter] = [0, 0];
      for (const { span, text } of sorted) {
        const kept = given.before.slice(inBefore, span.start);
        expect(after.slice(inAfter, inAfter + kept.length)).toBe(kept);
        inAfter += kept.length + text.length;
        inBefore = span.end;
      }
      expect(after.slice(inAfter)).toBe(given.before.slice(inBefore));
    }
  });

  test("laws 4, 7 and 8: no new problem, no broken promise, at rest in ten passes; for each transform and for all", () => {
    for (const some of [...transforms.map((transform) => [transform]), transforms]) {
      const result = run(given, some);
      expect(result.settled).toBe(true);
      if (result.problems.length === 0) expect(parseDockerfile(result.after).problems).toEqual([]);
    }
  });

  test("law 5: a second run changes nothing", () => {
    for (const some of [...transforms.map((transform) => [transform]), transforms]) {
      const { after } = run(given, some);
      expect(run(given, some, after).after).toBe(after);
    }
  });

  test("law 6: level safe takes nothing from a transform that promises less than the same image", () => {
    const { outcomes } = refit(given.before, { ...given, transforms, level: "safe" });
    const promises = new Map(transforms.map(({ name, promise }) => [name, promise]));
    expect(outcomes.filter(({ transform }) => promises.get(transform) !== "same-image")).toEqual([]);
  });

  // Inside a heredoc the line ends are the script's own.
  if (!/\r|<</.test(given.before)) {
    test("law 10: the CRLF form of the file gives the CRLF form of the result", () => {
      const { after } = run(given, transforms);
      expect(run(given, transforms, crlf(given.before)).after).toBe(crlf(after));
    });
  }
});

const pairs = transforms.flatMap((first, index) =>
  transforms
    .slice(index + 1)
    .filter(({ phase }) => phase === first.phase)
    .map((second) => ({ pair: `${first.name} and ${second.name}`, first, second })),
);

describe.each(pairs)("$pair", ({ first, second }) => {
  test.each(cases)("law 9: either order ends in the same text: $name", (given) => {
    const late = { ...first, name: `zzz-${first.name}` };
    expect(run(given, [late, second]).after).toBe(run(given, [first, second]).after);
  });
});

function proposalsOf(facts: ReturnType<typeof factsOf>) {
  return transforms.flatMap((transform) => {
    const options = transform.options?.defaults;
    const proposals = [...transform.find(facts, options)].map((place) => transform.rewrite(place, facts, options));
    return proposals.filter((proposal) => "edits" in proposal);
  });
}

function crlf(text: string): string {
  return text.replaceAll("\n", "\r\n");
}

function deepFreeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
}
