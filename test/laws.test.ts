/** What must hold for every transform on every file: snapshots, what they become, and generated files. */
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BuildContext, memoryContext } from "../src/context/index.ts";
import { parseDockerfile } from "../src/dockerfile/index.ts";
import { type Facts, type FactsInput, factsOf } from "../src/image/index.ts";
import { type Result, refit } from "../src/pipeline/index.ts";
import { applyEdits, type Edit, sliceOf } from "../src/text/index.ts";
import type { Transform } from "../src/transform/index.ts";
import { transforms } from "../transforms/index.ts";
import { dockerfiles } from "./generators/dockerfiles.ts";
import { ecosystemProjects } from "./generators/ecosystems.ts";
import { movableSteps } from "./generators/moves.ts";
import { imageUses, nodeApps, nodeProjects, otherProjects } from "./generators/projects.ts";
import { listCases, loadCase } from "./harness/cases.ts";

interface Given extends FactsInput {
  readonly source: string;
}

const alone = new Map(transforms.map((transform) => [transform, [transform]]));

/** Each transform alone, and all of them. */
const selections: readonly (readonly Transform[])[] = [...alone.values(), transforms];

const laws: Readonly<Record<string, (given: Given) => void>> = {
  "1: the document printed is the file"({ source }) {
    const { tokens } = parseDockerfile(source);
    expect(tokens.map(({ span }) => sliceOf(source, span)).join("")).toBe(source);
  },

  "2: looking changes nothing"(given) {
    const facts = factsOf(parseDockerfile(given.source), given);
    deepFreeze(facts.dockerfile);
    expect(proposalsOf(facts)).toEqual(proposalsOf(facts));
  },

  "3: edits lie inside the file and apart, and bytes outside them stay"(given) {
    for (const edits of proposalsOf(factsOf(parseDockerfile(given.source), given))) {
      const after = applyEdits(given.source, edits);
      let [inBefore, inAfter] = [0, 0];
      for (const { span, text } of edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
        const kept = given.source.slice(inBefore, span.start);
        expect(after.slice(inAfter, inAfter + kept.length)).toBe(kept);
        inAfter += kept.length + text.length;
        inBefore = span.end;
      }
      expect(after.slice(inAfter)).toBe(given.source.slice(inBefore));
    }
  },

  "4, 7, 8: no new problem, no broken promise, and rest within ten passes"(given) {
    for (const some of selections) {
      const { problems, settled, after } = run(given, some);
      expect(settled).toBe(true);
      if (problems.length === 0) expect(parseDockerfile(after).problems).toEqual([]);
    }
  },

  "5: a second run changes nothing"(given) {
    for (const some of selections) {
      const { after } = run(given, some);
      if (after !== given.source) expect(run({ ...given, source: after }, some).after).toBe(after);
    }
  },

  "6: level safe runs only what promises the same image"(given) {
    const { outcomes } = refit(given.source, { ...given, transforms, level: "safe" });
    const less = transforms.filter(({ promise }) => promise !== "same-image").map(({ name }) => name);
    expect(outcomes.filter(({ transform }) => less.includes(transform))).toEqual([]);
  },

  "9: the transforms of a phase come to the same text in either order"(given) {
    for (const { inOrder, reversed } of phases) {
      const isAtRest = inOrder.every((transform) => run(given, alone.get(transform)!).after === given.source);
      if (!isAtRest) expect(run(given, reversed).after).toBe(run(given, inOrder).after);
    }
  },

  "10: the CRLF form of a file gives the CRLF form of the result"(given) {
    // Inside a heredoc the line ends are the script's own.
    if (/\r|<</.test(given.source)) return;
    const { after } = run(given, transforms);
    expect(run({ ...given, source: crlf(given.source) }, transforms).after).toBe(crlf(after));
  },
};

/** What was declined, and why. */
function reasons({ outcomes }: Rest): readonly string[] {
  return outcomes.flatMap(({ kind, transform, code }) => (kind === "applied" ? [] : [`${transform} ${code}`]));
}

