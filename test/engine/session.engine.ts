/** A session with the real engine: what it builds, reads and runs, and that nothing of it is left. */
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { docker } from "../../scripts/engine/docker.ts";
import { type BuildRequest, openSession, type Session } from "../../src/engine/index.ts";
import { SETTINGS } from "../harness/build-settings.ts";
import { cacheEntriesWith, type Home, makeHome, tarOf, volumesWith } from "./home.ts";
import { build as plainBuild } from "./image.ts";

let home: Home;
let session: Session;
const context = mkdtempSync(join(tmpdir(), "refit-session-"));

beforeAll(async () => {
  writeFileSync(join(context, "letter"), "dear reader\n");
  home = makeHome();
  session = await openSession({ env: home.env });
});
afterAll(async () => {
  await session.close();
  home.remove();
  rmSync(context, { recursive: true, force: true });
});

/** A word that no build ever had. */
const unique = () => `w${randomBytes(6).toString("hex")}`;

const build = (lines: readonly string[], more: Partial<BuildRequest> = {}, by = session) =>
  by.engine.build({ dockerfile: `${lines.join("\n")}\n`, context, settings: SETTINGS, ...more });

async function imageOf(lines: readonly string[], more: Partial<BuildRequest> = {}, by = session): Promise<string> {
  const built = await build(lines, more, by);
  if (!built.ok) throw new Error(built.log);
  return built.image;
}

async function run(image: string, command?: readonly string[]) {
  const container = await session.engine.create({ image, network: "none", command });
  await session.engine.start(container);
  const state = await session.engine.wait(container, 20);
  return { ...(await session.engine.output(container)), state };
}

test("a build tells its steps, which of them came from the cache, and all that the image is", async () => {
  const lines = [
    "FROM busybox AS builder",
    `RUN echo ${unique()}`,
    "FROM busybox",
    "COPY --from=builder /bin/sh /shell",
  ];
  const heard: string[] = [];
  const first = await build(lines, { onStep: (step) => heard.push(step) });
  const again = await build(lines);
  expect(heard.some((step) => step.includes("RUN echo"))).toBe(true);
  expect(first.steps.map(({ stage, instruction, cached }) => [stage, instruction.split(" ")[0], cached])).toEqual([
    ["builder", "RUN", false],
    ["stage-1", "COPY", false],
  ]);
  expect(again.steps.map(({ cached, seconds }) => [cached, seconds])).toEqual([
    [true, 0],
    [true, 0],
  ]);
  if (!first.ok || !again.ok) throw new Error("it builds");
  expect(again.image).toBe(first.image);
  const info = await session.engine.inspect(first.image);
  expect(info).toMatchObject({ platform: "linux/amd64", config: { Cmd: ["sh"] } });
  expect(info.diffIds).toHaveLength(info.layers);
  const folders = await session.engine.layerFolders(first.image);
  expect(folders).toHaveLength(info.layers);
  expect(statSync(join(folders![0]!, "shell")).isFile()).toBe(true);
});

test("settings and an ignore file of its own reach the build", async () => {
  const secret = join(session.scratch, "secret");
  writeFileSync(secret, "hush");
  const other = join(session.scratch, "other");
  mkdirSync(other);
  writeFileSync(join(other, "note"), "noted");
  const settings = {
    ...SETTINGS,
    buildArgs: ["WORD=a b"],
    secrets: [`id=key,src=${secret}`],
    buildContexts: [`other=${other}`],
    network: "none",
  };
  const lines = [
    ...["FROM busybox AS wanted", "ARG WORD", "COPY . /context/", "COPY --from=other note /"],
    ...[
      'RUN --mount=type=secret,id=key echo "$WORD $(cat /run/secrets/key) $(cat /note) $(ls /context) $(ls /sys/class/net)" >/all',
    ],
    ...["FROM busybox", "RUN exit 1"],
  ];
  const image = await imageOf(lines, { settings, ignoreFile: "letter\n", target: "wanted" });
  expect((await run(image, ["cat", "/all"])).stdout).toBe("a b hush noted  lo\n");
});

