/** What `refit tests` writes, run as a user's CI would: with refit installed as a package, by `node --test`. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../scripts/engine/folders.ts";

const work = mkdtempSync(join(tmpdir(), "refit-tests-"));
const installed = join(work, "package");

beforeAll(() => {
  const pack = ["pack", "--silent", `--pack-destination=${work}`];
  execFileSync("npm", pack, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const archive = readdirSync(work).find((name) => name.endsWith(".tgz"))!;
  execFileSync("tar", ["-xzf", archive], { cwd: work });
  // What npm would install for it.
  const { dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies))
    link(join(root, "node_modules", name), join(installed, "node_modules", name));
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

interface App {
  refit(...args: readonly string[]): void;
  edit(path: string, change: (text: string) => string): void;
  /** Runs the file that was written. */
  nodeTest(runs?: number): { readonly status: number | null; readonly output: string };
}

function appIn(fill: (folder: string) => void): App {
  const folder = mkdtempSync(join(work, "app-"));
  fill(folder);
  link(installed, join(folder, "node_modules/refit"));
  return {
    refit(...args) {
      execFileSync(process.execPath, ["node_modules/refit/dist/refit.js", ...args], { cwd: folder, stdio: "pipe" });
    },
    edit(path, change) {
      writeFileSync(join(folder, path), change(readFileSync(join(folder, path), "utf8")));
    },
    nodeTest(runs = 2) {
      // A test runner in a test runner takes itself for its child.
      const { NODE_TEST_CONTEXT: _, VITEST: __, ...env } = process.env;
      const given = { cwd: folder, encoding: "utf8", env: { ...env, REFIT_RUNS: String(runs) } } as const;
      const { status, stdout } = spawnSync(process.execPath, ["--test", "Dockerfile.test.mjs"], given);
      return { status, output: stdout };
    },
  };
}

test("the tests of the example app pass for what refit makes of it", () => {
  const app = appIn((folder) => cpSync(join(root, "examples/shortlinks"), folder, { recursive: true }));
  app.refit("tests");
  app.refit("--write", "--offline", "Dockerfile");
  // Each run installs for real.
  const { status, output } = app.nodeTest(process.env.CI ? 1 : 2);
  expect(output).toContain("# pass 2");
  expect(status).toBe(0);
});

const BUSYBOX_APP = {
  Dockerfile: "FROM busybox\nARG GREETING=hello\nENV PORT=80\nWORKDIR /app\nCOPY . .\nRUN echo $GREETING > greeting\n",
  ".dockerignore": "node_modules\nDockerfile*\n.dockerignore\n",
  "page.html": "<p>page</p>\n",
  "data/list.json": "[]\n",
};

function busyboxApp(): App {
  const app = appIn((folder) => {
    for (const [path, text] of Object.entries(BUSYBOX_APP)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  writeTestsWithoutNetwork(app);
  return app;
}

/** Steps start sooner without a network of their own. */
function writeTestsWithoutNetwork(app: App): void {
  app.refit("tests");
  app.edit("Dockerfile.test.mjs", (text) => text.replace("  promise:", '  settings: { network: "none" },\n  promise:'));
}

test.each([
  ["a setting", "ENV PORT=80", "ENV PORT=8080", /PORT/],
  ["what becomes of an argument", "echo $GREETING", "echo bye", /\/app\/greeting/],
  ["what becomes of a source", "COPY . .", "COPY page.html .", /\/app\/data/],
])("they fail where a hand has changed %s", (_, before, after, expected) => {
  const app = busyboxApp();
  app.edit("Dockerfile", (text) => text.replace(before, after));
  const { status, output } = app.nodeTest();
  expect(output).toMatch(expected);
  expect(status).toBe(1);
});

test("they pass for another file that makes the same image, and a person's own property is run", () => {
  const app = busyboxApp();
  app.edit("Dockerfile", (text) => text.replace("COPY . .\n", "COPY page.html .\nCOPY data data\n"));
  const own = `test("a page is copied last", { timeout }, () =>
  withBuilds(files, async (builds) => {
    const steps = await builds.stepsAfterEdit("page.html");
    if (!steps.some(({ instruction }) => instruction.startsWith("COPY data"))) throw new Error(JSON.stringify(steps));
  }),
);\n`;
  app.edit("Dockerfile.test.mjs", (text) => text + own);
  const { status, output } = app.nodeTest();
  expect(output).toContain("# pass 2");
  expect(status).toBe(0);
});

test("a step that installs again after an edit of a source is named", () => {
  const app = appIn((folder) => {
    writeFileSync(join(folder, "Dockerfile"), "FROM busybox\nWORKDIR /app\nCOPY . .\nRUN ./npm ci\n");
    writeFileSync(join(folder, ".dockerignore"), "node_modules\nDockerfile*\n.dockerignore\n");
    writeFileSync(join(folder, "npm"), "#!/bin/sh\ncat package.json > installed\n", { mode: 0o755 });
    writeFileSync(join(folder, "package.json"), "{}\n");
    writeFileSync(join(folder, "main.js"), "main();\n");
  });
  writeTestsWithoutNetwork(app);
  const { status, output } = app.nodeTest();
  expect(output).toContain("RUN ./npm ci");
  expect(status).toBe(1);
});
