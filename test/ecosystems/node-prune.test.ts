/** What the commands that take development packages out leave of the others, held against real package managers. */
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { leaveOut } from "../leave-out.ts";
import { packageJson } from "./calls.ts";

const root = mkdtempSync(join(tmpdir(), "refit-prune-"));
afterAll(() => rmSync(root, { recursive: true, force: true }), 120_000);

const registry = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
const env = {
  ...process.env,
  HOME: root,
  npm_config_cache: join(root, "cache"),
  YARN_NPM_REGISTRY_SERVER: registry,
  YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
  YARN_ENABLE_TELEMETRY: "false",
};

function run([program = "", ...args]: readonly string[], cwd: string): void {
  execFileSync(program, args, { cwd, env, stdio: "pipe" });
}

function installManagers(): boolean {
  try {
    run(
      [
        "npm",
        "install",
        "--prefix",
        root,
        "--no-save",
        "--no-audit",
        "--registry",
        registry,
        "@yarnpkg/cli-dist@4",
        "pnpm@12",
      ],
      root,
    );
    return true;
  } catch {
    return false;
  }
}

const yarn = [process.execPath, join(root, "node_modules/@yarnpkg/cli-dist/bin/yarn.js")];
const pnpm = [process.execPath, join(root, "node_modules/pnpm/bin/pnpm.mjs")];

const manifest = {
  dependencies: { ms: "2.1.3" },
  devDependencies: { "is-number": "7.0.0" },
  scripts: { start: "echo" },
};

/** What builds leave in node_modules. */
function generateIn(folder: string): void {
  appendFileSync(join(folder, "node_modules/ms/index.js"), "// edited\n");
  mkdirSync(join(folder, "node_modules/.prisma/client"), { recursive: true });
  writeFileSync(join(folder, "node_modules/.prisma/client/index.js"), "");
}

function expectPruned(folder: string): void {
  expect(existsSync(join(folder, "node_modules/is-number"))).toBe(false);
  expect(readFileSync(join(folder, "node_modules/ms/index.js"), "utf8")).toMatch(/edited\n$/);
  expect(existsSync(join(folder, "node_modules/.prisma/client/index.js"))).toBe(true);
}

if (!installManagers()) leaveOut("how package managers take development packages out", "a package registry");
else {
  test("Yarn 4 leaves what stays as it is, and runs programs without the state of its install", () => {
    const folder = join(root, "app");
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), packageJson(manifest));
    writeFileSync(join(folder, ".yarnrc.yml"), "nodeLinker: node-modules\n");
    writeFileSync(join(folder, "yarn.lock"), "");
    run([...yarn, "install", "--no-immutable"], folder);
    const lock = readFileSync(join(folder, "yarn.lock"), "utf8");
    expect(Number(/version: (\d+)/.exec(lock)?.[1])).toBeGreaterThanOrEqual(8);
    for (const written of [".pnp.cjs", ".yarn/cache", ".yarn/unplugged"])
      expect(existsSync(join(folder, written)), written).toBe(false);
    generateIn(folder);
    run([...yarn, "workspaces", "focus", "--production"], folder);
    expectPruned(folder);
    expect(readFileSync(join(folder, "yarn.lock"), "utf8")).toBe(lock);
    rmSync(join(folder, ".yarn"), { recursive: true });
    run([...yarn, "start"], folder);
  }, 120_000);

  test("pnpm leaves what stays as it is, and brings nothing back when it runs a script", () => {
    const folder = join(root, "pnpm-app");
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), packageJson(manifest));
    writeFileSync(join(folder, ".npmrc"), `registry=${registry}\n`);
    run([...pnpm, "install"], folder);
    generateIn(folder);
    run([...pnpm, "prune", "--prod", "--ignore-scripts"], folder);
    run([...pnpm, "start"], folder);
    expectPruned(folder);
  }, 120_000);
  test("npm leaves what stays as it is", () => {
    const folder = join(root, "npm-app");
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), packageJson(manifest));
    run(["npm", "install", "--no-audit", "--registry", registry], folder);
    generateIn(folder);
    run(["npm", "prune", "--omit=dev", "--no-save", "--registry", registry], folder);
    expectPruned(folder);
  }, 120_000);
}
