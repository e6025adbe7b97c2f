/** The sample apps that are split, built as they are and as refit rewrites them: what runs is the same, and less is there. */
import { describe, expect, test } from "vitest";
import { inCopyOf, proveApp, splitApps, splitting } from "../harness/apps.ts";
import { sampled } from "./sampled.ts";
import { sessionHere } from "./session-here.ts";

const session = sessionHere();
const quick = sampled(splitApps().filter(({ slow }) => !slow));

describe.each(quick.map((app) => ({ name: app.name, app })))("$name", ({ app }) => {
  test("is split, behaves the same and is smaller", async () => {
    const { result, proof } = await inCopyOf(app, (work) => proveApp(app, work, session(), splitting(app)));
    const splits = result.outcomes.filter(({ transform, kind }) => transform === "split-builder" && kind === "applied");
    expect(splits, JSON.stringify(result.outcomes, null, 1)).toHaveLength(1);
    expect(proof.verdict, JSON.stringify(proof.targets, null, 1)).toBe("kept");
    const { behaviour, trace } = proof.targets.at(-1)!;
    expect(behaviour?.same).not.toEqual([]);
    expect(trace?.notTraced).toBeUndefined();
    expect(proof.surface!.after.bytes).toBeLessThan(proof.surface!.before.bytes);
  });
});
