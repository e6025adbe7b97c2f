/** What a run writes down, and what a later one reads of it. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endClients, isAlive, markOf } from "../../src/engine/alive.ts";
import { LedgerWriter, readLedger, readLedgers } from "../../src/engine/ledger.ts";
import { plannedVertices } from "../../src/engine/planned.ts";
import { openState } from "../../src/engine/state.ts";
import type { Vertex } from "../../src/engine/steps.ts";
import { SETTINGS } from "../harness/build-settings.ts";

const settings = { ...SETTINGS, timeout: 60 };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "refit-ledger-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const opening = { run: "0123456789ab", engine: "docker", env: {}, scratch: "/tmp/x" } as const;
const vertex = (name: string, state: Vertex["state"]): Vertex => ({ name, state, seconds: 0, lastLine: "", error: "" });

/** A ledger with two builds, the second of which goes on. */
function write(): string {
  const ledger = new LedgerWriter(mkdtempSync(join(folder, "run-")), opening);
  ledger.takesStock({ known: ["a", "b"], clockAhead: 7 });
  const one = ledger.build(settings, ["planned"]);
  one.vertex(vertex("first", "running"));
  one.vertex(vertex("second", "running"));
  one.vertex(vertex("first", "cached"));
  one.vertex(vertex("second", "done"));
  one.end();
  ledger.build(settings, []).vertex(vertex("third", "running"));
  return ledger.file;
}

test("what is written is read; a step from the cache is not listed", () => {
  const ledger = readLedger(write())!;
  expect(ledger).toMatchObject({ ...opening, stocks: [{ known: ["a", "b"], clockAhead: 7 }] });
  expect(ledger.builds.map(({ vertices }) => vertices.map(({ name, ended }) => [name, ended !== undefined]))).toEqual([
    [["second", true]],
    [["third", false]],
  ]);
  expect(ledger.builds.map(({ ended }) => ended !== undefined)).toEqual([true, false]);
  expect(ledger.builds[0]!.deadline - ledger.builds[0]!.begun).toBe(60_000);
  expect(isAlive(ledger.process)).toBe(true);
});

test("a run may be killed while it writes: what was whole before is read", () => {
  const file = write();
  const whole = readFileSync(file);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.length }), (length) => {
      writeFileSync(file, whole.subarray(0, length));
      const ledger = readLedger(file);
      if (!whole.subarray(0, length).includes("\n")) expect(ledger).toBeUndefined();
      else expect(ledger).toMatchObject(opening);
    }),
  );
});

test("files that are no ledger are passed over", () => {
  const empty = mkdtempSync(join(folder, "none-"));
  writeFileSync(join(empty, "x.jsonl"), "{}\n");
  writeFileSync(join(empty, "y.jsonl"), "no JSON\n");
  writeFileSync(join(empty, "z.txt"), "");
  expect(readLedgers(empty)).toEqual([]);
});

test("a process that is over is dead, one that another started with its number since is another, and of other machines nothing is known", () => {
  const mark = markOf(process.pid);
  expect(isAlive(mark)).toBe(true);
  expect(isAlive({ ...mark, born: `${mark.born}1` })).toBe(false);
  expect(isAlive({ ...mark, host: "elsewhere" })).toBeUndefined();
  const { pid } = spawnSync(process.execPath, ["--version"]);
  expect(isAlive({ ...mark, pid })).toBe(false);
});

test("clients of a killed run are found by their label, and no others are ended", async () => {
  const start = (label: string) => spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "--", label]);
  const [theirs, other] = [start("--label=dev.refit.run=killed"), start("--label=dev.refit.run=killed2")];
  await Promise.all([theirs, other].map((child) => once(child, "spawn")));
  const ended = once(theirs, "exit");
  expect(endClients("--label=dev.refit.run=killed")).toBe(true);
  await ended;
  expect(theirs.signalCode).toBe("SIGKILL");
  expect(other.signalCode).toBeNull();
  other.kill();
  expect(endClients("--label=dev.refit.run=nobody")).toBe(false);
});

test("one user has one mark on all that refit makes, in a folder of the user's", () => {
  const env = { XDG_STATE_HOME: join(folder, "state") };
  const { owner, ledgers } = openState(env);
  expect(openState(env).owner).toBe(owner);
  expect(ledgers).toBe(join(folder, "state/refit/runs"));
  expect(openState({ HOME: join(folder, "home") }).ledgers).toBe(join(folder, "home/.local/state/refit/runs"));
  expect(openState({ HOME: join(folder, "home") }).owner).not.toBe(owner);
  writeFileSync(join(folder, "file"), "");
  expect(() => openState({ XDG_STATE_HOME: join(folder, "file") })).toThrow(/can't be written.*XDG_STATE_HOME/);
});

test("a build's steps are foreseen by the names that BuildKit will give them", () => {
  const dockerfile =
    "FROM a\nRUN --mount=type=cache,target=/c make \\\n  all\nENV A=1\nRUN <<E\nfirst $A\nsecond\nE\nCOPY --link a /b\n";
  const names = plannedVertices({ dockerfile, settings: { ...settings, buildContexts: ["other=/x"] } });
  expect(names).toEqual(expect.arrayContaining(["[context other] load from client", "[0/0] COPY --link a /b"]));
  expect(names).toContain("[0/0] RUN --mount=type=cache,target=/c make   all");
  expect(names).toContain("[0/0] RUN <<E (first $A...)");
  expect(names.some((name) => name.includes("ENV"))).toBe(false);
});
