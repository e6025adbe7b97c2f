/** The sample apps, built as they are and as refit rewrites them: the same image, and no install after an edit of a source. */
import { describe, expect, test } from "vitest";
import { inCopyOf, orderedApps, proveApp } from "../harness/apps.ts";
import { sampled } from "./sampled.ts";
import { sessionHere } from "./session-here.ts";

const session = sessionHere();

describe.each(sampled(orderedApps().filter(({ slow }) => !slow)).map((app) => ({ name: app.name, app })))(
  "$name",
  ({ app }) => {
    test("makes the same image, and an edit of a source no longer runs its dependency step", async () => {
      const { result, proof } = await inCopyOf(app, (work) => proveApp(app, work, session()));
      expect(result.after, JSON.stringify(result.outcomes, null, 1)).not.toBe(result.before);
      expect(proof.verdict, JSON.stringify(proof.targets, null, 1)).toBe("kept");
      const ran = (steps: readonly { readonly instruction: string }[]) => steps.map(({ instruction }) => instruction);
      expect(ran(proof.rebuild!.before.ran)).toContainEqual(expect.stringContaining(app.before ?? app.dependencies));
      expect(result.after).toContain(app.dependencies);
      expect(ran(proof.rebuild!.after.ran)).not.toContainEqual(expect.stringContaining(app.dependencies));
    });
  },
);
