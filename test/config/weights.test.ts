/** Step times out of a build's log, and out of refit's own file. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readWeights, weightsFile } from "../../src/config/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf } from "../../src/image/index.ts";

const folder = mkdtempSync(join(tmpdir(), "refit-weights-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string) {
  writeFileSync(join(folder, "times"), text);
  return readWeights(join(folder, "times"), "times");
}

/** The seconds of a Dockerfile's steps. */
function secondsIn(text: string, dockerfile: string): (number | undefined)[] {
  const times = read(text);
  return factsOf(parseDockerfile(dockerfile)).stages.flatMap(({ steps }) => steps.map((step) => times.secondsOf(step)));
}

const vertex = (name: string, seconds: number, more = {}) => ({
  digest: `sha256:${name}`,
  name,
  started: "2026-11-25T09:00:00.000000000Z",
  completed: `2026-11-25T09:00:${String(seconds).padStart(2, "0")}.500000000Z`,
  ...more,
});

describe("a log of buildx", () => {
  test("is read as buildx 0.13 writes it, with variables, heredocs and several lines a value", () => {
    const times = readWeights(join(import.meta.dirname, "../fixtures/weights/buildx-0.13.log"));
    const dockerfile =
      'FROM busybox\nARG A=1\nCOPY . /x\nRUN sleep 1; echo $PATH "$A" > /y\nRUN <<EOF\necho a\necho b\nEOF\n';
    const [, copy, sleep, heredoc] = factsOf(parseDockerfile(dockerfile)).stages[0]!.steps;
    expect(times.secondsOf(copy!)).toBeCloseTo(0.049);
    expect(times.secondsOf(sleep!)).toBeCloseTo(1.145);
    expect(times.secondsOf(heredoc!)).toBeCloseTo(0.142);
  });

  test("is read with one value a line, where a step is told of more than once", () => {
    const lines = [
      { vertexes: [{ ...vertex("[1/2] RUN a", 1), completed: null }] },
      { vertexes: [vertex("[1/2] RUN a", 1), vertex("[internal] load build context", 9)] },
      { vertexes: [vertex("[1/2] RUN a", 1)], statuses: [], logs: null },
      { vertexes: [vertex("[1/2] RUN a", 3, { started: "2026-11-25T09:00:02.500000000Z" })] },
      { vertexes: [vertex("[api build 2/2] RUN b", 7), vertex("[linux/amd64 build 2/2] RUN c", 8)] },
    ];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    expect(secondsIn(text, "FROM x\nRUN a\nRUN b\nRUN c\nRUN d\n")).toEqual([2.5, 7.5, 8.5, undefined]);
  });

  test("says nothing of steps that came from the cache or failed", () => {
    const steps = [
      vertex("[1/3] RUN a", 0, { cached: true }),
      vertex("[2/3] RUN b", 1),
      vertex("[3/3] RUN c", 1, { error: "exit code: 1" }),
    ];
    expect(secondsIn(JSON.stringify({ vertexes: steps }), "FROM x\nRUN a\nRUN b\nRUN c\n")).toEqual([
      undefined,
      1.5,
      undefined,
    ]);
  });
});

test("what buildx says beside the log is no part of it: of a build that failed the steps before count", () => {
  const ran = (name: string, more: object = {}) => ({
    vertexes: [{ digest: name, name, started: "2026-11-27T04:55:11Z", completed: "2026-11-27T04:55:13Z", ...more }],
  });
  const log = [
    "WARNING: No output specified with docker-container driver",
    JSON.stringify(ran("[2/3] RUN a")),
    JSON.stringify(ran("[3/3] RUN b", { error: "exit code: 1" })),
    "Dockerfile:3",
    "--------------------",
    "   3 | >>> RUN b",
    "ERROR: failed to solve: exit code: 1",
  ];
  expect(secondsIn(`${log.join("\n")}\n`, "FROM x\nRUN a\nRUN b\n")).toEqual([2, undefined]);
});

test("what refit writes, it reads", () => {
  const text = weightsFile([{ stage: "build", instruction: "RUN npm ci", seconds: 12.5 }]);
  expect(JSON.parse(text)).toEqual({
    version: 1,
    steps: [{ stage: "build", instruction: "RUN npm ci", seconds: 12.5 }],
  });
  expect(secondsIn(text, "FROM x\nRUN npm  ci\n")).toEqual([12.5]);
});

describe("a file that is no such thing is told in one line", () => {
  const NEITHER = "is neither a build's log (--progress rawjson) nor step times of refit";
  test.each([
    ["", "times: is empty, where step times were expected"],
    ["#1 [internal] load build definition\n", `times:1: ${NEITHER}`],
    ['{"vertexes":[]}\n["no such thing"]\n', "times:2: is no status of a build"],
    ['{"vertexes":[]}\n\n{"vertexes":[\n', `times:3: ${NEITHER}`],
    ['{"vertexes":[]}\n{"name":"app"}\n', "times:2: is no status of a build"],
    ['{"name":"app"}', `times:1: ${NEITHER}: version is missing`],
    ['\n{"version":2,"steps":[]}', `times:2: ${NEITHER}: version must be 1`],
    [
      '{"version":1,"steps":[{"instruction":"RUN a","seconds":"2"}]}',
      `times:1: ${NEITHER}: steps.0.seconds must be a number`,
    ],
    [
      '{\n "version": 1,\n "steps": [\n  {"instruction":"RUN {,","seconds":1},\n  {\n"instruction":"RUN a","seconds":-2}]}',
      `times:5: ${NEITHER}: steps.1.seconds must not be negative`,
    ],
    ['{\n  "version": 1,\n  "steps": []\n  "more": 1\n}', `times:4: ${NEITHER}`],
    ['{"version":1,"steps":[7]}', `times:1: ${NEITHER}: steps.0 must be an object`],
    ['{"version":1,"steps":[1, {"seconds":1}]}', `times:1: ${NEITHER}: steps.0 must be an object`],
    ['{"version":1,"steps":[]}\n{"version":1,"steps":[]}', `times:2: ${NEITHER}: another value begins here`],
    ["[1, 2]", `times:1: ${NEITHER}: version is missing`],
    ['"RUN a"', `times:1: ${NEITHER}: it must be an object`],
    ['{"version":1,"steps":[]}', "times: has no step that ran: a build without cache has them all"],
    ['{"vertexes":[]}', "times: has no step that ran: a build without cache has them all"],
  ])("%j", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test("one that is not there", () => {
    expect(() => readWeights(join(folder, "gone"), "gone")).toThrow("gone: the file of step times cannot be read");
  });
});
