import { describe, expect, test } from "vitest";
import { addTo, type FileReport, noTotals, textReporter, type Verbosity } from "../../src/report/index.ts";

const report: FileReport = {
  path: "api/Dockerfile",
  before: "FROM a\nRUN b\n",
  after: "FROM a\nRUN c\n",
  files: [],
  problems: [],
  settled: true,
  outcomes: [
    {
      kind: "declined",
      transform: "order-manifests",
      at: { line: 1, column: 1 },
      because: { line: 2, column: 5 },
      message: "it may not",
      code: "lifecycle-script",
      pass: 2,
    },
    {
      kind: "applied",
      transform: "merge-runs",
      at: { line: 9, column: 1 },
      message: "second",
      code: "applied",
      pass: 1,
    },
    {
      kind: "applied",
      transform: "pin-images",
      at: { line: 2, column: 3 },
      message: "first",
      code: "applied",
      pass: 1,
    },
    {
      kind: "broken",
      transform: "split-builder",
      at: { line: 4, column: 1 },
      message: "same-runtime would not hold",
      code: "broken-promise",
      pass: 2,
    },
  ],
};

function notesOf(verbosity: Verbosity, given: Partial<FileReport> = {}): string {
  const reporter = textReporter({ verbosity, colour: { out: false, err: false }, written: false });
  return reporter.file({ ...report, ...given }).err ?? "";
}

describe("notes on a file", () => {
  test("are rewrites, then what was left alone, each from top to bottom", () => {
    expect(notesOf("normal")).toBe(
      [
        "api/Dockerfile:2:3: pin-images: first",
        "api/Dockerfile:9:1: merge-runs: second",
        "api/Dockerfile:1:1: order-manifests left this alone: it may not (line 2)",
        "api/Dockerfile:4:1: split-builder was dropped, a bug of refit: same-runtime would not hold",
        "",
      ].join("\n"),
    );
  });

  test("have codes and passes when verbose, and are left out when quiet", () => {
    expect(notesOf("verbose")).toContain("it may not (line 2) [lifecycle-script, pass 2]\n");
    expect(notesOf("quiet")).toBe("");
  });

  test("tell the first of several errors, and all when verbose", () => {
    const error = (line: number) => ({ code: "syntax" as const, message: `error ${line}`, at: { line, column: 1 } });
    const problems = [error(3), error(4), error(5)];
    expect(notesOf("normal", { problems, outcomes: [] })).toBe("api/Dockerfile:3:1: error: error 3 (and 2 more)\n");
    expect(notesOf("verbose", { problems, outcomes: [] }).split("\n")).toHaveLength(4);
  });

  test("do not tell of templates when quiet", () => {
    const problems = [{ code: "template" as const, message: "it is one", at: { line: 3, column: 1 } }];
    expect(notesOf("normal", { problems, outcomes: [] })).toBe("api/Dockerfile:3:1: skipped: it is one\n");
    expect(notesOf("quiet", { problems, outcomes: [] })).toBe("");
  });

  test("tell problems and bugs of ours even when quiet", () => {
    const problems = [{ code: "syntax" as const, message: "unknown instruction", at: { line: 3, column: 1 } }];
    expect(notesOf("quiet", { problems, outcomes: [], settled: false })).toBe(
      "api/Dockerfile:3:1: error: unknown instruction\napi/Dockerfile: the passes did not come to rest, a bug of refit\n",
    );
  });
});

test("colours a diff without changing its text", () => {
  const diffOf = (out: boolean) =>
    textReporter({ verbosity: "normal", colour: { out, err: false }, written: false }).file(report).out ?? "";
  expect(diffOf(true)).toContain("\x1b[31m-RUN b\x1b[39m");
  expect(diffOf(true).replace(/\x1b\[\d+m/g, "")).toBe(diffOf(false));
});

test("the last line counts", () => {
  const end = (totals: typeof noTotals, written: boolean) =>
    textReporter({ verbosity: "normal", colour: { out: false, err: false }, written }).end(totals).err;
  const problem = {
    ...report,
    after: report.before,
    outcomes: [],
    problems: [{ code: "template" as const, message: "", at: undefined }],
  };
  const totals = addTo(addTo(noTotals, report), problem);
  expect(totals).toEqual({ files: 2, changed: 1, applied: 2, declined: 1, problems: 1 });
  expect(end(totals, false)).toBe(
    "2 files: 1 would change, 2 rewrites, 1 place left alone, 1 not touched because of a problem\n",
  );
  expect(end(noTotals, true)).toBe("0 files: 0 rewritten, 0 rewrites, 0 places left alone\n");
});
