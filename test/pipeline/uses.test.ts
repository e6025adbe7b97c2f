/** Builds of the same file with arguments and contexts of their own. */
import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { refit, type Use } from "../../src/pipeline/index.ts";
import { defineTransform, remove } from "../../src/transform/index.ts";
import { shoutNote } from "../harness/samples.ts";

const file =
  'FROM busybox\nARG SIZE=small\nRUN if [ "$SIZE" = large ]; then echo large > /size; fi\nCOPY words /words\n';

/** Takes out what the default of SIZE never does. */
const removesTheStep = defineTransform<undefined>({
  ...shoutNote,
  *find({ dockerfile }) {
    const step = dockerfile.instructions.find(({ keyword }) => keyword === "RUN");
    if (step) yield { at: step.lines, data: undefined };
  },
  rewrite: ({ at }) => ({ edits: [remove(at)], why: "it does nothing" }),
});

const context = memoryContext({ words: "one" });
const use = (name: string, args: Readonly<Record<string, string | undefined>>): Use => ({
  name,
  context,
  args: new Map(Object.entries(args)),
  contexts: [],
});

function outcomesWith(uses: readonly Use[]) {
  const { after, outcomes } = refit(file, { transforms: [removesTheStep], context, uses, strict: true });
  return { changed: after !== file, said: outcomes.map(({ kind, code, message }) => `${kind} ${code}: ${message}`) };
}

test("a rewrite that is right for the plain build is taken", () => {
  expect(outcomesWith([]).changed).toBe(true);
  expect(outcomesWith([use("service web in compose.yaml", { SIZE: "medium" })]).changed).toBe(true);
});

test("it is declined where it is wrong for the arguments of another build, and that build is named", () => {
  const { changed, said } = outcomesWith([use("target big in docker-bake.hcl", { SIZE: "large" })]);
  expect(changed).toBe(false);
  expect(said).toEqual([
    "declined other-build: target big in docker-bake.hcl builds this file too, where same-image would not hold: /size is missing",
  ]);
});

test("a value that only the environment knows may be any", () => {
  expect(outcomesWith([use("target any in docker-bake.hcl", { SIZE: undefined })]).changed).toBe(false);
});

test("what containers of the last stage start is known, under its name too", () => {
  const started: string[] = [];
  const listens = defineTransform<undefined>({
    ...shoutNote,
    *find({ starts }) {
      started.push(...starts.map(({ by }) => by));
    },
  });
  const staged = "FROM busybox AS Tools\nFROM busybox AS Site\n";
  const uses = ["tools", "site", undefined].map((target) => ({
    ...use(`target ${target}`, {}),
    target,
    starts: [{ by: `service ${target}`, script: "httpd" }],
  }));
  refit(staged, { transforms: [listens], context, uses, strict: true });
  expect(started).toEqual(["service site", "service undefined"]);
});
