import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { transforms } from "../../transforms/index.ts";
import { world } from "../harness/world.ts";

const dockerfile = `FROM node:20 AS build
WORKDIR /app
COPY . .
RUN npm ci
FROM build AS tests
RUN npm test
FROM nginx
COPY --from=build /app/dist /srv
`;
const manifest = { name: "letters", version: "1.0.0" };
const app = {
  Dockerfile: dockerfile,
  "package.json": JSON.stringify(manifest),
  "package-lock.json": JSON.stringify({ ...manifest, lockfileVersion: 3, packages: { "": manifest } }),
  "src/main.js": "",
  ".dockerignore": "notes\n",
  "notes/todo.md": "",
};

function explain(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  return world(files).refit(["explain", ...args], { transforms });
}

async function json(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { code, out, err } = await explain(files, ...args, "--format", "json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
}

/** The steps that an edit runs again, on the side before. */
function again(document: Awaited<ReturnType<typeof json>>, edit: "source" | "manifest" | "line", side = "before") {
  return document[side].stages.flatMap(({ steps }: { steps: { text: string; rerun: Record<string, string> }[] }) =>
    steps.filter(({ rerun }) => rerun[edit] !== "cached").map(({ text, rerun }) => `${rerun[edit]} ${text}`),
  );
}

describe("what it tells", () => {
  test("an edit of a source runs the install again, and with refit no more", async () => {
    const { code, out } = await explain(app);
    expect(code).toBe(0);
    expect(out).toMatch(/^Dockerfile\n/);
    expect(out).toContain("with refit");
    const document = await json(app);
    expect(again(document, "source")).toEqual([
      "runs COPY . .",
      "runs RUN npm ci",
      "unsure COPY --from=build /app/dist /srv",
    ]);
    expect(again(document, "source", "after")).toEqual(["runs COPY . ."]);
  });

  test("edits are those that are asked for", async () => {
    const document = await json(
      app,
      "--edit",
      "./src/main.js",
      "--edit",
      "package-lock.json",
      "--line",
      "6",
      "--target",
      "tests",
    );
    expect(document.edits).toEqual({
      source: { path: "src/main.js", isMadeUp: false },
      manifest: { path: "package-lock.json", isMadeUp: false },
      line: { line: 6, text: "RUN npm test" },
    });
    expect(again(document, "line")).toEqual(["runs RUN npm test"]);
    expect(document.before.notBuilt).toEqual(["2"]);
  });

  test("a build argument that is given hides the default", async () => {
    const files = { Dockerfile: "FROM busybox\nARG V=1\nRUN one\n" };
    expect(again(await json(files, "--line", "2"), "line")).toEqual(["runs RUN one"]);
    expect(again(await json(files, "--line", "2", "--build-arg", "V=2"), "line")).toEqual([]);
  });

  test("without steps there is nothing to run again", async () => {
    const { code, out } = await explain({ Dockerfile: "FROM scratch\nLABEL a=b\n" });
    expect(code).toBe(0);
    expect(out).toContain("nothing runs again after an edit");
  });

  test("standard input has no build context", async () => {
    const { refit } = world();
    const { code, out } = await refit(["explain", "-"], { transforms, stdin: dockerfile });
    expect(code).toBe(0);
    expect(out).toContain("a-source (made up: the build context is not known)");
  });

  test("of a folder it is the Dockerfile right in it", async () => {
    const files = { ...app, "more/Dockerfile": "FROM scratch\n" };
    expect((await json(files)).path).toBe("Dockerfile");
    expect((await json(files, "more")).path).toBe("more/Dockerfile");
    expect((await json({ "api/Containerfile": "FROM scratch\n" }, "api")).path).toBe("api/Containerfile");
    expect((await json({ "api/web.Dockerfile": "FROM scratch\n" })).path).toBe("api/web.Dockerfile");
  });

  test("steps are weighed by the times of a file, also of one that the config names", async () => {
    const weights = JSON.stringify({ version: 1, steps: [{ instruction: "RUN npm ci", seconds: 12.5 }] });
    const files = { ...app, "times.json": weights };
    const install = ({ before }: Awaited<ReturnType<typeof json>>) => before.stages[0].steps[2].weight;
    const measured = { amount: 12.5, measured: true, heavy: true };
    expect(install(await json(files, "--weights", "times.json"))).toEqual(measured);
    expect(install(await json({ ...files, "refit.config.json": '{"weights":"times.json"}' }))).toEqual(measured);
    expect(install(await json(files))).toMatchObject({ measured: false, heavy: true });
    expect((await explain(files, "--weights", "times.json")).out).toMatch(/RUN npm ci .* 12\.5 s /);
  });
});

describe("builds of Compose and Bake", () => {
  const compose = `services:
  web: { build: { context: ., target: tests, args: { V: "2" } } }
  worker: { build: . }
`;
  const files = { ".git/HEAD": "", ...app, Dockerfile: `${dockerfile}ARG V=1\nRUN one\n`, "compose.yaml": compose };

  test("the first one's target and arguments count, and the others are named", async () => {
    const { out } = await explain(files);
    expect(out).toMatch(
      /^Dockerfile, target tests \(service web in compose\.yaml\)\n {2}also built by service worker in compose\.yaml\n/,
    );
    const document = await json(files);
    expect(document.target).toBe("tests");
    expect(document.builds.map(({ target }: { target: string | null }) => target)).toEqual(["tests", null]);
  });

  test("a target that is named goes before", async () => {
    const document = await json(files, "--target", "2", "--line", "9");
    expect({ target: document.target, builds: document.builds }).toEqual({ target: "2", builds: [] });
    expect(again(document, "line")).toEqual(["runs RUN one"]);
  });

  test("so do arguments", async () => {
    const one = { ...files, "compose.yaml": 'services: { web: { build: { context: ., args: { V: "2" } } } }\n' };
    expect(again(await json(one, "--line", "9"), "line")).toEqual([]);
  });
});

describe("one line for what a user can mend", () => {
  test.each([
    ["--line", "0", "refit: --line takes the number of a line, from 1 on\n"],
    ["--line", "two", "refit: --line takes the number of a line, from 1 on\n"],
    ["--line", "99", "refit: --line 99 is behind the end of Dockerfile, which has 8\n"],
    ["--edit", "src", "refit: --edit src is a folder: name a file in it\n"],
    ["--edit", "gone.js", "refit: --edit gone.js is no file of the build context\n"],
    ["--edit", "notes/todo.md", "refit: --edit notes/todo.md is kept out of the build by .dockerignore\n"],
    ["--target", "prod", "refit: Dockerfile has no stage prod\n"],
    ["--weights", "gone", "refit: gone: the file of step times cannot be read\n"],
    ["--weights", "package.json", /^refit: package\.json:1: is neither a build's log [^\n]+\n$/],
    ["--context", "gone", "refit: --context gone is not a folder\n"],
    ["--only", "shout", /^refit: [^\n]*shout[^\n]*\n$/],
  ])("%s %s", async (flag, value, message) => {
    const { code, out, err } = await explain(app, flag, value);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    if (typeof message === "string") expect(err).toBe(message);
    else expect(err).toMatch(message);
  });

  test.each([
    ["gone", { Dockerfile: "" }, "refit: gone: no such file or folder\n"],
    [
      ".",
      { "a.Dockerfile": "FROM a\n", "b.Dockerfile": "FROM b\n" },
      "refit: . has 2 Dockerfiles, and one can be explained: a.Dockerfile, …\n",
    ],
    [".", { "note.txt": "" }, "refit: .: no Dockerfiles in this folder\n"],
    [".", { Dockerfile: "FROM node\nCOPY\n" }, "Dockerfile:2:1: error: COPY needs a source and a destination\n"],
    [".", { Dockerfile: "" }, /^Dockerfile:1:1: error: [^\n]+\n$/],
    [".", { Dockerfile: "FROM {{ base }}\nRUN one\n" }, /^Dockerfile:1:6: skipped: the file is a template[^\n]*\n$/],
  ])("%s of %j", async (path, files, message) => {
    const { code, out, err } = await explain(files as Record<string, string>, path);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    if (typeof message === "string") expect(err).toBe(message);
    else expect(err).toMatch(message);
  });
});

/** Names and kinds, `a.b[].c string`; of null nothing is said. */
function shapeOf(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => shapeOf(each, `${at}[]`));
  if (value === null) return [];
  if (typeof value !== "object") return [`${at} ${typeof value}`];
  return Object.entries(value).flatMap(([name, each]) => [`${at}.${name}`, ...shapeOf(each, `${at}.${name}`)]);
}

test("the JSON has the shape that docs/json-output.md shows", async () => {
  const page = readFileSync(new URL("../../docs/json-output.md", import.meta.url), "utf8");
  const [, example] = /# `refit explain --format json`[^`]*```json\n(.*?)```/s.exec(page)!;
  const weights = JSON.stringify({ version: 1, steps: [{ instruction: "RUN npm ci", seconds: 12.5 }] });
  const files = {
    ...app,
    ".git/HEAD": "",
    Dockerfile: `ARG W=1\n${dockerfile}`
      .replace("COPY . .", "ARG V=1\nCOPY . .\nADD https://example.com/$V /x")
      .replace("FROM nginx", "FROM nginx:$W"),
    "compose.yaml": "services: { web: { build: { context: ., target: tests } } }\n",
    times: weights,
  };
  const shape = (document: unknown) =>
    [...new Set(shapeOf(document).map((each) => each.replace(/^\.after\b/, ".before")))].sort();
  const documents = [await json(files, "--weights", "times"), await json(files, "--target", "2")];
  expect(shape(JSON.parse(example!))).toEqual([...new Set(documents.flatMap(shape))].sort());
});
