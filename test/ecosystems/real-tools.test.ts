/** Claims about locks, held against real package managers. What an install reads is traced in test/engine/footprints. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { leaveOut } from "../leave-out.ts";
import { inputsOf, packageJson } from "./calls.ts";

const root = mkdtempSync(join(tmpdir(), "refit-tools-"));
afterAll(() => rmSync(root, { recursive: true, force: true }), 120_000);

const env = {
  ...process.env,
  HOME: root,
  npm_config_cache: join(root, "cache"),
  npm_config_omit_lockfile_registry_resolved: "false",
};

/** npm of another age beside the machine's own, from the registry that it is set up for. */
function installNpm6(): boolean {
  try {
    run(["npm", "install", "--prefix", root, "--no-save", "--ignore-scripts", "--no-audit", "npm6@npm:npm@6"], root);
    return true;
  } catch {
    return false;
  }
}

function run([program = "", ...args]: readonly string[], cwd: string): void {
  execFileSync(program, args, { cwd, env, stdio: "pipe" });
}

const PROGRAMS = { npm: ["npm"], npm6: [process.execPath, join(root, "node_modules/npm6/bin/npm-cli.js")] };
type Program = keyof typeof PROGRAMS;

/** Whether `reader` changes a lock that `writer` wrote. */
function rewrites(writer: Program, reader: Program): boolean {
  const folder = join(root, `${writer}-${reader}`);
  mkdirSync(folder);
  const dependencies = { "is-number": "7.0.0", ms: "^2.1.3" };
  writeFileSync(join(folder, "package.json"), `${packageJson({ dependencies })}\n`);
  const lockWith = (program: Program) => {
    run([...PROGRAMS[program], "install", "--package-lock-only", "--ignore-scripts", "--no-audit"], folder);
    return readFileSync(join(folder, "package-lock.json"), "utf8");
  };
  return lockWith(writer) !== lockWith(reader);
}

if (!installNpm6()) leaveOut("locks of several ages of npm", "a package registry");
else {
  test("npm 6 leaves a lock of its own that refit takes for one in step, and formats a manifest that it doesn't", () => {
    const folder = join(root, "app");
    mkdirSync(folder);
    const manifest = { dependencies: { express: "^4.16.0" }, devDependencies: { chokidar: "^2.0.0", ms: "2.1.3" } };
    const formatted = `${JSON.stringify(JSON.parse(packageJson(manifest)), null, 2)}\n`;
    const read = (name: string) => readFileSync(join(folder, name), "utf8");
    const install = (...more: readonly string[]) =>
      run([...PROGRAMS.npm6, "install", "--ignore-scripts", "--no-audit", ...more], folder);
    writeFileSync(join(folder, "package.json"), formatted);
    install("--package-lock-only");
    for (const text of [formatted, packageJson(manifest)]) {
      writeFileSync(join(folder, "package.json"), text);
      const files = { "package.json": text, "package-lock.json": read("package-lock.json") };
      install();
      const isLeft = Object.entries(files).every(([name, before]) => read(name) === before);
      expect(isLeft).toBe(text === formatted);
      expect("files" in inputsOf("npm install", files, { base: "node:14" })).toBe(isLeft);
    }
  });

  test("npm 6 and newer ones write each other's locks anew", () => {
    expect(rewrites("npm", "npm")).toBe(false);
    expect(rewrites("npm6", "npm6")).toBe(false);
    expect(rewrites("npm", "npm6")).toBe(true);
    expect(rewrites("npm6", "npm")).toBe(true);
  });
}
