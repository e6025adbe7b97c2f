import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { foreign, inPath, portable } from "../../src/engine/behaviour/portable.ts";

test("a program runs with the loader and the libraries that it brings along", async () => {
  const root = mkdtempSync(join(tmpdir(), "refit-portable-"));
  try {
    const folder = join(root, "tools").slice(1);
    const node = await portable(process.execPath, folder);
    for (const { path, mode, content } of node!.files) {
      if (content === undefined) mkdirSync(`/${path}`, { recursive: true });
      else writeFileSync(`/${path}`, content);
      chmodSync(`/${path}`, mode);
    }
    const [program, ...args] = node!.command;
    expect(dirname(program!)).toBe(`/${folder}`);
    const ran = spawnSync(program!, [...args, "--version"], { encoding: "utf8", env: {} });
    expect(ran).toMatchObject({ status: 0, stdout: `${process.version}\n` });
  } finally {
    rmSync(root, { recursive: true });
  }
});

test("a script is not portable: who knows what it needs", async () => {
  expect(await portable(import.meta.filename, "tools")).toBeUndefined();
});

test("a program is looked for in PATH", async () => {
  const folder = dirname(process.execPath);
  expect(await inPath("node", `/nowhere:${folder}`)).toBe(join(folder, "node"));
  expect(await inPath("no-such-program", folder)).toBeUndefined();
});

test("an image of another architecture is foreign", () => {
  expect(foreign("linux/s390x")).toMatch(/^this machine is \w+\/\w+, the image linux\/s390x$/);
});
