/** Proofs with Podman and Buildah instead of docker: the same words, and nothing left behind. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { docker } from "../../scripts/engine/docker.ts";
import { askImages, type EngineName, openSession, prove, type Session } from "../../src/engine/index.ts";
import { savedTrees } from "../../src/engine/trees/saved.ts";
import { SETTINGS } from "../harness/build-settings.ts";

const work = mkdtempSync(join(tmpdir(), "refit-podman-"));
const context = join(work, "context");

/**
 * A storage and settings of its own, as a user may have them. Where a container may not raise its limits (this test may run in one), they
 * are the process's own.
 */
const env = {
  ...process.env,
  CONTAINERS_CONF: join(work, "containers.conf"),
  CONTAINERS_STORAGE_CONF: join(work, "storage.conf"),
  BUILDAH_ISOLATION: "chroot",
  PODMAN_IGNORE_CGROUPSV1_WARNING: "1",
  XDG_STATE_HOME: join(work, "state"),
};

beforeAll(() => {
  mkdirSync(context);
  writeFileSync(join(context, "letter"), "dear reader\n");
  const limit = (flag: string) => execFileSync("bash", ["-c", `ulimit -H${flag}`], { encoding: "utf8" }).trim();
  const ulimits = [`nofile=${limit("n")}:${limit("n")}`, `nproc=${limit("u")}:${limit("u")}`];
  writeFileSync(env.CONTAINERS_CONF, `[containers]\ndefault_ulimits=${JSON.stringify(ulimits)}\n`);
  const [graph, run] = [join(work, "graph"), join(work, "run")];
  writeFileSync(env.CONTAINERS_STORAGE_CONF, `[storage]\ndriver="overlay"\ngraphroot="${graph}"\nrunroot="${run}"\n`);
  docker(["save", "--output", join(work, "busybox.tar"), "busybox:latest"]);
  podman(["load", "--input", join(work, "busybox.tar")]);
});
afterAll(() => {
  podman(["system", "reset", "--force"]);
  rmSync(work, { recursive: true, force: true });
});

function podman(args: readonly string[]): string {
  return execFileSync("podman", args, { env, encoding: "utf8", stdio: "pipe" });
}

const BUSYBOX = "docker.io/library/busybox:latest";
const before = `FROM ${BUSYBOX}\nCOPY letter /letter\nRUN echo one >/one\nRUN echo two >/two\nCMD ["cat", "/letter"]\n`;
const merged = before.replace(" >/one\nRUN", " >/one &&");

describe.each<[EngineName, RegExp]>([
  ["podman", /^Podman \d/],
  ["buildah", /^Buildah \d/],
])("%s", (engine, title) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({ engine, env });
  });

  const proofOf = (after: string) =>
    prove(session, {
      ...{ path: "Dockerfile", before, after, promise: "same-image", context },
      ...{ settings: SETTINGS, probes: [] },
    });

  test("keeps a right rewrite, and names what a wrong one changes", async () => {
    const kept = await proofOf(merged);
    expect(kept).toMatchObject({ verdict: "kept", engine: expect.stringMatching(title) });
    const wrong = `${merged.replace("echo two", "echo three")}SHELL ["/bin/ash", "-c"]\nHEALTHCHECK CMD true\n`;
    const broken = await proofOf(wrong);
    expect(broken.verdict).toBe("broken");
    expect(
      broken.targets
        .at(-1)
        ?.differences.map(({ at, kind }) => [at, kind])
        .sort(),
    ).toEqual([
      ["/two", "content"],
      ["Healthcheck", "config"],
      ["Shell", "config"],
    ]);
  });

  test("tells the steps that come from the cache, and which one fails", async () => {
    const build = (dockerfile: string) => session.engine.build({ dockerfile, context, settings: SETTINGS });
    const dockerfile = `FROM ${BUSYBOX} AS builder\nRUN echo ${engine}\nFROM ${BUSYBOX}\nCOPY --from=builder /etc /etc\n`;
    const stepsOf = async () =>
      (await build(dockerfile)).steps.map(({ stage, instruction, cached }) => [stage, instruction, cached]);
    expect(await stepsOf()).toEqual([
      ["builder", `RUN echo ${engine}`, false],
      ["stage-1", "COPY --from=builder /etc /etc", false],
    ]);
    expect((await stepsOf()).map(([, , cached]) => cached)).toEqual([true, true]);
    expect(await build(`FROM ${BUSYBOX}\nRUN exit 3\n`)).toMatchObject({
      ok: false,
      failure: "RUN exit 3: exit status 3",
    });
    await expect(build("FROM registry.invalid/none\n")).rejects.toThrow(/the base image \S+ can't be pulled/);
  });

  test("tells the configuration of an image, and what made its layers, the lowest first", async () => {
    const dockerfile = `FROM ${BUSYBOX}\nWORKDIR /srv\nRUN echo ${engine} >/made\nUSER 7:7\nONBUILD RUN true\n`;
    const built = await session.engine.build({ dockerfile, context, settings: SETTINGS });
    const image = built.ok ? built.image : "";
    const answers = await askImages(session, SETTINGS, [image, "registry.example.com/absent"]);
    expect([...answers.keys()]).toEqual([image]);
    expect(answers.get(image)).toMatchObject({ config: { user: "7:7", cwd: "/srv", triggers: ["RUN true"] } });
    const made = (await session.engine.history(image)).map((text) => /WORKDIR \/srv|echo \w+ >\/made/.exec(text)?.[0]);
    expect(made.filter((text) => text !== undefined)).toEqual(["WORKDIR /srv", `echo ${engine} >/made`]);
  });

  test("writes archives that the saved reader reads", async () => {
    const built = await session.engine.build({ dockerfile: before, context, settings: SETTINGS });
    const image = built.ok ? built.image : "";
    const { trees, close } = await savedTrees(session, [image, image]);
    expect(trees[1]?.read("letter").toString()).toBe("dear reader\n");
    await close();
  });

  test("runs containers, or says why it does not", async () => {
    const built = await session.engine.build({ dockerfile: before, context, settings: SETTINGS });
    const created = session.engine.create({ image: built.ok ? built.image : "", network: "none" });
    if (engine === "buildah") return expect(created).rejects.toThrow("buildah runs no containers: podman does");
    const container = await created;
    await session.engine.start(container);
    expect(await session.engine.wait(container, 20)).toMatchObject({ exitCode: 0, running: false });
    expect(await session.engine.output(container)).toEqual({ stdout: "dear reader\n", stderr: "" });
  });

  test("leaves nothing behind", async () => {
    await session.close();
    expect(podman(["images", "--all", "--format={{.Repository}}"]).trim()).toBe("docker.io/library/busybox");
    expect(podman(["ps", "--all", "--external", "--quiet"])).toBe("");
  });
});
