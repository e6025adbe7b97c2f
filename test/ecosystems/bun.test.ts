import { describe, expect, test } from "vitest";
import { inputsOf, invocationOf, type Place, packageJson } from "./calls.ts";

const manifest = { dependencies: { ms: "2.1.3" } };
const bun: Place = { base: "oven/bun:1" };

function lock(fields: Record<string, unknown> = {}, root: Record<string, unknown> = {}): string {
  return JSON.stringify({
    lockfileVersion: 1,
    configVersion: 1,
    workspaces: { "": { name: "letters", ...manifest, ...root } },
    packages: { ms: ["ms@2.1.3", "", {}, "sha512-abc"] },
    ...fields,
  }).replaceAll("}}", "},}");
}

const app = { "package.json": packageJson(manifest), "bun.lock": lock(), "src/index.ts": "" };

test.each([
  ["bun install", "bun dependencies install"],
  ["bun i --frozen-lockfile", "bun dependencies i"],
  ["bun ci", "bun dependencies ci"],
  ["npx bun@1 install", "bun dependencies install"],
  ["bun add -g serve", "bun system add"],
  ["bun run build", "bun build "],
  ["bun --version", "bun files version"],
  ["bunx tsc", "bun build exec"],
])("%s is known", (script, expected) => {
  const found = invocationOf(script);
  expect(`${found?.ecosystem} ${found?.purpose} ${found?.action}`).toBe(expected);
});

describe("bun install", () => {
  test("needs manifest, lock, settings and variables", () => {
    const more = {
      "bunfig.toml": '[install]\nregistry = "https://packages.example"\n',
      ".npmrc": "",
      ".env": "PORT=3000\n",
    };
    expect(inputsOf("bun install --frozen-lockfile", { ...app, ...more }, bun)).toEqual({
      files: ["package.json", "bun.lock", "bunfig.toml", ".env", ".npmrc"],
      writes: ["node_modules"],
    });
  });

  test("keeps a lock that is in step", () => {
    expect(inputsOf("bun install", app, bun)).toMatchObject({ files: ["package.json", "bun.lock"] });
    const newer = { ...app, "bun.lock": lock({ lockfileVersion: 2 }) };
    for (const base of ["oven/bun", "oven/bun:1", "oven/bun:1.4.2-alpine", "oven/bun:latest"])
      expect(inputsOf("bun install", newer, { base })).toHaveProperty("files");
    for (const base of ["oven/bun:1.3", "node:20"])
      expect(inputsOf("bun install", newer, { base })).toMatchObject({ blocked: expect.stringContaining("Version 2") });
  });

  test.each([
    ["without a configVersion", lock({ configVersion: undefined }), "configVersion"],
    ["of another range", lock({}, { dependencies: { ms: "^2.0.0" } }), "dependencies"],
    ["with a member that is gone", lock({ workspaces: { "": { name: "letters", ...manifest }, old: {} } }), "old"],
    ["that lacks an override", lock({ overrides: { a: "1.0.0" } }), "overrides"],
  ])("is blocked by a lock %s", (_, text, reason) => {
    const files = { ...app, "bun.lock": text };
    expect(inputsOf("bun install", files, bun)).toMatchObject({ blocked: expect.stringContaining(reason) });
    for (const script of [
      "bun ci",
      "bun install --frozen-lockfile",
      "bun install --production",
      "bun install --no-save",
    ])
      expect(inputsOf(script, files, bun)).toHaveProperty("files");
  });

  test("a binary lock can't be read, and must be frozen", () => {
    const files = { "package.json": packageJson(manifest), "bun.lockb": "" };
    expect(inputsOf("bun install", files, bun)).toMatchObject({
      blocked: expect.stringContaining("--frozen-lockfile"),
    });
    expect(inputsOf("bun install --frozen-lockfile", files, bun)).toMatchObject({
      files: ["package.json", "bun.lockb"],
    });
    const frozen = { ...files, "bunfig.toml": "[install]\nfrozenLockfile = true\n" };
    expect(inputsOf("bun install", frozen, bun)).toHaveProperty("files");
  });

  test("without a lock takes over another's", () => {
    const files = { "package.json": packageJson(manifest), "package-lock.json": "{}" };
    expect(inputsOf("bun install", files, bun)).toMatchObject({ files: ["package.json", "package-lock.json"] });
    expect(inputsOf("bun install", { ...app, "yarn.lock": "" }, bun)).toMatchObject({
      files: ["package.json", "bun.lock"],
    });
  });

  test("reads the members of a workspace", () => {
    const files = {
      "package.json": packageJson({ ...manifest, workspaces: ["packages/*"] }),
      "packages/api/package.json": packageJson({ name: "api" }),
      "bun.lock": lock({
        workspaces: { "": { name: "letters", ...manifest }, "packages/api": { name: "api", version: "1.0.0" } },
      }),
    };
    expect(inputsOf("bun install", files, bun)).toEqual({
      files: ["package.json", "bun.lock", "packages/api/package.json"],
      writes: ["node_modules", "packages/api/node_modules"],
    });
    const unlisted = { ...files, "packages/web/package.json": packageJson({ name: "web" }) };
    expect(inputsOf("bun install", unlisted, bun)).toMatchObject({ blocked: expect.stringContaining("packages/web") });
  });

  test("runs the scripts of trusted packages alone", () => {
    const trusting = (...names: string[]) => ({
      ...app,
      "package.json": packageJson({ ...manifest, trustedDependencies: names }),
    });
    const script = "bun install --frozen-lockfile";
    expect(inputsOf(script, trusting("esbuild"), bun)).toHaveProperty("files");
    expect(inputsOf(script, trusting("nobody-knows"), bun)).toMatchObject({
      blocked: expect.stringContaining("nobody-knows"),
    });
    expect(inputsOf(`${script} --ignore-scripts`, trusting("nobody-knows"), bun)).toHaveProperty("files");
  });

  test.each([
    ["a script", { "package.json": packageJson({ scripts: { postinstall: "make" } }) }, "postinstall"],
    ["a cache elsewhere", { "bunfig.toml": '[install.cache]\ndir = "cache"\n' }, "install.cache.dir"],
    ["another lock to write", { "bunfig.toml": '[install]\nlockfile.print = "yarn"\n' }, "lockfile.print"],
    ["a variable in .env", { ".env": "BUN_INSTALL_CACHE_DIR=cache\n" }, ".env"],
    [
      "a patch that is not there",
      { "package.json": packageJson({ patchedDependencies: { "ms@2.1.3": "patches/ms.patch" } }) },
      "patches/ms.patch",
    ],
    ["a lock that is none", { "bun.lock": "<<<<<<<" }, "can't be read"],
  ])("is blocked by %s", (_, files, reason) => {
    const inputs = inputsOf("bun install --frozen-lockfile", { ...app, ...files }, bun);
    expect(inputs).toMatchObject({ blocked: expect.stringContaining(reason) });
  });

  test.each(["bun add ms", "bun install ms", "bun install --filter api", "bun update"])("%s is blocked", (script) => {
    expect(inputsOf(script, app, bun)).toHaveProperty("blocked");
  });
});
