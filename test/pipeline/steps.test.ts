import { describe, expect, test } from "vitest";
import { type LeaveOut, refit } from "../../src/pipeline/index.ts";
import { defineTransform, insertAt, type Transform } from "../../src/transform/index.ts";
import { commentTransform, shoutNote } from "../harness/samples.ts";

const file = "FROM scratch\n# note: name\nLABEL a=1\n# note: place\n";
const whisper = commentTransform("whisper", (comment) => comment.replace("NOTE", "(note)"), "merge");

/** Puts two lines at the top of a file that has none. */
const header: Transform = defineTransform<undefined>({
  ...shoutNote,
  name: "header",
  *find({ dockerfile: { source } }) {
    if (!source.startsWith("#")) yield { at: { start: 0, end: 0 }, data: undefined };
  },
  rewrite: () => ({ edits: [insertAt(0, "# one\n# two\n")], why: "it has a header" }),
});

describe("the steps of a run", () => {
  test("are what each transform took in each pass, with the text up to there", () => {
    const { steps, after } = refit(file, { transforms: [whisper, shoutNote] });
    const shouted = file.replaceAll("note", "NOTE");
    const places = [
      { line: 2, column: 1 },
      { line: 4, column: 1 },
    ];
    expect(steps.slice(0, 2)).toEqual([
      { transform: "shout-note", promise: "same-image", after: shouted, files: [], places },
      { transform: "whisper", promise: "same-image", after: file.replaceAll("note", "(note)"), files: [], places },
    ]);
    expect(steps.at(-1)?.after).toBe(after);
  });

  test("have their places in the file that came in", () => {
    const { steps } = refit(file, { transforms: [header, { ...shoutNote, phase: "merge" }] });
    expect(steps[1]).toMatchObject({ transform: "shout-note", places: [{ line: 2 }, { line: 4 }] });
  });

  test("are none where nothing changes", () => {
    expect(refit("FROM scratch\n", { transforms: [shoutNote] }).steps).toEqual([]);
    expect(refit("RUNN x\n", { transforms: [shoutNote] }).steps).toEqual([]);
  });
});

describe("a place that must be left out", () => {
  const leave = (transform: string, line: number): LeaveOut => ({
    transform,
    at: { line, column: 1 },
    why: "the proof failed with it",
  });

  test("stays as it is, is told why, and the others are done", () => {
    const result = refit(file, { transforms: [shoutNote], leaveOut: [leave("shout-note", 2)] });
    expect(result.after).toBe(file.replace("note: place", "NOTE: place"));
    expect(result.outcomes.find(({ at }) => at.line === 2)).toMatchObject({
      kind: "declined",
      code: "left-out",
      message: "the proof failed with it",
    });
  });

  test("is the place of one transform, not of another", () => {
    const { after } = refit(file, { transforms: [shoutNote], leaveOut: [leave("whisper", 2)] });
    expect(after).toBe(file.replaceAll("note", "NOTE"));
  });

  test("is found where other rewrites have moved it", () => {
    const late: Transform = { ...shoutNote, phase: "merge" };
    const { after } = refit(file, { transforms: [header, late], leaveOut: [leave("shout-note", 4)] });
    expect(after).toBe(`# one\n# two\n${file.replace("note: name", "NOTE: name")}`);
  });

  test("is told in its transform's own words where the transform declines it anyway", () => {
    const text = "FROM scratch\n# note: keep\n";
    const { outcomes } = refit(text, { transforms: [shoutNote], leaveOut: [leave("shout-note", 2)] });
    expect(outcomes).toMatchObject([{ code: "says-keep" }]);
  });
});
