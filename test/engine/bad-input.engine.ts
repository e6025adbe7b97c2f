/** What users can mend, for real: each is one clear line, and nothing is left of the run. */
import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../scripts/engine/folders.ts";
import { installPackages } from "../../scripts/engine/packages.ts";
import { type BuildSettings, openSession, type SessionOptions } from "../../src/engine/index.ts";
import { SETTINGS } from "../harness/build-settings.ts";
import { startRegistry } from "../registry/distribution.ts";
import { cacheEntriesWith, type Home, makeHome } from "./home.ts";

const context = mkdtempSync(join(tmpdir(), "refit-bad-"));
let home: Home;

beforeAll(() => {
  home = makeHome();
});
afterAll(() => {
  home.remove();
  rmSync(context, { recursive: true, force: true });
});

/** What a build comes to in a session of its own, of which nothing must be left. */
async function buildOf(
  dockerfile: string,
  settings: Partial<BuildSettings> = {},
  options: Partial<SessionOptions> = {},
): Promise<unknown> {
  const session = await openSession({ env: home.env, ...options });
  try {
    return await session.engine.build({ dockerfile, context, settings: { ...SETTINGS, ...settings } });
  } finally {
    await session.close();
    expect(home.things()).toEqual([]);
  }
}

const line = (message: string) => ({ name: "EngineError", message });

test("no engine answers", async () => {
  const env = { ...home.env, DOCKER_HOST: "unix:///nowhere/docker.sock" };
  for (const engine of ["docker", undefined] as const) {
    await expect(openSession({ env, engine })).rejects.toMatchObject(
      line("no engine answers at unix:///nowhere/docker.sock: is it running?"),
    );
  }
});

test("no engine is installed", async () => {
  const env = { ...home.env, PATH: context };
  await expect(openSession({ env, engine: "docker" })).rejects.toMatchObject(
    line("there is no program docker in PATH"),
  );
  await expect(openSession({ env })).rejects.toMatchObject(
    line("there is no container engine here: none of docker, podman, buildah is in PATH"),
  );
});

test("a user who may not use the engine is told so by the command line", async () => {
  // All that another user needs is where another user may read it.
  const place = mkdtempSync(join(tmpdir(), "refit-other-user-"));
  chmodSync(place, 0o755);
  const [tools, state] = [join(place, "bin"), join(place, "state")];
  for (const folder of [tools, state]) mkdirSync(folder);
  chmodSync(state, 0o777);
  cpSync(process.execPath, join(tools, "node"));
  symlinkSync(execFileSync("which", ["docker"], { encoding: "utf8" }).trim(), join(tools, "docker"));
  execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root });
  cpSync(join(root, "dist"), join(place, "dist"), { recursive: true });
  const said = spawnSync(join(tools, "node"), [join(place, "dist/refit.js"), "clean"], {
    cwd: place,
    env: { PATH: tools, HOME: state, DOCKER_HOST: process.env.DOCKER_HOST },
    uid: 65534,
    gid: 65534,
    encoding: "utf8",
  });
  expect([said.status, said.stderr]).toEqual([
    2,
    expect.stringMatching(
      /^refit: the engine at hand: no permission to use the engine at unix:\S+: run refit as a user who may\n$/,
    ),
  ]);
  rmSync(place, { recursive: true, force: true });
});

test("the disk is full while an image is saved", async () => {
  const small = mkdtempSync(join(tmpdir(), "refit-small-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=300k", "tmpfs", small]);
  try {
    const session = await openSession({ env: { ...home.env, TMPDIR: small } });
    const saving = session.engine.save(["busybox"], join(session.scratch, "saved.tar"));
    await expect(saving).rejects.toMatchObject(
      line("no space left on the disk of the engine or of refit's temporary files"),
    );
    await session.close();
    expect(home.things()).toEqual([]);
  } finally {
    execFileSync("umount", [small]);
    rmSync(small, { recursive: true });
  }
});

test("a build hangs", async () => {
  const step = `RUN sleep 1000; : ${randomUUID()}`;
  await expect(buildOf(`FROM busybox\n${step}\n`, { timeout: 3 })).rejects.toMatchObject(
    line(`[2/2] ${step} did not end within 3 s: --timeout SECONDS gives a build more time`),
  );
  expect(cacheEntriesWith(step.slice("RUN ".length))).toEqual([]);
});

test("a base image can't be pulled", async () => {
  await expect(buildOf("FROM localhost:1/nobody/nothing:1\n")).rejects.toMatchObject({
    name: "EngineError",
    message: expect.stringMatching(/^the base image localhost:1\/nobody\/nothing:1 can't be pulled: .*refused$/),
  });
});

test("a registry refuses", async () => {
  installPackages(["docker-registry", "openssl"]);
  const registry = await startRegistry("basic");
  try {
    await expect(buildOf(`FROM ${registry.host}/team/base:1\n`)).rejects.toMatchObject({
      name: "EngineError",
      message: expect.stringMatching(/^the base image \S+\/team\/base:1 can't be pulled: the registry refuses \(.*\)$/),
    });
  } finally {
    registry.stop();
  }
});

test("what is passed on is not there", async () => {
  await expect(buildOf("FROM busybox\n", { builder: "nobody" })).rejects.toMatchObject(
    line("there is no builder nobody: docker buildx ls lists them"),
  );
  await expect(buildOf("FROM busybox\n", { secrets: ["id=key,src=/nowhere"] })).rejects.toThrow(
    /^the build can't begin: /,
  );
  await expect(buildOf("FROM busybox\nRUN --mount=type=secret,id=key,required=true true\n")).rejects.toMatchObject(
    line("the build needs the secret key: give it with --secret id=key,src=FILE"),
  );
});

test("refit's own folders can't be written", async () => {
  const file = join(context, "file");
  writeFileSync(file, "");
  await expect(openSession({ env: { ...home.env, TMPDIR: file } })).rejects.toThrow(/can't be made .*TMPDIR/);
  await expect(openSession({ env: { ...home.env, XDG_STATE_HOME: file } })).rejects.toThrow(/XDG_STATE_HOME/);
  expect(home.things()).toEqual([]);
});