test("a container has no network, few rights, limits, and nothing of the host", async () => {
  const image = await imageOf(["FROM busybox", "VOLUME /data", 'CMD ["sleep", "60"]']);
  const container = await session.engine.create({ image, network: "none" });
  const { HostConfig, Mounts } = JSON.parse(docker(["inspect", container]))[0];
  expect(HostConfig).toMatchObject({
    NetworkMode: "none",
    Privileged: false,
    Binds: null,
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges"],
  });
  expect(HostConfig.Memory * HostConfig.PidsLimit * HostConfig.NanoCpus).toBeGreaterThan(0);
  expect(Mounts.map(({ Type }: { Type: string }) => Type)).toEqual(["volume"]);
  await session.engine.start(container);
  expect(await session.engine.wait(container, 0.3)).toBeUndefined();
  expect((await session.engine.state(container)).running).toBe(true);
  const joined = await session.engine.create({
    image,
    network: `container:${container}`,
    command: ["ls", "/sys/class/net"],
  });
  await session.engine.start(joined);
  await session.engine.wait(joined, 20);
  expect((await session.engine.output(joined)).stdout).toBe("lo\n");
  await session.engine.remove(container);
  expect(() => docker(["volume", "inspect", Mounts[0].Name])).toThrow(/no such volume/i);
});

test("what a container says and how it ends are told apart; its own command gives way to another", async () => {
  const image = await imageOf(["FROM busybox", 'ENTRYPOINT ["sh", "-c"]', 'CMD ["echo out; echo err >&2; exit 4"]']);
  expect(await run(image)).toEqual({
    stdout: "out\n",
    stderr: "err\n",
    state: { running: false, exitCode: 4, outOfMemory: false },
  });
  expect((await run(image, ["echo", "$HOME; x"])).stdout).toBe("$HOME; x\n");
});

test("files go into a container and come out of it; an image comes of a tar and goes into one", async () => {
  const image = await session.engine.importTree(Readable.from([tarOf(context, "letter")]), { entrypoint: ["/letter"] });
  expect((await session.engine.inspect(image)).config).toMatchObject({ Entrypoint: ["/letter"] });
  const container = await session.engine.create({ image, network: "none" });
  await session.engine.copyIn(container, tarOf(context, "letter"));
  expect(String(await session.engine.copyOut(container, "/letter"))).toContain("dear reader\n");
  const file = join(session.scratch, "saved.tar");
  await session.engine.save([image], file);
  expect(readFileSync(file).includes("dear reader")).toBe(true);
});

test("a cache mount is warm for the same text alone, and cold for a build afresh", async () => {
  const word = unique();
  const lines = (more: string) => [
    ...["FROM busybox", "ARG ROUND", `RUN --mount=type=cache,target=/cache,id=${word} \\`],
    ...[`  echo "$ROUND: $(ls /cache)" >/seen && touch /cache/left${more}`],
  ];
  const seen = async (round: string, more = "", afresh = false) => {
    const settings = { ...SETTINGS, buildArgs: [`ROUND=${round}`] };
    return (await run(await imageOf(lines(more), { settings, afresh }), ["cat", "/seen"])).stdout;
  };
  expect(await seen("1")).toBe("1: \n");
  expect(await seen("2")).toBe("2: left\n");
  expect(await seen("3", " # another text")).toBe("3: \n");
  expect(await seen("4", "", true)).toBe("4: \n");
});

test.each([
  ["RUN echo first; echo last words; exit 3", "RUN echo first; echo last words; exit 3: exit code: 3: last words"],
  ["COPY nowhere /", /^COPY nowhere \/: .*"\/nowhere": not found$/],
  ["RUNN true", /^dockerfile parse error on line 2: unknown instruction: RUNN/],
])("a file at fault is a build that fails, told in a line: %s", async (line, failure) => {
  const built = await build(["FROM busybox", line]);
  if (built.ok) throw new Error("it fails");
  expect(built.failure).toMatch(failure);
  expect(built.log).toContain("ERROR");
});

