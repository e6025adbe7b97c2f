/** Which steps run again after an edit, as far as that can be told without a build. test/engine/rebuild.engine.ts asks BuildKit. */
import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { type ContextEdit, factsOf, forecastReruns } from "../../src/image/index.ts";

const FILES = {
  "package.json": "{}",
  "src/main.js": "",
  "src/deep/util.js": "",
  "docs/guide.md": "",
  ".dockerignore": "docs\n",
};

const EDIT: ContextEdit = { path: "src/main.js", kind: "changed" };

/** Lines of `verdict instruction`. */
function forecast(
  lines: readonly string[],
  edit: Partial<ContextEdit> = {},
  files: Readonly<Record<string, string>> = FILES,
  target?: string,
): string[] {
  const facts = factsOf(parseDockerfile(`${lines.join("\n")}\n`), { context: memoryContext(files) });
  return forecastReruns(facts, { ...EDIT, ...edit }, target).map(
    ({ instruction, rerun }) => `${rerun} ${instruction.keyword} ${instruction.args.text}`,
  );
}

test("a step runs again when what it copies changed, and so does each one behind it", () => {
  expect(
    forecast(["FROM node", "WORKDIR /app", "COPY package.json .", "RUN npm ci", "COPY src src", "WORKDIR /app/src"]),
  ).toEqual([
    "cached WORKDIR /app",
    "cached COPY package.json .",
    "cached RUN npm ci",
    "runs COPY src src",
    "runs WORKDIR /app/src",
  ]);
});

test("what sets the config alone is no step, and neither is WORKDIR /", () => {
  expect(forecast(["FROM node", "ENV A=1", "USER node", "WORKDIR /", "CMD run", "ARG B", "LABEL c=d"])).toEqual([]);
});

test.each([
  [".", "runs"],
  ["src", "runs"],
  ["/src/", "runs"],
  ["./src/../src", "runs"],
  ["src/main.js", "runs"],
  ["src/*.js", "runs"],
  ["s*", "runs"],
  ["*/main.?s", "runs"],
  ["src/[a-m]ain.js", "runs"],
  ["$WHERE", "runs"],
  ["src/deep", "cached"],
  ["src/main", "cached"],
  ["*.js", "cached"],
  ["*/*/*.js", "cached"],
  ["package.json", "cached"],
  ["${UNKNOWN}", "unsure"],
])("COPY %s is %s after an edit of src/main.js", (source, rerun) => {
  expect(forecast(["FROM node", "ARG WHERE=src", "ARG UNKNOWN", `COPY ${source} /to/`])).toEqual([
    `${rerun} COPY ${source} /to/`,
  ]);
});

test("a file that .dockerignore keeps out concerns no step, there or not", () => {
  for (const path of ["docs/guide.md", "docs/new.md"]) {
    expect(forecast(["FROM node", "COPY . .", "RUN --mount=target=/m make"], { path, kind: "added" })).toEqual([
      "cached COPY . .",
      "cached RUN make",
    ]);
  }
});

test("an edited .dockerignore may let other files in", () => {
  const edit = { path: ".dockerignore" };
  expect(forecast(["FROM node", "COPY src /src"], edit)).toEqual(["unsure COPY src /src"]);
  expect(forecast(["FROM node", "COPY . ."], edit)).toEqual(["runs COPY . ."]);
});

test("a mount is read, whether it is written to or not; a cache, a secret and a tmpfs are not", () => {
  const steps = [
    "RUN --mount=type=cache,target=/c one",
    "RUN --mount=type=secret,id=s two",
    "RUN --mount=type=tmpfs,target=/t three",
    "RUN --mount=source=src/deep,target=/m four",
    "RUN --mount=source=src,target=/m,rw five",
    "RUN six",
  ];
  expect(forecast(["FROM node", ...steps])).toEqual([
    "cached RUN one",
    "cached RUN two",
    "cached RUN three",
    "cached RUN four",
    "runs RUN five",
    "runs RUN six",
  ]);
});

