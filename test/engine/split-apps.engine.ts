/** The sample apps that are split, built as they are and as refit rewrites them: what runs is the same, and less is there. */
import { describe, expect, test } from "vitest";
import { inCopyOf, proveApp, splitApps, splitOf, splitting } from "../harness/apps.ts";
import { sampled } from "./sampled.ts";
import { sessionHere } from "./session-here.ts";

const session = sessionHere();
const quick = sampled(splitApps().filter(({ slow }) => !slow));

test.each(splitApps().map((app) => ({ name: app.name, app })))(
  "$name is split onto a smaller base",
  async ({ app }) => {
    expect(await splitOf(app)).toBe("split");
  },
);

describe.each(quick.map((app) => ({ name: app.name, app })))("$name", ({ app }) => {
  test("behaves the same and is smaller", async () => {
    const { proof } = await inCopyOf(app, (work) => proveApp(app, work, session(), splitting(app)));
    expect(proof.verdict, JSON.stringify(proof.targets, null, 1)).toBe("kept");
    const { behaviour, trace } = proof.targets.at(-1)!;
    expect(behaviour?.same).not.toEqual([]);
    expect(trace?.notTraced).toBeUndefined();
    expect(proof.surface!.after.bytes).toBeLessThan(proof.surface!.before.bytes);
  });
});