test("a stage that is not there is a build that fails", async () => {
  expect(await build(["FROM busybox"], { target: "gone" })).toMatchObject({
    ok: false,
    failure: 'target stage "gone" could not be found',
  });
});

test("close leaves nothing of all kinds of steps, and leaves a build of somebody else's at the same moment alone", async () => {
  const home = makeHome();
  const other = await openSession({ env: home.env });
  const [word, theirs] = [unique(), unique()];
  const folder = join(other.scratch, word);
  mkdirSync(folder);
  writeFileSync(join(folder, "note"), word);
  const settings = { ...SETTINGS, buildContexts: [`${word}.context=${folder}`] };
  const lines = [
    ...[`FROM busybox AS ${word}`, `WORKDIR /${word}`, "ARG WORD=expanded", 'SHELL ["/bin/sh", "-e", "-c"]'],
    ...[
      `RUN echo "${word} $WORD" '$WORD' \${WORD:-\${NONE}} $(echo a) $? \\$Q "$@"`,
      `RUN ["sh", "-c", ": ${word}  b"]`,
    ],
    ...["RUN <<END", `: ${word} $WORD`, "echo more", "END", `COPY <<END /${word}/text`, "$WORD", "END"],
    ...[`COPY --link letter /${word}/`, `COPY --from=${word}.context note /${word}/note`],
    ...[`RUN --mount=type=cache,target=/${word}/cache --mount=type=tmpfs,target=/t : ${word} c`],
    ...["FROM busybox", `COPY --from=0 --link /${word} /${word}`, `VOLUME /${word}`],
  ];
  const [image, bystander] = await Promise.all([
    imageOf(lines, { settings }, other),
    new Promise<string>((resolve) =>
      resolve(
        plainBuild(`FROM busybox\nRUN : ${theirs}\nRUN --mount=type=cache,target=/${theirs} true\n`, context).id!,
      ),
    ),
  ]);
  await other.engine.start(await other.engine.create({ image, network: "none", command: ["sleep", "60"] }));
  expect(cacheEntriesWith(word).length).toBeGreaterThan(9);
  expect(volumesWith("note")).toHaveLength(1);
  await other.close();
  expect(cacheEntriesWith(word)).toEqual([]);
  expect(volumesWith("note")).toEqual([]);
  expect(home.things()).toEqual([]);
  expect(cacheEntriesWith(theirs)).toHaveLength(2);
  docker(["rmi", bystander]);
  home.remove();
});

test("close ends a build that goes on, and what it was making is not there", async () => {
  const home = makeHome();
  const other = await openSession({ env: home.env });
  const word = unique();
  let building: Promise<unknown> | undefined;
  await new Promise<void>((started) => {
    const onStep = (step: string) => {
      if (step.includes("sleep")) started();
    };
    building = build(["FROM busybox", `RUN : ${word}`, `RUN sleep 100; : ${word}`], { onStep }, other).catch(String);
  });
  // BuildKit runs a step to its end that is cancelled while it starts.
  await pause(2000);
  await other.close();
  expect(await building).toContain("the run was ended");
  expect(cacheEntriesWith(word)).toEqual([]);
  expect(home.things()).toEqual([]);
  home.remove();
});

test("two runs with the same build share its cache, and the last one removes it", async () => {
  const word = unique();
  const lines = ["FROM busybox", `RUN sleep 1; : ${word}`];
  const home = makeHome();
  const [one, two] = [await openSession({ env: home.env }), await openSession({ env: home.env })];
  await Promise.all([one, two].map((each) => imageOf(lines, {}, each)));
  await one.close();
  expect((await build(lines, {}, two)).steps.map(({ cached }) => cached)).toEqual([true]);
  await two.close();
  expect(cacheEntriesWith(word)).toEqual([]);
  expect(home.things()).toEqual([]);
  home.remove();
});
