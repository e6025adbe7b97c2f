/** Edits of files of the build context, which go with those of the Dockerfile. */
import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { refit } from "../../src/pipeline/index.ts";
import { defineTransform, type Transform } from "../../src/transform/index.ts";
import { shoutInNotes, shoutNote } from "../harness/samples.ts";

const file = "FROM scratch\n# note: name\n";
const context = memoryContext({ "notes.txt": "note: tea\r\n" });

/** Has something to say where the notes shout. */
const listener: Transform = defineTransform<undefined>({
  ...shoutNote,
  name: "listener",
  phase: "merge",
  *find({ context, dockerfile }) {
    if (context?.read("notes.txt")?.includes("NOTE")) yield { at: dockerfile.instructions[0]!.span, data: undefined };
  },
  rewrite: () => ({ declined: "it is loud", code: "loud" }),
});

describe("a file of the build context", () => {
  test("is edited together with the Dockerfile", () => {
    const { after, files, steps } = refit(file, { transforms: [shoutInNotes], context });
    expect(after).toBe("FROM scratch\n# NOTE: name\n");
    expect(files).toEqual([{ path: "notes.txt", before: "note: tea\r\n", after: "NOTE: tea\r\n" }]);
    expect(steps.map((step) => step.files)).toEqual([files]);
  });

  test("is seen as it is now by what comes later", () => {
    const { outcomes } = refit(file, { transforms: [listener, shoutInNotes], context });
    expect(outcomes.map(({ code }) => code)).toEqual(["applied", "loud"]);
  });

  test("stays where the place is left out", () => {
    const leaveOut = [{ transform: "shout-in-notes", at: { line: 2, column: 1 }, why: "the proof failed with it" }];
    expect(refit(file, { transforms: [shoutInNotes], context, leaveOut })).toMatchObject({ after: file, files: [] });
  });

  test("stays where another build has another folder", () => {
    const other = { name: "service web in compose.yaml", context: memoryContext({}), args: new Map(), contexts: [] };
    const { after, files, outcomes } = refit(file, { transforms: [shoutInNotes], context, uses: [other] });
    expect({ after, files }).toEqual({ after: file, files: [] });
    expect(outcomes).toMatchObject([
      {
        code: "other-build",
        message: "service web in compose.yaml builds this file too, over another folder than notes.txt lies in",
      },
    ]);
  });

  test("is no matter of builds with other arguments over the same folder", () => {
    const other = { name: "service web", context, args: new Map([["PORT", "80"]]), contexts: [] };
    expect(refit(file, { transforms: [shoutInNotes], context, uses: [other] }).files).toHaveLength(1);
  });
});
