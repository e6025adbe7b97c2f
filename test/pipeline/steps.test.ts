import { describe, expect, test } from "vitest";
import { type LeaveOut, refit } from "../../src/pipeline/index.ts";
import { defineTransform, insertAt, type Transform } from "../../src/transform/index.ts";
import { commentTransform, shoutTodo } from "../harness/samples.ts";

const file = "FROM scratch\n# todo: name\nLABEL a=1\n# todo: place\n";
const whisper = commentTransform("whisper", (comment) => comment.replace("TODO", "(todo)"), "merge");

/** Puts two lines at the top of a file that has none. */
const header: Transform = defineTransform<undefined>({
  ...shoutTodo,
  name: "header",
  *find({ dockerfile: { source } }) {
    if (!source.startsWith("#")) yield { at: { start: 0, end: 0 }, data: undefined };
  },
  rewrite: () => ({ edits: [insertAt(0, "# one\n# two\n")], why: "it has a header" }),
});

describe("the steps of a run", () => {
  test("are what each transform took in each pass, with the text up to there", () => {
    const { steps, after } = refit(file, { transforms: [whisper, shoutTodo] });
    const shouted = file.replaceAll("todo", "TODO");
    const places = [
      { line: 2, column: 1 },
      { line: 4, column: 1 },
    ];
    expect(steps.slice(0, 2)).toEqual([
      { transform: "shout-todo", promise: "same-image", after: shouted, files: [], places },
      { transform: "whisper", promise: "same-image", after: file.replaceAll("todo", "(todo)"), files: [], places },
    ]);
    expect(steps.at(-1)?.after).toBe(after);
  });

  test("have their places in the file that came in", () => {
    const { steps } = refit(file, { transforms: [header, { ...shoutTodo, phase: "merge" }] });
    expect(steps[1]).toMatchObject({ transform: "shout-todo", places: [{ line: 2 }, { line: 4 }] });
  });

  test("are none where nothing changes", () => {
    expect(refit("FROM scratch\n", { transforms: [shoutTodo] }).steps).toEqual([]);
    expect(refit("RUNN x\n", { transforms: [shoutTodo] }).steps).toEqual([]);
  });
});

describe("a place that must be left out", () => {
  const leave = (transform: string, line: number): LeaveOut => ({
    transform,
    at: { line, column: 1 },
    why: "the proof failed with it",
  });

  test("stays as it is, is told why, and the others are done", () => {
    const result = refit(file, { transforms: [shoutTodo], leaveOut: [leave("shout-todo", 2)] });
    expect(result.after).toBe(file.replace("todo: place", "TODO: place"));
    expect(result.outcomes.find(({ at }) => at.line === 2)).toMatchObject({
      kind: "declined",
      code: "left-out",
      message: "the proof failed with it",
    });
  });

  test("is the place of one transform, not of another", () => {
    const { after } = refit(file, { transforms: [shoutTodo], leaveOut: [leave("whisper", 2)] });
    expect(after).toBe(file.replaceAll("todo", "TODO"));
  });

  test("is found where other rewrites have moved it", () => {
    const late: Transform = { ...shoutTodo, phase: "merge" };
    const { after } = refit(file, { transforms: [header, late], leaveOut: [leave("shout-todo", 4)] });
    expect(after).toBe(`# one\n# two\n${file.replace("todo: name", "TODO: name")}`);
  });

  test("is told in its transform's own words where the transform declines it anyway", () => {
    const text = "FROM scratch\n# todo: keep\n";
    const { outcomes } = refit(text, { transforms: [shoutTodo], leaveOut: [leave("shout-todo", 2)] });
    expect(outcomes).toMatchObject([{ code: "says-keep" }]);
  });
});
