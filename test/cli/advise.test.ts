import { describe, expect, test } from "vitest";
import { world } from "../harness/world.ts";

const node = "FROM node:10\n";

test("bases of all Dockerfiles below a folder are told, with how many share each", async () => {
  const { code, out, err } = await world({ "api/Dockerfile": node, "web/Dockerfile": node }).refit(["advise"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^1 base image in 2 Dockerfiles, as of \d{4}-\d\d-\d\d\n/);
  expect(out).toContain("      2       2  floating  node:10\n");
  expect(out).toContain("end of life since 2021-04-30: Node.js 10\n");
  expect(out).toContain("node:10-slim");
});

test("standard input is a Dockerfile too", async () => {
  const { code, out } = await world().refit(["advise", "-", "--format", "json"], { stdin: node });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    version: 1,
    bases: [{ reference: "node:10", uses: [{ path: "Dockerfile", line: 1 }] }],
  });
});

test("a name that Compose gives a context of its own is no base", async () => {
  const compose = "services: { web: { build: { context: ., additional_contexts: { common: ./common } } } }\n";
  const files = { "compose.yaml": compose, Dockerfile: "FROM common\nFROM node:10\n", "common/page.md": "" };
  const { out } = await world(files).refit(["advise", "--format", "json"]);
  expect(JSON.parse(out).bases.map(({ reference }: { reference: string }) => reference)).toEqual(["node:10"]);
});

describe("bad input is one line and exit code 2, and the others are told", () => {
  test.each([
    { path: "gone", says: /^gone: error: no such file or folder$/ },
    { path: "empty", says: /^empty: error: no Dockerfiles in this folder$/ },
    { path: "binary/Dockerfile", says: /^binary\/Dockerfile: error: is a binary file$/ },
    { path: "bad/Dockerfile", says: /^bad\/Dockerfile:2:1: error: .*RUNN/ },
  ])("$path", async ({ path, says }) => {
    const here = world({
      "empty/page.md": "",
      "binary/Dockerfile": new Uint8Array([127, 69, 76, 70, 0, 0]),
      "bad/Dockerfile": "FROM scratch\nRUNN make\n",
      "good/Dockerfile": node,
    });
    const { code, out, err } = await here.refit(["advise", path, "good"]);
    expect(code).toBe(2);
    expect(err.trimEnd()).toMatch(says);
    expect(out).toContain("node:10");
    const json = await here.refit(["advise", path, "good", "--format", "json"]);
    expect({ code: json.code, err: json.err }).toEqual({ code: 2, err: "" });
    expect(JSON.parse(json.out).problems).toMatchObject([{ path }]);
  });

  test("with nothing else to tell, nothing goes to standard output", async () => {
    expect(await world().refit(["advise", "gone"])).toEqual({
      code: 2,
      out: "",
      err: "gone: error: no such file or folder\n",
    });
  });

  test.each([["--format", "xml"], ["--formt", "json"], ["--format", "json", "--format", "text"], ["--write"]])(
    "%s %s",
    async (...args) => {
      const { code, out, err } = await world({ Dockerfile: node }).refit(["advise", ...args]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^refit: .+\n$/);
    },
  );
});

test("a template is skipped with a note, exit code 0", async () => {
  const { code, out, err } = await world({ Dockerfile: "FROM {{ base }}\n" }).refit(["advise"]);
  expect({ code, out }).toEqual({ code: 0, out: "" });
  expect(err).toMatch(/^Dockerfile:1:\d+: skipped: /);
});
