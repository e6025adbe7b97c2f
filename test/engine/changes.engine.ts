/** What runs again after another build argument or an edited line: what BuildKit does, and that the cache model foresees it. */
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { editOf } from "../../src/image/cache-line.ts";
import { type Change, factsOf, forecastReruns } from "../../src/image/index.ts";
import { applyEdits } from "../../src/text/index.ts";
import { type ChangeCase, changes } from "../generators/changes.ts";
import { OFFLINE } from "../harness/build-settings.ts";
import { forEachOf } from "./fuzz/pool.ts";
import { sessionHere } from "./session-here.ts";
import { shares } from "./shares.ts";

const CASES = Number(process.env.CASES ?? (process.env.CI ? 30 : 60));

const session = sessionHere();
const work = mkdtempSync(join(tmpdir(), "refit-changes-"));

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

function contextWithNovelty(): string {
  const folder = mkdtempSync(join(work, "context-"));
  mkdirSync(join(folder, "src"));
  for (const path of ["novelty.txt", "one.txt", "two.txt", "src/main.js"]) {
    writeFileSync(join(folder, path), `${randomUUID()}\n`);
  }
  return folder;
}

function build({ dockerfile, buildArgs, target }: Omit<ChangeCase, "change">, context: string) {
  const given = Object.entries(buildArgs).map(([name, value]) => `${name}=${value}`);
  return session().engine.build({ dockerfile, context, target, settings: { ...OFFLINE, buildArgs: given } });
}

function numberOf(text: string): string {
  return [...text.replace(/\n[\s\S]*/, "").matchAll(/step(\d+)/g)].at(-1)?.[1] ?? text.replace(/^[A-Z]+ /, "");
}

/** The change as the model has it, and what is built after it; undefined for an edit of FROM, for which there is no other base here. */
function changed({ dockerfile, buildArgs, change }: ChangeCase) {
  if ("argument" in change) {
    return { dockerfile, buildArgs: { ...buildArgs, [change.argument]: change.value }, model: change as Change };
  }
  const instruction = parseDockerfile(dockerfile).instructions[change.line]!;
  if (instruction.keyword === "FROM") return undefined;
  return { dockerfile: applyEdits(dockerfile, editOf(instruction)), buildArgs, model: { instruction } };
}

async function mistakes(one: ChangeCase, tally: { runs: number; cached: number; unsure: number }) {
  const after = changed(one);
  if (!after) return undefined;
  const context = contextWithNovelty();
  const facts = factsOf(parseDockerfile(one.dockerfile), { buildArgs: new Map(Object.entries(one.buildArgs)) });
  const forecast = forecastReruns(facts, after.model, one.target).map(
    ({ instruction, rerun }) => [numberOf(instruction.args.text), rerun] as const,
  );
  if (!(await build(one, context)).ok) return undefined;
  const rebuilt = await build({ ...one, ...after }, context);
  if (!rebuilt.ok) return undefined;
  const ran = new Map(rebuilt.steps.map(({ instruction, cached }) => [numberOf(instruction), !cached]));
  const expected = new Map(forecast);
  return [...new Set([...expected.keys(), ...ran.keys()])].flatMap((number) => {
    const rerun = expected.get(number);
    if (rerun !== undefined) tally[rerun]++;
    const isRight =
      rerun !== undefined && ran.has(number) && (rerun === "unsure" || (rerun === "runs") === ran.get(number));
    return isRight ? [] : `step${number}: foreseen ${rerun}, ran ${ran.get(number)}`;
  });
}

test("the steps that are foreseen run again after another argument or an edited line, in generated files", async () => {
  const cases = fc.sample(changes, { numRuns: CASES, seed: Number(process.env.SEED ?? 20_261_125) });
  const tally = { runs: 0, cached: 0, unsure: 0 };
  let built = 0;
  const failures: string[] = [];
  await forEachOf(cases, 2, async (one) => {
    const wrong = await mistakes(one, tally);
    if (wrong !== undefined) built++;
    if (wrong?.length)
      failures.push([...wrong, JSON.stringify([one.change, one.buildArgs, one.target]), one.dockerfile].join("\n"));
  });
  expect(failures.join("\n")).toBe("");
  expect(built).toBeGreaterThan(CASES * 0.6);
  // biome-ignore lint/suspicious/noConsole: how sure the model is, for whoever changes it
  console.log(shares(tally));
  // A model that is never sure would be right as well.
  expect(tally.unsure).toBeLessThan(0.1 * (tally.runs + tally.cached));
  expect(tally.runs).toBeGreaterThan(0.05 * tally.cached);
});
