/** What the commands that take development packages out leave of the others, held against real package managers. */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
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
        "bun@1.4",
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

const bun = [join(root, "node_modules/bun/bin/bun.exe")];

const manifest = {
  dependencies: { ms: "2.1.3" },
  devDependencies: { "is-number": "7.0.0" },
  scripts: { start: "echo" },
};

/** A project with a member that has what `manifest` asks for, and one more that it builds with. */
function makeWorkspace(name: string, root: Record<string, unknown>, words: string): string {
  const folder = join(makeFolder(name), "packages/api");
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(folder, "../words"));
  const api = { ...manifest, dependencies: { ...manifest.dependencies, words } };
  writeFileSync(join(folder, "package.json"), packageJson({ name: "api", version: "1.0.0", ...api }));
  const dev = { "is-number": "6.0.0" };
  writeFileSync(
    join(folder, "../words/package.json"),
    packageJson({ name: "words", version: "1.0.0", devDependencies: dev }),
  );
  writeFileSync(join(folder, "../../package.json"), packageJson({ name, private: true, ...root }));
  return folder;
}

function makeFolder(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}

/** Where a member finds a package, as Node looks for it, without what Node remembers. */
function found(member: string, name: string): string | undefined {
  const folders = [member, join(member, "../..")].map((folder) => join(folder, "node_modules", name));
  const folder = folders.find((path) => existsSync(path));
  return folder && realpathSync(folder);
}

/** Runs `prune` in a workspace with an edited package, which must be the same behind it. */
function expectMemberPruned(member: string, prune: readonly string[]): void {
  const edited = join(found(member, "ms")!, "index.js");
  appendFileSync(edited, "// edited\n");
  expect(found(member, "is-number")).toBeDefined();
  expect(found(join(member, "../words"), "is-number")).toBeDefined();
  run(prune, join(member, "../.."));
  expect(found(member, "is-number")).toBeUndefined();
  expect(found(join(member, "../words"), "is-number")).toBeUndefined();
  expect(join(found(member, "ms")!, "index.js")).toBe(edited);
  expect(readFileSync(edited, "utf8")).toMatch(/edited\n$/);
  expect(found(member, "words")).toBe(realpathSync(join(member, "../words")));
}

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

  test("Yarn 4 prunes all packages of a workspace", () => {
    const member = makeWorkspace("yarn-workspace", { workspaces: ["packages/*"] }, "1.0.0");
    writeFileSync(join(member, "../../.yarnrc.yml"), "nodeLinker: node-modules\n");
    writeFileSync(join(member, "../../yarn.lock"), "");
    run([...yarn, "install", "--no-immutable"], join(member, "../.."));
    expectMemberPruned(member, [...yarn, "workspaces", "focus", "--all", "--production"]);
  }, 120_000);

  test("pnpm prunes all packages of a workspace when it installs for production, once it need not ask", () => {
    const member = makeWorkspace("pnpm-workspace", {}, "workspace:*");
    writeFileSync(join(member, "../../pnpm-workspace.yaml"), "packages:\n  - packages/*\n");
    writeFileSync(join(member, "../../.npmrc"), `registry=${registry}\n`);
    run([...pnpm, "install"], join(member, "../.."));
    const options = ["--prod", "--frozen-lockfile", "--ignore-scripts", "--config.modules-cache-max-age=0"];
    expectMemberPruned(member, ["env", "CI=true", ...pnpm, "install", ...options]);
    const store = join(member, "../../node_modules/.pnpm");
    expect(readdirSync(store).filter((name) => name.startsWith("is-number"))).toEqual([]);
  }, 120_000);

  test("Bun leaves what stays as it is", () => {
    const folder = makeFolder("bun-app");
    writeFileSync(join(folder, "package.json"), packageJson(manifest));
    run([...bun, "install", "--registry", registry], folder);
    generateIn(folder);
    run([...bun, "prune", "--production"], folder);
    expectPruned(folder);
  }, 120_000);

  test("Bun prunes all packages of a workspace", () => {
    const member = makeWorkspace("bun-workspace", { workspaces: ["packages/*"] }, "workspace:*");
    run([...bun, "install", "--registry", registry], join(member, "../.."));
    expectMemberPruned(member, [...bun, "prune", "--production"]);
  }, 120_000);
}