test("what a heredoc holds, a URL brings or an image gives stays the same", () => {
  expect(
    forecast(["FROM node", "COPY <<EOF /f", "text", "EOF", "ADD https://files.example/x /x", "COPY --from=nginx / /n"]),
  ).toEqual(["cached COPY <<EOF /f", "cached ADD https://files.example/x /x", "cached COPY / /n"]);
});

test("a stage that the target doesn't need is not built", () => {
  const lines = ["FROM node AS a", "COPY src /a", "FROM node AS b", "COPY src /b", "FROM a AS c", "RUN c"];
  expect(forecast(lines)).toEqual(["runs COPY src /a", "runs RUN c"]);
  expect(forecast(lines, {}, FILES, "B")).toEqual(["runs COPY src /b"]);
});

test("a copy of what a copy brought is followed to the file", () => {
  const lines = ["FROM node AS a", "WORKDIR /app", "COPY . .", "FROM scratch AS b", "COPY --from=a /app /in"];
  const last = (source: string) => forecast([...lines, "FROM scratch", `COPY --from=b ${source} /out`]).at(-1);
  expect(last("/in")).toBe("runs COPY /in /out");
  expect(last("/in/s*")).toBe("runs COPY /in/s* /out");
  expect(last("/in/src/main.js")).toBe("runs COPY /in/src/main.js /out");
  expect(last("/in/package.json")).toBe("cached COPY /in/package.json /out");
  expect(last("/in/src/deep")).toBe("cached COPY /in/src/deep /out");
});

test("what a step that runs again leaves is seen by a build alone", () => {
  expect(
    forecast(["FROM node AS a", "COPY src /s", "RUN make", "FROM node", "COPY --from=a /out /out", "RUN check"]),
  ).toEqual(["runs COPY src /s", "runs RUN make", "unsure COPY /out /out", "unsure RUN check"]);
});

test("a mount from a stage counts by what it holds at that path", () => {
  const from = (source: string) =>
    forecast(["FROM node AS a", "COPY . /all", "FROM node", `RUN --mount=from=a,source=${source},target=/m x`]).at(-1);
  expect(from("/all/src")).toBe("runs RUN x");
  expect(from("/all/src/deep")).toBe("cached RUN x");
  expect(from("/elsewhere")).toBe("cached RUN x");
});

test("a file that a later copy may cover differs perhaps", () => {
  const after = (covering: string) =>
    forecast(["FROM node AS a", "COPY src/main.js /app/", covering, "FROM node", "COPY --from=a /app /app"]).at(-1);
  expect(after("COPY package.json /app/")).toBe("runs COPY /app /app");
  expect(after("COPY package.json /app/main.js")).toBe("unsure COPY /app /app");
  expect(after("COPY --from=nginx /etc /app")).toBe("unsure COPY /app /app");
});

test("ADD may unpack and --chmod may level what differs", () => {
  for (const step of ["ADD src/main.js /x", "COPY --chmod=755 src/main.js /x"]) {
    const lines = ["FROM node AS a", step, "FROM node", "COPY --from=a /x /y"];
    expect(forecast(lines, { kind: "mode" }).at(-1)).toBe("unsure COPY /x /y");
  }
});

test("triggers run in the stage that is built on theirs", () => {
  expect(forecast(["FROM node AS a", "ONBUILD COPY src /s", "RUN one", "FROM a", "RUN two"])).toEqual([
    "cached RUN one",
    "runs COPY src /s",
    "runs RUN two",
  ]);
});

test("a linked copy behind a step that runs again depends on the image store", () => {
  expect(forecast(["FROM node", "COPY src /s", "COPY --link package.json /p", "RUN x"])).toEqual([
    "runs COPY src /s",
    "unsure COPY package.json /p",
    "runs RUN x",
  ]);
});

test("where links lead is not known", () => {
  const lines = ["FROM node AS a", "RUN ln -s /data /app", "COPY src /data", "FROM node", "COPY --from=a /app /app"];
  expect(forecast(lines).at(-1)).toBe("unsure COPY /app /app");
  const tools = ["FROM node AS a", "COPY src/main.js /usr/bin/", "FROM node", "COPY --from=a /bin/main.js /m"];
  expect(forecast(tools).at(-1)).toBe("unsure COPY /bin/main.js /m");
});
