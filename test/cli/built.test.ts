/** The program as it is shipped, in a process of its own. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { world } from "../harness/world.ts";

const root = resolve(import.meta.dirname, "../..");
const program = join(root, "dist/refit.js");
const two = "FROM debian:12\nRUN mkdir /a\nRUN mkdir /b\n";

beforeAll(() => {
  if (!existsSync(program)) execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root });
});

function refit(cwd: string, args: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, input, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the built program", () => {
  test("tells its version and its flags", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(refit(root, ["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
    const help = refit(root, ["--help"]);
    expect(help.status).toBe(0);
    for (const flag of ["--write", "--check", "--format", "--context", "--offline", "--level"])
      expect(help.stdout).toContain(flag);
  });

  test("speaks English whatever the locale", () => {
    const { stderr } = spawnSync(process.execPath, [program, "--nonsense"], {
      encoding: "utf8",
      env: { ...process.env, LANG: "de_DE.UTF-8" },
    });
    expect(stderr).toContain("Unknown argument");
  });

  test("lists every transform", () => {
    const { stdout } = refit(root, ["transforms"]);
    for (const name of ["merge-runs", "order-manifests", "pin-images", "split-builder"]) expect(stdout).toContain(name);
  });

  test("shows, checks and writes", () => {
    const { folder, read } = world({ Dockerfile: two });
    expect(refit(folder, ["--offline"])).toMatchObject({ status: 0, stdout: expect.stringContaining("-RUN mkdir /b") });
    expect(refit(folder, ["--offline", "--check", "--quiet"])).toMatchObject({ status: 1, stderr: "" });
    expect(refit(folder, ["--offline", "--write"]).status).toBe(0);
    expect(read("Dockerfile")).not.toBe(two);
    expect(refit(folder, ["--offline", "--check"]).status).toBe(0);
  });

  test("is a filter with - and --write", () => {
    const { folder } = world();
    const { status, stdout } = refit(folder, ["-", "--write", "--offline"], two);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^FROM debian:12\nRUN mkdir \/a/);
  });

  test("does not mind a reader that stops listening", () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`app${index}/Dockerfile`, two]));
    const { folder } = world(files);
    const script = `"${process.execPath}" "${program}" --offline --quiet | head -n 1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
    expect(stdout).toMatch(/^diff --git/);
    expect(stderr).toBe("");
  });

  test("finishes the file at hand when it is interrupted", async () => {
    const names = Array.from({ length: 200 }, (_, index) => `${index}.Dockerfile`);
    const { folder, read } = world(Object.fromEntries(names.map((name) => [name, two])));
    const child = spawn(process.execPath, [program, "--offline", "--write"], { cwd: folder });
    const ended = once(child, "exit");
    await once(child.stdout, "data");
    child.kill("SIGINT");
    expect(await ended).toEqual([null, "SIGINT"]);
    expect(readdirSync(folder).length).toBe(names.length);
    expect(new Set(names.map((name) => read(name)))).toEqual(
      new Set([two, two.replace("\nRUN mkdir /b", " && \\\n    mkdir /b")]),
    );
  });
});
