/** Which steps run again after an edit, as far as that can be told without a build. test/engine/rebuild.engine.ts asks BuildKit. */
import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { definitionsOf } from "../../src/image/cache-definitions.ts";
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

test("a step with a secret or an SSH socket, or a mount of what it stands on, may look at the bytes", () => {
  for (const mount of ["type=secret,id=token", "type=ssh", "from=tools,target=/t"]) {
    const lines = [
      "FROM node AS tools",
      "COPY src /s",
      "RUN make",
      "FROM tools",
      `RUN --mount=${mount} one`,
      "RUN two",
    ];
    const facts = factsOf(parseDockerfile(`${lines.join("\n")}\n`));
    expect(forecastReruns(facts, { path: "src/a", kind: "changed" }).map(({ rerun }) => rerun)).toEqual([
      ...["runs", "runs", "unsure", "unsure"],
    ]);
  }
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

/** What runs again after another value of a build argument (`--build-arg NAME`), or an edit of the first instruction of a keyword. */
function after(change: string, lines: readonly string[], buildArgs: Readonly<Record<string, string>> = {}): string[] {
  const facts = factsOf(parseDockerfile(`${lines.join("\n")}\n`), { buildArgs: new Map(Object.entries(buildArgs)) });
  const [, argument] = /^--build-arg (\w+)$/.exec(change) ?? [];
  const instruction = facts.dockerfile.instructions.find(({ keyword }) => keyword === change)!;
  return forecastReruns(facts, argument === undefined ? { instruction } : { argument })
    .filter(({ rerun }) => rerun !== "cached")
    .map(({ rerun, instruction: { keyword, args } }) => `${rerun} ${keyword} ${args.text}`);
}

test("a build argument is in the key of each RUN behind its ARG, used or not, and of a COPY that names it", () => {
  const lines = ["FROM node", "RUN before", "COPY a /$V", "ARG V=1", "COPY b /b", "RUN one", "RUN echo $V"];
  expect(after("--build-arg V", lines)).toEqual(["runs RUN one", "runs RUN echo $V"]);
  expect(after("--build-arg V", ["FROM node", "ARG V", "COPY b /b", "COPY a /$V"])).toEqual(["runs COPY a /$V"]);
  expect(after("--build-arg OTHER", lines)).toEqual([]);
});

test("which cache a RUN mounts is not in its key", () => {
  const definition = (mount: string) =>
    definitionsOf(parseDockerfile(`FROM node\nRUN --mount=type=cache,${mount},target=/c one\n`), (_, value) => value)[0]
      ?.steps[0];
  expect(definition("id=one")).toBe(definition("id=two,sharing=locked"));
  expect(definition("id=one")).not.toBe(definition("id=/c"));
});

test("the default of an argument that is given counts for nothing", () => {
  expect(after("ARG", ["FROM node", "ARG V=1", "RUN one"], { V: "given" })).toEqual([]);
  expect(after("ARG", ["ARG V=1", "FROM node", "ARG V", "RUN one"], { V: "given" })).toEqual([]);
  expect(after("ARG", ["ARG V=1", "FROM node", "ARG V", "RUN one"])).toEqual(["runs RUN one"]);
});

test("an argument that an ENV behind it hides, or that no stage declares, runs nothing again", () => {
  expect(after("--build-arg V", ["FROM node", "ARG V=2", "ENV V=1", "RUN one"])).toEqual([]);
  expect(after("--build-arg V", ["ARG V=1", "FROM node", "RUN one"])).toEqual([]);
});

test("an argument goes on in what is made of it: an ENV, a folder, a user, a base", () => {
  expect(after("--build-arg V", ["FROM node", "ARG V=1", "ENV W=$V", "ARG V=2", "RUN one"])).toEqual(["runs RUN one"]);
  expect(after("--build-arg V", ["FROM node", "ARG V=1", "WORKDIR /$V", "COPY a ."])).toEqual([
    "runs WORKDIR /$V",
    "runs COPY a .",
  ]);
  const base = ["ARG V=1", "FROM node:$V", "COPY a /a", "FROM alpine", "RUN one"];
  expect(after("--build-arg V", base.slice(0, 3))).toEqual(["runs COPY a /a"]);
  expect(after("--build-arg V", base)).toEqual([]);
});

test("what only asks whether an argument is set does not notice another value", () => {
  expect(after("--build-arg V", ["FROM node", "ARG V=1", "COPY a /a${V:+set}"])).toEqual([]);
  expect(after("--build-arg V", ["FROM node", "ARG V", "COPY a /a${V:+set}"], { V: "given" })).toEqual([]);
});

test("an edited line runs its own step again and all behind it", () => {
  const lines = ["FROM node", "WORKDIR /app", "COPY a .", "RUN one", "RUN two", "FROM node", "COPY --from=0 /x /x"];
  expect(after("COPY", lines.slice(0, 5))).toEqual(["runs COPY a .edited", "runs RUN one", "runs RUN two"]);
  expect(after("RUN", lines.slice(0, 5))).toEqual(["runs RUN : edited; one", "runs RUN two"]);
  expect(after("RUN", lines).at(-1)).toBe("unsure COPY /x /x");
});

test.each([
  "LABEL a=b",
  "CMD run",
  "EXPOSE 80",
  'ENTRYPOINT ["run"]',
  "HEALTHCHECK CMD true",
  "STOPSIGNAL 9",
  "VOLUME /v",
])("an edit of %s runs nothing again", (line) => {
  expect(after(line.split(" ")[0]!, ["FROM node", line, "WORKDIR /app", "COPY a .", "RUN one"])).toEqual([]);
});

test.each([
  ["ENV A=b", ["RUN one"]],
  ["ENV A b", ["RUN one"]],
  ["ENV A='b' \\\n  C=\"d\"", ["RUN one"]],
  ["ARG A", ["RUN one"]],
  ["ARG A=b", ["RUN one"]],
  ["USER node", ["WORKDIR /app", "COPY a .", "RUN one"]],
  ['SHELL ["/bin/sh", "-c"]', ["RUN one"]],
])("an edit of %s runs again what has it in its key: %j", (line, expected) => {
  const lines = ["FROM node", line, "WORKDIR /app", "COPY a .", "RUN one"];
  expect(after(line.split(" ")[0]!, lines)).toEqual(expected.map((step) => `runs ${step}`));
});

test("an edited FROM is another base for all of its stage", () => {
  expect(after("FROM", ["FROM node", "COPY a /a", "FROM 0", "COPY a /a"])).toEqual([]);
  expect(after("FROM", ["FROM node AS a", "COPY a /a", "FROM a", "RUN one"])).toEqual([
    "runs COPY a /a",
    "runs RUN one",
  ]);
});

test("an edited trigger runs in the stage that inherits it", () => {
  expect(after("ONBUILD", ["FROM node AS a", "ONBUILD RUN one", "RUN own", "FROM a", "RUN two"])).toEqual([
    "runs RUN : edited; one",
    "runs RUN two",
  ]);
});

test("a recipe for cargo-chef is the same for all sources, and another for other manifests or further files", () => {
  const files = { "Cargo.toml": "", "Cargo.lock": "", "src/main.rs": "", ".cargo/config.toml": "" };
  const lines = [
    "FROM rust AS planner",
    "WORKDIR /app",
    "COPY . .",
    "RUN cargo chef prepare --recipe-path recipe.json",
    "FROM rust",
    "COPY --from=planner /app/recipe.json .",
    "RUN cargo chef cook",
  ];
  const cooks = (edit: ContextEdit, from = lines) => forecast(from, edit, files).at(-1);
  expect(cooks({ path: "src/main.rs", kind: "changed" })).toBe("cached RUN cargo chef cook");
  expect(cooks({ path: "Cargo.toml", kind: "changed" })).toBe("unsure RUN cargo chef cook");
  expect(cooks({ path: ".cargo/config.toml", kind: "changed" })).toBe("unsure RUN cargo chef cook");
  expect(cooks({ path: "src/bin/other.rs", kind: "added" })).toBe("unsure RUN cargo chef cook");
  const more = lines.with(3, "RUN cp src/main.rs recipe.json && cargo chef prepare");
  expect(cooks({ path: "src/main.rs", kind: "changed" }, more)).toBe("unsure RUN cargo chef cook");
});
