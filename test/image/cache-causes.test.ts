import { expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { explainSteps, factsOf } from "../../src/image/index.ts";

/** `COPY . . < file . arg V line 3`, of each step. */
function causes(lines: readonly string[], target?: string): string[] {
  const { dockerfile, ...facts } = factsOf(parseDockerfile(`${lines.join("\n")}\n`));
  const lineOf = (offset: number) => dockerfile.lines.position(offset).line;
  return explainSteps({ dockerfile, ...facts }, target).steps.map(({ instruction, causes }) =>
    [
      `${instruction.keyword} ${instruction.args.text} <`,
      ...causes.files.map((file) => `file ${file}`),
      ...causes.remote.map((url) => `remote ${url}`),
      ...causes.buildArgs.map((name) => `arg ${name}`),
      ...causes.stages.map((name) => `stage ${name}`),
      ...(causes.above ? [`line ${lineOf(causes.above.instruction.span.start)}`] : []),
    ].join(" "),
  );
}

test("what a COPY, an ADD and a mount take, and the step above that takes something too", () => {
  expect(
    causes([
      "FROM node AS build",
      "WORKDIR /app",
      "COPY package*.json lib ./",
      "RUN --mount=source=src,target=/src --mount=type=cache,target=/c make",
      "ADD https://example.com/a.tgz local.tgz /a/",
      "COPY --from=nginx /etc/nginx /etc",
      "COPY <<EOF /x\ntext\nEOF",
    ]),
  ).toEqual([
    "WORKDIR /app <",
    "COPY package*.json lib ./ < file package*.json file lib",
    "RUN make < file src line 3",
    "ADD https://example.com/a.tgz local.tgz /a/ < file local.tgz remote https://example.com/a.tgz line 4",
    "COPY /etc/nginx /etc < line 5",
    "COPY <<EOF /x < line 5",
  ]);
});

test("other stages, by name and number, and those that they stand on", () => {
  expect(
    causes([
      "FROM node AS base",
      "COPY a /a",
      "FROM base AS build",
      "RUN make",
      "FROM scratch",
      "COPY --from=build /a /b",
      "COPY --from=0 /a /a",
      "RUN --mount=from=base,target=/m ls",
    ]),
  ).toEqual([
    "COPY a /a < file a",
    "RUN make < line 2",
    "COPY /a /b < stage build",
    "COPY /a /a < stage 0 line 6",
    "RUN ls < stage base line 7",
  ]);
});

test("a build argument is told where it comes in, and not of each step behind", () => {
  const lines = ["ARG V=1", "FROM node:$V AS a", "ARG W", "WORKDIR /app", "RUN one", "RUN two", "FROM a", "RUN three"];
  expect(causes(lines)).toEqual(["WORKDIR /app <", "RUN one < arg W", "RUN two < line 5", "RUN three < line 5"]);
});

test("a target has the steps that it needs", () => {
  const lines = ["FROM node AS a", "COPY a /a", "FROM node AS b", "COPY b /b", "FROM node", "COPY c /c"];
  expect(causes(lines, "b")).toEqual(["COPY b /b < file b"]);
  expect(causes(lines, "0")).toEqual(["COPY a /a < file a"]);
});
