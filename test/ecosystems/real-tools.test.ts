/**
 * Claims about package managers, held against the real ones: an install touches no file of the project but those that `installInputs`
 * names, leaves a lock as `installInputs` says, and writes where it says.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openContext } from "../../src/context/index.ts";
import { installInputsOf } from "../../src/ecosystems/index.ts";
import { leaveOut } from "../leave-out.ts";
import { invocationOf, packageJson } from "./calls.ts";

const root = mkdtempSync(join(tmpdir(), "refit-tools-"));
afterAll(() => rmSync(root, { recursive: true, force: true }), 120_000);

/** Package managers beside the machine's own npm, from the registry that it is set up for. */
const PACKAGES = ["npm6@npm:npm@6", "yarn@1", "pnpm@9"];

const hasStrace = works("strace", ["-V"]);
const hasPackages =
  hasStrace &&
  works("npm", ["install", "--prefix", root, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", ...PACKAGES]);

function works(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "ignore", cwd: root });
    return true;
  } catch {
    return false;
  }
}

const OTHERS: Readonly<Record<string, string>> = {
  npm6: "npm6/bin/npm-cli.js",
  yarn: "yarn/bin/yarn.js",
  pnpm: "pnpm/bin/pnpm.cjs",
};

/** What projects have beside their manifests, and an install has no business with. */
const SOURCES = [
  ...["index.js", "server.js", "src/main.js", "tsconfig.json", ".env", ".nvmrc", ".node-version", ".eslintrc.json"],
  ...[
    ".babelrc",
    ".gitignore",
    ".npmignore",
    "Dockerfile",
    "Makefile",
    "setup.py",
    "public/index.html",
    "scripts/a.js",
  ],
];

/** Yarn classic reads them for the description and the licence of the project, which it then makes no use of. */
const READ_FOR_NOTHING: Readonly<Record<string, readonly string[]>> = { yarn: ["README.md", "LICENSE"] };

const dependencies = { "is-number": "7.0.0", ms: "^2.1.3" };

/** A project in a folder of its own, with the lock that `tool` writes. */
function project(name: string, tool: string, lockOnly: readonly string[]): string {
  const folder = join(root, "projects", name);
  const files = [...SOURCES, ...(READ_FOR_NOTHING[tool] ?? [])];
  for (const path of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "");
  }
  writeFileSync(join(folder, "package.json"), `${packageJson({ dependencies })}\n`);
  run(tool, lockOnly, folder);
  rmSync(join(folder, "node_modules"), { recursive: true, force: true });
  return folder;
}

function run(tool: string, args: readonly string[], cwd: string, tracer: readonly string[] = []): void {
  const other = OTHERS[tool];
  const call = other === undefined ? [tool] : [process.execPath, join(root, "node_modules", other)];
  const [program = tool, ...rest] = [...tracer, ...call, ...args];
  const env = {
    ...process.env,
    HOME: root,
    npm_config_cache: join(root, "cache"),
    npm_config_omit_lockfile_registry_resolved: "false",
  };
  execFileSync(program, rest, { cwd, env, stdio: "pipe" });
}

/** Files of the project, `node_modules` aside, that the run opened or asked about. */
function touched(tool: string, args: readonly string[], folder: string): string[] {
  const trace = join(root, "trace");
  run(tool, args, folder, ["strace", "-f", "-e", "trace=%file", "-o", trace]);
  const paths = [...readFileSync(trace, "utf8").matchAll(/"([^"]+)"/g)].map(([, path = ""]) =>
    path.startsWith("/") ? path : join(folder, path),
  );
  const inside = paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
  return [...new Set(inside)].filter((path) => !path.startsWith("node_modules"));
}

function inputs(script: string, folder: string): readonly string[] {
  const invocation = invocationOf(script);
  const surroundings = { cwd: folder, env: new Map(), base: "node:20" };
  const answer = invocation && installInputsOf(invocation, openContext(folder), "", surroundings);
  return answer && "files" in answer ? answer.files : [];
}

/** Tool, the arguments that write its lock, those that install by it, and the command as a Dockerfile has it. */
const CASES: readonly (readonly [tool: string, lock: string[], install: string[], script: string])[] = [
  ["npm6", ["install", "--package-lock-only"], ["ci"], "npm ci"],
  ["npm", ["install", "--package-lock-only"], ["ci"], "npm ci"],
  ["npm", ["install", "--package-lock-only"], ["install"], "npm install"],
  ["yarn", ["install"], ["install"], "yarn install"],
  ["yarn", ["install"], ["install", "--frozen-lockfile"], "yarn install --frozen-lockfile"],
  ["pnpm", ["install", "--lockfile-only"], ["install", "--frozen-lockfile"], "pnpm install --frozen-lockfile"],
];

if (!hasStrace) leaveOut("what package managers read", "strace");
else if (!hasPackages) leaveOut("what package managers read", "a package registry");
else {
  describe("real package managers", () => {
    test.each(CASES)("%s %j %j touches the inputs alone, and changes none", (tool, lock, install, script) => {
      const folder = project(`${tool}-${install.join("-")}`, tool, lock);
      const files = inputs(script, folder);
      expect(files.length).toBeGreaterThan(1);
      const before = contents(folder);
      const allowed = [...files, ...(READ_FOR_NOTHING[tool] ?? [])];
      const strange = touched(tool, install, folder).filter((path) => before.has(path) && !allowed.includes(path));
      expect(strange).toEqual([]);
      expect(existsSync(join(folder, "node_modules/ms/package.json"))).toBe(true);
      expect(contents(folder)).toEqual(before);
    });

    test("npm 6 and newer ones write each other's locks anew", () => {
      const rewrites = (writer: string, reader: string) => {
        const folder = project(`${writer}-${reader}`, writer, ["install", "--package-lock-only"]);
        const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
        run(reader, ["install", "--package-lock-only", "--ignore-scripts", "--no-audit"], folder);
        return readFileSync(join(folder, "package-lock.json"), "utf8") !== lock;
      };
      expect(rewrites("npm", "npm6")).toBe(true);
      expect(rewrites("npm6", "npm")).toBe(true);
    });
  });
}

/** Files below `folder` with their text, `node_modules` aside. */
function contents(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = files.filter((path) => !path.startsWith(join(folder, "node_modules")));
  return new Map(own.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}