function withFile(context: BuildContext, name: string, text: string): BuildContext {
  return {
    ...context,
    files: () => [...context.files(), name].sort(),
    list: (folder) => (folder === "" ? [...context.list(""), name].sort() : context.list(folder)),
    has: (path) => path === name || context.has(path),
    read: (path) => (path === name ? text : context.read(path)),
  };
}

/** Of each phase that has several transforms: they run in the order of their names. */
const phases = [...new Set(transforms.map(({ phase }) => phase))]
  .map((phase) => transforms.filter((transform) => transform.phase === phase))
  .filter(({ length }) => length > 1)
  .map((inOrder) => ({
    inOrder,
    reversed: inOrder.map((transform, index) => ({
      ...transform,
      name: `${inOrder.length - index}-${transform.name}`,
    })),
  }));

const snapshots = listCases(resolve(import.meta.dirname, "../snapshots"))
  .map(loadCase)
  .flatMap(({ name, before, after, context, digests }) => {
    const given = (source: string): Given => ({ source, context, digests });
    const first = { name, given: given(before) };
    return before === after ? [first] : [first, { name: `${name}, rewritten`, given: given(after) }];
  });

describe.each(Object.entries(laws))("law %s", (_, law) => {
  test.each(snapshots)("$name", ({ given }) => law(given));
});

describe("law 11: that the build context holds the file itself, as most do, is no reason to decline", () => {
  const bare = snapshots.filter(({ given: { context } }) => context && !context.list("").includes("Dockerfile"));

  test.each(bare)("$name", ({ given }) => {
    const context = withFile(given.context!, "Dockerfile", given.source);
    const more = run({ ...given, context }, transforms);
    expect(reasons(run(given, transforms))).toEqual(expect.arrayContaining([...reasons(more)]));
  });
});

test("generated files keep them all", () => {
  const cases = fc.oneof(
    dockerfiles.map((text) => ({ text, files: undefined, digests: undefined })),
    imageUses,
    movableSteps.map((one) => ({ files: undefined, digests: undefined, ...one })),
    nodeApps,
    nodeProjects,
    otherProjects,
    { weight: 2, arbitrary: ecosystemProjects },
  );
  fc.assert(
    fc.property(cases, ({ text, files, digests }) => {
      const resolved = Object.entries(digests ?? {}).map(([name, digest]) => [name, { digest }] as const);
      const given = { source: text, context: files && memoryContext(files), digests: new Map(resolved) };
      for (const [name, law] of Object.entries(laws)) {
        try {
          law(given);
        } catch (error) {
          throw new Error(`law ${name}`, { cause: error });
        }
      }
    }),
    { numRuns: process.env.CI ? 1000 : 100 },
  );
});

test("there are snapshots to hold the laws on", () => {
  expect(snapshots.length).toBeGreaterThan(100);
});

type Rest = Pick<Result, "after" | "problems" | "settled" | "outcomes">;

/** Several laws ask for the same run. */
const runs = new WeakMap<Given, Map<readonly Transform[], Rest>>();

function run(given: Given, some: readonly Transform[]): Rest {
  const known = runs.get(given) ?? new Map<readonly Transform[], Rest>();
  runs.set(given, known);
  const { source, context, digests } = given;
  const { after, problems, settled, outcomes } =
    known.get(some) ?? refit(source, { transforms: some, context, digests, strict: true });
  known.set(some, { after, problems, settled, outcomes });
  return { after, problems, settled, outcomes };
}

function proposalsOf(facts: Facts): readonly (readonly Edit[])[] {
  return transforms.flatMap((transform) => {
    const options = transform.options?.defaults;
    const proposals = [...transform.find(facts, options)].map((place) => transform.rewrite(place, facts, options));
    return proposals.flatMap((proposal) => ("edits" in proposal ? [proposal.edits] : []));
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
