import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf } from "../../src/image/index.ts";
import { adviceJson, adviceOf, adviceText, baseUsesOf } from "../../src/report/index.ts";

const today = "2026-11-27";

function adviceFor(files: Readonly<Record<string, string>>, namedContexts?: ReadonlyMap<string, string>) {
  const uses = Object.entries(files).flatMap(([path, text]) =>
    baseUsesOf(path, factsOf(parseDockerfile(text), { namedContexts })),
  );
  return adviceOf(uses, Object.keys(files).length, today);
}

function shown(files: Readonly<Record<string, string>>, width = 80): string {
  return adviceText(adviceFor(files), { colour: false, width });
}

describe("bases", () => {
  test("of stages, with ARGs replaced by their defaults; scratch, stages and named contexts are none", () => {
    const text = `ARG NODE=20
FROM node:\${NODE} AS build
FROM build AS test
FROM scratch AS empty
FROM common
FROM nginx:1.27
`;
    const { bases, unresolved } = adviceFor({ Dockerfile: text }, new Map([["common", "target web"]]));
    expect(bases.map(({ reference }) => reference)).toEqual(["nginx:1.27", "node:20"]);
    expect(bases[1]!.uses).toMatchObject([{ path: "Dockerfile", line: 2, written: "node:$" + "{NODE}" }]);
    expect(unresolved).toEqual([]);
  });

  test("that have no default, or are no reference, are told apart", () => {
    const { bases, unresolved } = adviceFor({ Dockerfile: "ARG BASE\nFROM $BASE\nFROM REPLACE-ME\n" });
    expect(bases).toEqual([]);
    expect(unresolved.map(({ line, written }) => `${line} ${written}`)).toEqual(["2 $BASE", "3 REPLACE-ME"]);
  });

  test("are one under all names that mean the same image, the most shared first", () => {
    const { bases } = adviceFor({
      "a/Dockerfile": "FROM node\nFROM docker.io/library/node:latest\n",
      "b/Dockerfile": "FROM library/node\nFROM alpine:3.20\n",
      "c/Dockerfile": "FROM quay.io/library/node\n",
    });
    expect(bases.map(({ reference, dockerfiles, uses }) => [reference, dockerfiles, uses.length])).toEqual([
      ["node:latest", 2, 3],
      ["alpine:3.20", 1, 1],
      ["quay.io/library/node:latest", 1, 1],
    ]);
  });
});

const digest = "sha256:5ce5f501c457015c4b91f91a15ac69157d9b06f1a75cf9107bf2b62e0843983a";

const files = {
  "api/Dockerfile": "FROM node:20-bullseye AS build\nFROM node:20-bullseye\n",
  "web/Dockerfile": `FROM node:20-bullseye\nFROM debian:12@${digest}\n`,
  "jobs/Dockerfile": "ARG BASE\nFROM $BASE\nFROM openjdk:17\nFROM fedora:43\nFROM tools.example.com/team/build:7\n",
};

test("the table reads well at 80 columns", () => {
  expect(shown(files)).toBe(`5 base images in 3 Dockerfiles, as of 2026-11-27

  files  stages  pinned    base
      2       3  floating  node:20-bullseye
                             end of life since 2026-04-30: Node.js 20
                                         since 2026-08-31: Debian 11
                             smaller     node:20-bullseye-slim: without
                                           compilers and -dev packages
      1       1  digest    debian:12@sha256:5ce5f501c457…
                             LTS alone   since 2026-07-11, until 2028-06-30:
                                           Debian 12
                             smaller     debian:12-slim: without documentation
                                           and a few tools
      1       1  floating  fedora:43
                             ends soon   on 2026-12-09: Fedora 43
      1       1  floating  openjdk:17
                             deprecated  since 2022-07; take
                                           eclipse-temurin:17-jdk or
                                           amazoncorretto:17
      1       1  tag       tools.example.com/team/build:7

  Without a build nobody can tell the image of 1 stage:
    jobs/Dockerfile:2: FROM $BASE

  Of these 1 past their end of life, 1 deprecated, 4 without a digest, 2 with a
  smaller variant, 1 not known to refit.
  Dates of end of life as they were known on 2026-08-22.
  floating: the tag moves on to later releases; tag: whether it moves is not
  known. refit --only pin-images writes digests.
`);
});

test("no line but one with a long name is wider than the terminal", () => {
  for (const width of [72, 80, 120]) {
    for (const line of shown(files, width).split("\n")) expect(line.length).toBeLessThanOrEqual(width);
  }
});

test("without bases there is no table", () => {
  expect(shown({ Dockerfile: "FROM scratch\n" })).toBe(`0 base images in 1 Dockerfile, as of 2026-11-27

  Dates of end of life as they were known on 2026-08-22.
`);
});

test("a base without fault is told to be one", () => {
  const { bases } = adviceFor({ Dockerfile: `FROM alpine:3.24@${digest}\n` });
  expect(bases[0]).toMatchObject({ pinning: "digest", smaller: [] });
  expect(shown({ Dockerfile: `FROM alpine:3.24@${digest}\n` })).toContain("  There is nothing to advise.\n");
});

test("colours are asked for", () => {
  const coloured = adviceText(adviceFor(files), { colour: true, width: 80 });
  expect(coloured).toContain("\u001b[31mend of life\u001b[39m since 2026-04-30");
  expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(shown(files));
});

test("the JSON form has the documented shape", () => {
  const failed = [{ path: "bad/Dockerfile", problems: [{ code: "syntax", message: "…", at: undefined }] }] as const;
  const { bases, ...rest } = JSON.parse(adviceJson(adviceFor(files), failed));
  expect(rest).toEqual({
    version: 1,
    today,
    knownOn: "2026-08-22",
    unresolved: [{ path: "jobs/Dockerfile", line: 2, written: "$BASE" }],
    problems: [{ path: "bad/Dockerfile", problems: [{ code: "syntax", message: "…", line: null, column: null }] }],
    totals: { dockerfiles: 3, stages: 8, bases: 5, problems: 1 },
  });
  const node = {
    reference: "node:20-bullseye",
    dockerfiles: 2,
    stages: 3,
    pinning: "floating",
    family: "node",
    version: "20",
    distribution: { name: "debian", version: "11" },
    libc: "glibc",
    packageManager: "apt",
    user: "root",
    support: [
      { product: "node", cycle: "20", ends: "2026-04-30", handover: null, state: "ended" },
      { product: "debian", cycle: "11", ends: "2026-08-31", handover: "2024-08-14", state: "ended" },
    ],
    deprecated: null,
    smaller: [{ reference: "node:20-bullseye-slim", kind: "slim", note: "without compilers and -dev packages" }],
    uses: [
      { path: "api/Dockerfile", line: 1, written: "node:20-bullseye" },
      { path: "api/Dockerfile", line: 2, written: "node:20-bullseye" },
      { path: "web/Dockerfile", line: 1, written: "node:20-bullseye" },
    ],
  };
  expect(bases[0]).toEqual(node);
  expect(bases[3]).toMatchObject({
    reference: "openjdk:17",
    deprecated: { since: "2022-07", successors: ["eclipse-temurin:17-jdk", "amazoncorretto:17"] },
  });
  expect(bases[4]).toEqual({
    ...{ reference: "tools.example.com/team/build:7", dockerfiles: 1, stages: 1, pinning: "tag" },
    ...{ family: null, version: null, distribution: null, libc: null, packageManager: null, user: null },
    ...{ support: [], deprecated: null, smaller: [] },
    uses: [{ path: "jobs/Dockerfile", line: 5, written: "tools.example.com/team/build:7" }],
  });
});
