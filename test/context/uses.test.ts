import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openUses } from "../../src/context/index.ts";

/** Builds of `dockerfile` in a folder of `files`, with paths relative to it. */
async function usesIn(files: Readonly<Record<string, string>>, dockerfile = "Dockerfile") {
  const folder = mkdtempSync(join(tmpdir(), "refit-uses-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const file = join(folder, dockerfile);
  const finder = await openUses([file], folder);
  const uses = finder.usesOf(file).map(({ name, context, target, args, contexts, starts }) => ({
    name,
    context: context === undefined ? undefined : relative(folder, context) || ".",
    ...(target === undefined ? {} : { target }),
    ...(args.size === 0 ? {} : { args: Object.fromEntries(args) }),
    ...(contexts.length === 0 ? {} : { contexts }),
    ...(starts.length === 0 ? {} : { starts }),
  }));
  return { uses, problems: finder.problems().map((problem) => ({ ...problem, file: relative(folder, problem.file) })) };
}

describe("Compose", () => {
  test("a service builds its folder's Dockerfile", async () => {
    const { uses } = await usesIn({ "compose.yaml": "services:\n  web:\n    build: .\n  db:\n    image: postgres\n" });
    expect(uses).toEqual([{ name: "service web in compose.yaml", context: "." }]);
  });

  test("what containers start is read, of all services that build the same", async () => {
    const compose = `
services:
  web:
    build: .
    command: npm run serve -- --port $PORT
    healthcheck: { test: ["CMD", "curl", "-f", "http://localhost"] }
  worker:
    build: .
    entrypoint: [node, "worker.js", "$$QUEUE"]
    command: ["$QUEUE"]
    healthcheck: { test: ["NONE"] }
`;
    const { uses } = await usesIn({ "compose.yaml": compose, ".env": "PORT=80\n" });
    const [web, worker] = ["service web in compose.yaml", "service worker in compose.yaml"];
    const starts = [
      { by: web, script: "npm run serve -- --port 80" },
      { by: web, words: ["curl", "-f", "http://localhost"] },
      { by: worker, words: ["node", "worker.js", "$QUEUE"] },
    ];
    expect(uses).toEqual([{ name: web, context: ".", starts }]);
  });

  test("what an override or an extended service starts counts as well", async () => {
    const files = {
      "compose.yaml":
        "services:\n  web: { build: . }\n  api: { extends: { file: shared/common.yaml, service: base } }\n",
      "compose.override.yaml":
        "services:\n  web: { command: npm run dev }\n  cache: { image: redis, command: redis }\n",
      "shared/common.yaml":
        "services:\n  base:\n    build: ..\n    command: npx tsx api.ts\n    healthcheck: { test: curl localhost }\n",
    };
    const { uses } = await usesIn(files);
    const [web, api] = ["service web in compose.yaml", "service api in compose.yaml"];
    const starts = [
      { by: web, script: "npm run dev" },
      { by: api, script: "npx tsx api.ts" },
      { by: api, script: "curl localhost" },
    ];
    expect(uses).toEqual([{ name: web, context: ".", starts }]);
  });

  test("what a service of another file extends is looked for beside that file", async () => {
    const files = {
      "compose.yaml": "services:\n  web: { extends: { file: bases/web.yaml, service: web } }\n",
      "bases/web.yaml":
        "services:\n  web: { extends: { file: ../shared/common.yaml, service: any }, command: serve }\n",
      "shared/common.yaml": "services:\n  any: { extends: { file: any.yaml, service: any } }\n",
      "shared/any.yaml": "services:\n  any: { build: ./app }\n",
    };
    const { uses } = await usesIn(files, "shared/app/Dockerfile");
    const by = "service web in compose.yaml";
    expect(uses).toEqual([{ name: by, context: "shared/app", starts: [{ by, script: "serve" }] }]);
  });

  test("context, Dockerfile, target, arguments and named contexts are read, mappings and lists alike", async () => {
    const compose = `
services:
  api:
    build:
      context: ..
      dockerfile: services/Dockerfile
      target: runtime
      args: { VERSION: 3, TOKEN: }
      additional_contexts: [shared=../shared]
  worker:
    build:
      context: ..
      dockerfile: services/Dockerfile
      args: [ROLE=worker, TOKEN]
`;
    const { uses } = await usesIn({ "services/compose.yml": compose }, "services/Dockerfile");
    expect(uses).toEqual([
      {
        name: "service api in compose.yml",
        context: ".",
        target: "runtime",
        args: { VERSION: "3", TOKEN: undefined },
        contexts: ["shared"],
      },
      { name: "service worker in compose.yml", context: ".", args: { ROLE: "worker", TOKEN: undefined } },
    ]);
  });

  test("variables have their defaults or what .env says; others are not known", async () => {
    const compose = `
services:
  web:
    build:
      context: \${FOLDER:-.}
      args:
        A: \${A}
        B: "\${B:-b\${C-c}}"
        D: $$literal
        E: \${UNSET}
`;
    const { uses } = await usesIn({ "compose.yaml": compose, ".env": "A=from the file # and a comment\n" });
    expect(uses).toEqual([
      {
        name: "service web in compose.yaml",
        context: ".",
        args: { A: "from the file", B: "bc", D: "$literal", E: undefined },
      },
    ]);
  });

  test("other files go over the project's own; builds that are alike are given once", async () => {
    const files = {
      "docker-compose.yml": "services:\n  web:\n    build: .\n  job:\n    build: .\n",
      "docker-compose.prod.yml": "services:\n  web:\n    build:\n      target: production\n",
      "docker-compose.override.yml": "services:\n  web:\n    ports: ['80:80']\n",
    };
    expect((await usesIn(files)).uses).toEqual([
      { name: "service web in docker-compose.yml", context: "." },
      { name: "service web in docker-compose.prod.yml", context: ".", target: "production" },
    ]);
  });

  test("anchors, merge keys and extended services count", async () => {
    const compose = `
x-build: &build
  context: .
  target: base
services:
  one:
    build:
      <<: *build
      target: one
  two:
    extends: { service: one }
    build:
      args: { NAME: two }
`;
    expect((await usesIn({ "compose.yaml": compose })).uses).toEqual([
      { name: "service one in compose.yaml", context: ".", target: "one" },
      { name: "service two in compose.yaml", context: ".", target: "one", args: { NAME: "two" } },
    ]);
  });

  test("files that are included have their own folder", async () => {
    const files = {
      "compose.yaml":
        "include:\n  - web/compose.yaml\n  - path: [deploy/api.yaml, deploy/more.yaml]\n    project_directory: .\nservices:\n  own: { build: . }\n",
      "web/compose.yaml":
        "include: [../shared/compose.yaml, compose.yaml]\nservices:\n  web: { build: { dockerfile: ../Dockerfile } }\n",
      "shared/compose.yaml": "services:\n  shared: { build: { context: .., target: shared } }\n",
      "deploy/api.yaml": "services:\n  api: { build: { context: api, dockerfile: ../Dockerfile } }\n",
      "deploy/more.yaml": "services:\n  more: { build: { context: 'https://github.com/org/repo.git' } }\n  bad: [",
    };
    expect((await usesIn(files)).uses).toEqual([
      { name: "service shared in compose.yaml", context: ".", target: "shared" },
      { name: "service web in compose.yaml", context: "web" },
      { name: "service api in compose.yaml", context: "api" },
      { name: "service own in compose.yaml", context: "." },
    ]);
  });

  test("a file that is included beside another says how its services start", async () => {
    const files = {
      "compose.yaml": "include:\n  - path: [web/compose.yaml, web/dev.yaml]\n",
      "web/compose.yaml": "services:\n  web: { build: .. }\n",
      "web/dev.yaml": "services:\n  web: { command: npm run dev }\n",
    };
    const name = "service web in compose.yaml";
    expect((await usesIn(files)).uses).toEqual([{ name, context: ".", starts: [{ by: name, script: "npm run dev" }] }]);
  });

  test("text that is no YAML is a problem with its place, and no build", async () => {
    const { uses, problems } = await usesIn({ "compose.yaml": "services:\n  web: [\n" });
    expect(uses).toEqual([]);
    expect(problems).toEqual([{ file: "compose.yaml", line: 3, column: 1, message: expect.any(String) }]);
  });

  test("a context that is no folder, and a Dockerfile inside the file, are left out", async () => {
    const compose = `
services:
  a: { build: 'https://github.com/org/repo.git' }
  b: { build: { context: ., dockerfile_inline: "FROM scratch" } }
  c: { build: { context: '\${NOWHERE}' } }
`;
    expect((await usesIn({ "compose.yaml": compose })).uses).toEqual([]);
  });

  test("it is looked for in the folders above, up to the repository's root", async () => {
    const compose = "services:\n  api:\n    build: { context: ., dockerfile: api/Dockerfile }\n";
    const files = { ".git/HEAD": "", "compose.yaml": compose, "api/Dockerfile": "FROM scratch\n" };
    expect((await usesIn(files, "api/Dockerfile")).uses).toEqual([
      { name: "service api in compose.yaml", context: "." },
    ]);
    const inner = { ...files, "api/.git/HEAD": "" };
    expect((await usesIn(inner, "api/Dockerfile")).uses).toEqual([]);
  });
});

describe("Bake", () => {
  const hcl = `
variable "TAG" { default = "latest" }
variable "OUTSIDE" {}
group "default" { targets = ["app", "tool"] }
target "_common" {
  context = "."
  args = { BASE = "node:\${TAG}", COMMIT = OUTSIDE }
}
target "app" {
  inherits = ["_common"]
  target   = "runtime"   # the last stage
  contexts = { shared = "./shared", node = "docker-image://node:20" }
}
target "tool" {
  inherits = ["_common"]
  args = {
    BASE = TAG == "latest" ? "node:20" : "node:18",
    NAME = upper("x")
  }
}
`;

  test("targets with what they inherit, variables and conditions; what is beyond refit is not known", async () => {
    expect((await usesIn({ "docker-bake.hcl": hcl })).uses).toEqual([
      { name: "target _common in docker-bake.hcl", context: ".", args: { BASE: "node:latest", COMMIT: undefined } },
      {
        name: "target app in docker-bake.hcl",
        context: ".",
        target: "runtime",
        args: { BASE: "node:latest", COMMIT: undefined },
        contexts: ["shared", "node"],
      },
      {
        name: "target tool in docker-bake.hcl",
        context: ".",
        args: { BASE: "node:20", COMMIT: undefined, NAME: undefined },
      },
    ]);
  });

  test("a matrix makes many", async () => {
    const bake = `
target "app" {
  name = "app-\${flavour}"
  matrix = { flavour = ["small", "large"] }
  dockerfile = "Dockerfile"
  args = { FLAVOUR = flavour }
}
`;
    expect((await usesIn({ "docker-bake.hcl": bake })).uses).toEqual([
      { name: "target app-small in docker-bake.hcl", context: ".", args: { FLAVOUR: "small" } },
      { name: "target app-large in docker-bake.hcl", context: ".", args: { FLAVOUR: "large" } },
    ]);
  });

  test("JSON says the same, and an override goes over it", async () => {
    const files = {
      "docker-bake.json": JSON.stringify({
        variable: { TAG: { default: "1" } },
        target: { app: { context: "app", args: { VERSION: "v${TAG}" } } },
      }),
      "docker-bake.override.json": JSON.stringify({ target: { app: { target: "last" } } }),
    };
    expect((await usesIn(files, "app/Dockerfile")).uses).toEqual([
      { name: "target app in docker-bake.json", context: "app", target: "last", args: { VERSION: "v1" } },
    ]);
  });

  test("text that is no HCL is a problem with its place", async () => {
    const { problems } = await usesIn({ "docker-bake.hcl": 'target "app" {\n  context = "."\n' });
    expect(problems).toEqual([
      { file: "docker-bake.hcl", line: 3, column: 1, message: "unexpected the end of the file" },
    ]);
  });
});
