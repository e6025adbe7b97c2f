/** Runs that are killed or interrupted, and what `refit clean` finds of them. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { docker, madeHere } from "../../scripts/engine/docker.ts";
import { root } from "../../scripts/engine/folders.ts";
import { bundle } from "../../scripts/lib/bundle.mjs";
import { run } from "../../src/cli/index.ts";
import { openSession } from "../../src/engine/index.ts";
import { SETTINGS } from "../harness/build-settings.ts";
import { cacheEntriesWith, type Home, makeHome, volumesWith } from "./home.ts";
import { build } from "./image.ts";

/** Where its imports of packages resolve. */
const victim = join(root, "node_modules/.cache/refit/victim.mjs");
const context = mkdtempSync(join(tmpdir(), "refit-clean-"));
let home: Home;

beforeAll(async () => {
  await bundle(join(root, "test/engine/victim.ts"), victim);
  home = makeHome();
});
afterAll(() => {
  home.remove();
  rmSync(context, { recursive: true, force: true });
});

const unique = () => `w${randomBytes(6).toString("hex")}`;

async function startVictim(word: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [victim, word], { env: { ...home.env }, stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout!, "data");
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

async function refit(...argv: string[]) {
  let [stdout, stderr] = ["", ""];
  const terminal = (hear: (text: string) => void) => ({ isTTY: false, write: (text: unknown) => hear(String(text)) });
  const code = await run(
    argv,
    {
      cwd: context,
      env: home.env,
      stdin: process.stdin,
      stdout: terminal((text) => {
        stdout += text;
      }),
      stderr: terminal((text) => {
        stderr += text;
      }),
    },
    async () => [],
  );
  return { code, stdout, stderr };
}

/** What is there of the runs that were marked with these words. */
function tracesOf(words: readonly string[]): string[] {
  return [...words.flatMap((word) => [...cacheEntriesWith(word), ...volumesWith(word)]), ...home.things()];
}

test("whenever runs are killed, refit clean leaves nothing of them, and all else as it was", async () => {
  const mine = unique();
  const { id: image } = build(`FROM busybox\nRUN touch /${mine}\nRUN : ${mine}\n`, context);
  const container = docker(["create", madeHere(), image!]).trim();
  const volume = docker(["volume", "create", madeHere()]).trim();
  const living = await openSession({ env: home.env });
  const dockerfile = `FROM busybox\nRUN : living ${mine}\n`;
  const built = await living.engine.build({ dockerfile, context, settings: SETTINGS });
  if (!built.ok) throw new Error(built.log);
  const before = [cacheEntriesWith(mine).length, home.things().length];

  const moments = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(moments, async (milliseconds) => {
      const words = milliseconds.map(unique);
      await Promise.all(
        words.map(async (word, index) => {
          const child = await startVictim(word);
          await pause(milliseconds[index]);
          await end(child, "SIGKILL");
        }),
      );
      const { code, stdout, stderr } = await refit("clean");
      expect([code, stderr]).toEqual([0, ""]);
      // Of those that were killed before another one began, that one may have cleared away already.
      expect(stdout).toMatch(/^Removed: .*\d ledgers? of \d runs?; .* came back$/m);
      expect(words.flatMap((word) => [...cacheEntriesWith(word), ...volumesWith(word)])).toEqual([]);
      expect([cacheEntriesWith(mine).length, home.things().length]).toEqual(before);
    }),
    { numRuns: process.env.CI ? 1 : 3, endOnFailure: true },
  );

  docker(["inspect", image!, container, volume, built.image]);
  expect(existsSync(living.scratch)).toBe(true);
  await living.close();
  expect((await refit("clean")).stdout).toBe("No run of refit left anything\n");
  docker(["rm", container]);
  docker(["volume", "rm", volume]);
});

test("what a killed run left is shown without a touch when asked for, and removed by the next run", async () => {
  const word = unique();
  const child = await startVictim(word);
  await pause(2000);
  await end(child, "SIGKILL");
  const things = home.things();
  const shown = await refit("clean", "--dry-run", "--format=json");
  expect(JSON.parse(shown.stdout)).toMatchObject({ removed: false, problems: [] });
  expect(JSON.parse(shown.stdout).remnants.map(({ kind }: { kind: string }) => kind)).toContain("cache entry");
  expect(home.things()).toEqual(expect.arrayContaining(things));
  await (await openSession({ env: home.env })).close();
  expect(tracesOf([word])).toEqual([]);
});

test.each(["SIGINT", "SIGTERM"] as const)("a run that gets a %s clears away and dies by it", async (signal) => {
  const word = unique();
  const child = await startVictim(word);
  await pause(1500);
  await end(child, signal);
  expect(child.signalCode).toBe(signal);
  expect(tracesOf([word])).toEqual([]);
});

test("another user's runs are left alone, whether they go on or not", async () => {
  const other = makeHome();
  const session = await openSession({ env: other.env });
  const built = await session.engine.build({ dockerfile: "FROM busybox\nRUN true\n", context, settings: SETTINGS });
  if (!built.ok) throw new Error(built.log);
  expect((await refit("clean")).stdout).toBe("No run of refit left anything\n");
  docker(["image", "inspect", built.image]);
  await session.close();
  expect(other.things()).toEqual([]);
  other.remove();
});
