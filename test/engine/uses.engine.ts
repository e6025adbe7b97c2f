/** What refit reads in Compose and Bake files, against what buildx makes of them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openUses } from "../../src/context/index.ts";

/** The files of a folder each; every target builds the folder's own Dockerfile. */
const PROJECTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "plain services": {
    "compose.yaml": "services:\n  web:\n    build: .\n  db:\n    image: postgres\n",
  },
  "all that a build may have": {
    "docker-compose.yml": `
services:
  api:
    build:
      context: .
      dockerfile: ./Dockerfile
      target: runtime
      args: { VERSION: 3, RATIO: 1.5, FLAG: true, EMPTY: "" }
      additional_contexts: { shared: ./shared }
  list:
    build:
      context: ./
      args:
        - ROLE=worker=first
        - "QUOTED=a b"
`,
  },
  "variables with defaults and from .env": {
    ".env": "FROM_FILE=from the file\n# a comment\nQUOTED='a # b'\nexport SHOWN=yes # trailing\nEMPTY=\n",
    "compose.yaml": `
services:
  web:
    build:
      context: \${FOLDER:-.}
      args:
        A: \${FROM_FILE}
        B: "\${B:-b\${C-c}}"
        C: "$FROM_FILE!"
        D: $$literal
        E: \${EMPTY:-was empty}
        F: "\${EMPTY-is set}"
        G: \${FROM_FILE:+alternative}
        H: \${QUOTED}
        I: \${SHOWN}
`,
  },
  "anchors, merge keys, extended services": {
    "compose.yaml": `
x-build: &build
  context: .
  target: base
services:
  one:
    build:
      <<: *build
      target: one
  two:
    extends:
      service: one
    build:
      args: { NAME: two }
`,
  },
  "Bake with inheritance, variables and conditions": {
    "docker-bake.hcl": `
variable "TAG" { default = "latest" }
variable "IMAGE" {
  default = "node:\${TAG}"
}
group "default" { targets = ["app", "tool", "late"] }
target "_common" {
  context = "."   # here
  args = { BASE = IMAGE, N = 3, YES = true }
}
target "app" {
  inherits = ["_common"]
  target   = "runtime" // the last stage
  contexts = { shared = "./shared", node = "docker-image://node:20" }
}
/* two more */
target "tool" {
  inherits = ["_common", "app"]
  args = {
    BASE = TAG == "latest" ? "node:20" : "node:18",
    "QUOTED" = "a \\"b\\" $\${c}"
  }
}
target "late" {
  dockerfile = "./Dockerfile"
  args = { A = TAG != "latest" ? "x" : "y", B = (TAG == "latest" && true) ? "p" : "q" }
}
`,
  },
  "a matrix": {
    "docker-bake.hcl": `
group "default" { targets = ["app"] }
target "app" {
  name = "app-\${flavour}-\${item.name}"
  matrix = {
    flavour = ["small", "large"]
    item = [{ name = "one", base = "a" }, { name = "two", base = "b" }]
  }
  args = { FLAVOUR = flavour, BASE = item.base }
}
`,
  },
  "JSON with an override": {
    "docker-bake.json": JSON.stringify({
      variable: { TAG: { default: "1" } },
      group: { default: { targets: ["app"] } },
      target: { app: { context: ".", args: { VERSION: "v${TAG}", SAME: "plain" } } },
    }),
    "docker-bake.override.json": JSON.stringify({ target: { app: { target: "last", args: { VERSION: "w" } } } }),
  },
};

describe.each(Object.entries(PROJECTS).map(([name, files]) => ({ name, files })))("$name", ({ files }) => {
  test("gives the builds that buildx would make", async () => {
    const folder = mkdtempSync(join(tmpdir(), "refit-uses-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
    const file = join(folder, "Dockerfile");
    const finder = await openUses([file], folder);
    const ours = finder.usesOf(file).filter(({ name }) => !name.includes(" _"));
    expect(finder.problems()).toEqual([]);
    const said = ours.map(({ context, target, args, contexts }) => ({
      context: relative(folder, context!) || ".",
      ...(target === undefined ? {} : { target }),
      args: Object.fromEntries([...args].sort()),
      contexts: [...contexts].sort(),
    }));
    expect(said.length).toBeGreaterThan(0);
    expect(distinct(said)).toEqual(distinct(saidByBake(folder)));
  });
});

interface Printed {
  readonly context?: string;
  readonly target?: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly contexts?: Readonly<Record<string, string>>;
}

function saidByBake(folder: string) {
  const output = execFileSync("docker", ["buildx", "bake", "--print"], { cwd: folder, encoding: "utf8" });
  const targets: Readonly<Record<string, Printed>> = JSON.parse(output).target;
  return Object.values(targets).map(({ context = ".", target, args = {}, contexts = {} }) => ({
    context: relative(folder, resolve(folder, context)) || ".",
    ...(target === undefined ? {} : { target }),
    args: Object.fromEntries(Object.entries(args).sort()),
    contexts: Object.keys(contexts).sort(),
  }));
}

function distinct(builds: readonly object[]): string[] {
  return [...new Set(builds.map((build) => JSON.stringify(build)))].sort();
}
