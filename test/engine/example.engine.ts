/** The app in examples/, built as it is and as refit rewrites it; both run. */
import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { docker, madeHere } from "../../scripts/engine/docker.ts";
import { root } from "../../scripts/engine/folders.ts";
import { type Build, build, sizeOf } from "./image.ts";
import { compareBuilds } from "./pair.ts";
import { refitted } from "./refitted.ts";

const work = mkdtempSync(join(tmpdir(), "refit-example-"));
const folder = join(work, "app");
let dockerfiles: { before: string; after: string };
let images: { before: Build; after: Build };

beforeAll(() => {
  cpSync(join(root, "examples/shortlinks"), folder, {
    recursive: true,
    filter: (path) => !/\/(node_modules|dist)$/.test(path),
  });
  const before = readFileSync(join(folder, "Dockerfile"), "utf8");
  dockerfiles = { before, after: refitted(folder) };
  // Both are built over the folder as it was, the Dockerfile in it included.
  writeFileSync(join(folder, "Dockerfile"), before);
  images = { before: build(before, folder), after: build(dockerfiles.after, folder) };
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

test("refit rewrites the example, and both build", () => {
  expect(dockerfiles.after).not.toBe(dockerfiles.before);
  expect(images.before.id, images.before.log).toBeDefined();
  expect(images.after.id, images.after.log).toBeDefined();
});

test("both apps give the same answers", async () => {
  const [before, after] = [await talkTo(images.before.id!), await talkTo(images.after.id!)];
  expect(after).toEqual(before);
  expect(before.map(({ status }) => status)).toEqual([200, 400, 201, 404]);
});

test("the configuration is the same, and what is in the image is what was there before", async () => {
  const outcome = await compareBuilds({ ...dockerfiles, context: folder, promise: "same-runtime" });
  expect(outcome).toEqual({ builds: true, broken: [] });
});

test("the image is smaller, and an edit of a source does not install again", () => {
  const source = join(folder, "src/links.ts");
  // A new one each time: the engine remembers builds of former runs.
  writeFileSync(source, `${readFileSync(source, "utf8")}// Edit ${randomUUID()}\n`);
  const [before, after] = [build(dockerfiles.before, folder), build(dockerfiles.after, folder)];
  const megabytes = (id: string) => `${(sizeOf(id) / 1e6).toFixed(1)} MB`;
  for (const [name, image, rebuilt] of [
    ["before", images.before, before],
    ["after", images.after, after],
  ] as const) {
    process.stdout.write(`\n${name}: ${megabytes(image.id!)}; after a source edit these steps run again:\n`);
    for (const step of rebuilt.ran) process.stdout.write(`  ${step}\n`);
  }
  expect(sizeOf(images.after.id!)).toBeLessThan(sizeOf(images.before.id!));
  expect(before.ran.join("\n")).toContain("npm ci");
  expect(after.ran.join("\n")).not.toContain("npm ci");
});

/** Starts the app, asks it a few things, stops it, and gives its answers with what changes from run to run taken out. */
async function talkTo(image: string) {
  const container = docker(["run", "--detach", madeHere(), "--publish=127.0.0.1::3000", image]).trim();
  try {
    const host = docker(["port", container, "3000"]).trim();
    const ask = async (path: string, init?: RequestInit) => {
      // Docker's proxy accepts a connection before the app listens, and may never answer it.
      const signal = AbortSignal.timeout(5000);
      const response = await fetch(`http://${host}${path}`, { redirect: "manual", signal, ...init });
      const body = (await response.text()).replace(/"(id|up)":"[^"]*"/g, '"$1":"…"');
      return { path, status: response.status, body };
    };
    for (let tries = 0; !(await ask("/health").catch(() => undefined)); tries++) {
      if (tries === 100) throw new Error(docker(["logs", container]));
      await pause(100);
    }
    const post = (body: string) => ask("/links", { method: "POST", body });
    return [await ask("/"), await post("no address"), await post("https://example.org"), await ask("/nowhere")];
  } finally {
    docker(["rm", "--force", container]);
  }
}
