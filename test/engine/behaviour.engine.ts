/** What containers do when they run: pairs of images that behave the same, and pairs that don't. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { docker } from "../../scripts/engine/docker.ts";
import { compareBehaviour } from "../../src/engine/behaviour/index.ts";
import { type Behaviour, openSession, type Session } from "../../src/engine/index.ts";
import { imageOf } from "./built-images.ts";

let session: Session;

beforeAll(async () => {
  session = await openSession({ env: process.env });
});

afterAll(() => session.close());

interface Pair {
  readonly before: string;
  readonly after: string;
  readonly probes?: readonly string[];
  readonly seconds?: number;
}

async function compared({ before, after, probes = ["/"], seconds = 10 }: Pair): Promise<Behaviour> {
  const [one, other] = [await imageOf(session, before), await imageOf(session, after)];
  return compareBehaviour(session, one, other, { probes, seconds });
}

/** Another image in which a container must do the same. */
const again = (dockerfile: string) => `${dockerfile}\nLABEL rewritten=yes`;
const busybox = (...lines: readonly string[]) => ["FROM busybox", ...lines].join("\n");
const shell = (script: string) => busybox(`CMD ${JSON.stringify(["sh", "-c", script])}`);
const same = (dockerfile: string, more: Partial<Pair> = {}) =>
  compared({ before: dockerfile, after: again(dockerfile), ...more });

describe("a command that ends", () => {
  test("the same exit code and output are the same; one that fails says little", async () => {
    expect(await same(shell("echo hi; echo no table >&2; exit 3"))).toEqual({
      kind: "ends",
      same: [
        "each ends with exit code 3: no table (no more than this failure was compared)",
        "exit code: 3",
        "standard output: hi",
        "standard error: no table",
      ],
      differences: [],
      notCompared: [],
    });
  });

  test.each([
    ["another exit code", "exit 4", { at: "exit code", what: "3 → 4" }],
    ["other output", "echo ho; exit 3", { at: "standard output", what: "hi → ho" }],
    ["output that is missing", "exit 3", { at: "standard output", what: "hi → nothing" }],
    ["an error that is new", "echo hi; echo no >&2; exit 3", { at: "standard error", what: "nothing → no" }],
  ])("%s is seen", async (_, script, difference) => {
    const { differences } = await compared({ before: shell("echo hi; exit 3"), after: shell(script) });
    expect(differences).toContainEqual({ ...difference, kind: "behaviour" });
  });

  test("what varies by itself is named and not compared", async () => {
    const script = 'echo "started at $(cat /proc/uptime) as $(cat /proc/sys/kernel/random/uuid)"; echo ready';
    const { same: equal, differences, notCompared } = await same(shell(script));
    expect(differences).toEqual([]);
    expect(equal).toEqual(["exit code: 0", "standard output: 2 lines"]);
    expect(notCompared).toEqual([expect.stringMatching(/^standard output: runs of the original differ in ".*"/)]);
    const changed = await compared({ before: shell(script), after: shell(`${script}; echo steady`) });
    expect(changed.differences).toEqual([expect.objectContaining({ at: "standard output", what: "not the same" })]);
  });

  test("a program that is missing in the new image alone is seen, in both is the same", async () => {
    const start = (program: string) => busybox(`ENTRYPOINT ["/bin/${program}"]`);
    expect((await same(start("absent"))).same[0]).toMatch(/^each can't be started: .*no such file or directory/);
    const { differences } = await compared({ before: start("true"), after: start("absent") });
    expect(differences).toEqual([expect.objectContaining({ at: "exit code", what: expect.stringContaining("0 → ") })]);
  });

  test("an image without a command is not run", async () => {
    const { same: equal, notCompared } = await same("FROM scratch\nCOPY <<'' /words\nhi\n\n");
    expect({ equal, notCompared }).toEqual({ equal: [], notCompared: ["an image has no command of its own"] });
  });
});

describe("a command that keeps running", () => {
  const tick = (word: string) => shell(`echo up; i=0; while sleep 0.2; do echo ${word} $i; i=$((i+1)); done`);

  test("its output so far is compared", async () => {
    const { kind, differences, same: equal } = await same(tick("beat"), { seconds: 3 });
    expect({ kind, differences }).toEqual({ kind: "runs", differences: [] });
    expect(equal).toEqual([expect.stringMatching(/^standard output: \d+ lines$/)]);
    const changed = await compared({ before: tick("beat"), after: tick("miss"), seconds: 3 });
    expect(changed.differences).toEqual([expect.objectContaining({ at: "standard output", kind: "behaviour" })]);
  });
});

describe("a server", () => {
  const httpd = (...lines: readonly string[]) =>
    busybox(...lines, 'CMD ["httpd", "-f", "-vv", "-p", "8080", "-h", "/www"]');
  const pages = ["RUN mkdir -p /www/sub && echo hello > /www/index.html && echo more > /www/sub/index.html"];

  test("status, headers, body and output of each probe are compared", async () => {
    expect(await same(httpd(...pages, "EXPOSE 8080"), { probes: ["/", "/sub", "/none"] })).toEqual({
      kind: "serves",
      same: [
        "listening ports: 8080",
        "GET / on port 8080: 200 OK",
        "headers of GET / on port 8080: 2 lines",
        "body of GET / on port 8080: hello",
        "GET /sub on port 8080: 302 Found",
        "headers of GET /sub on port 8080: location: /sub/",
        "GET /none on port 8080: 404 Not Found",
        "headers of GET /none on port 8080: content-type: text/html",
        expect.stringMatching(/^body of GET \/none on port 8080: \d lines$/),
        "after the requests: it still runs",
        expect.stringMatching(/^standard error: \d+ lines$/),
      ],
      differences: [],
      notCompared: expect.any(Array),
    });
  });

  test.each([
    ["another body", ["RUN echo bye > /www/index.html"], [{ at: "body of GET / on port 8080", what: "hello → bye" }]],
    ["another status", ["RUN rm /www/index.html"], [{ at: "GET / on port 8080", what: "200 OK → 404 Not Found" }]],
    ["another redirect", ["RUN rm -r /www/sub"], [{ at: "GET /sub on port 8080", what: "302 Found → 404 Not Found" }]],
  ])("%s is seen", async (_, lines, seen) => {
    const pair = { before: httpd(...pages), after: httpd(...pages, ...lines), probes: ["/", "/sub"] };
    const { kind, differences } = await compared(pair);
    expect(kind).toBe("serves");
    for (const difference of seen) expect(differences).toContainEqual({ ...difference, kind: "behaviour" });
  });

  test("another port, and a server that does not listen any more, are seen", async () => {
    const moved = httpd(...pages).replace("8080", "9090");
    expect((await compared({ before: httpd(...pages), after: moved })).differences).toContainEqual({
      at: "listening ports",
      kind: "behaviour",
      what: "8080 → 9090",
    });
    const broken = httpd(...pages).replace('/www"]', '/gone"]');
    const { differences } = await compared({ before: httpd(...pages), after: broken });
    expect(differences).toEqual([
      {
        at: "container",
        kind: "behaviour",
        what: "the original listens on port 8080, the new one ends with exit code 1: httpd: can't change directory to '/gone': No such file or directory",
      },
    ]);
  });

  test("it may end when it is asked", async () => {
    const once = shell("echo -e 'HTTP/1.0 200 OK\\n\\nonly once' | nc -l -p 8080; exit 7");
    const { kind, same: equal, differences } = await same(once);
    expect({ kind, differences }).toEqual({ kind: "serves", differences: [] });
    expect(equal).toContain("body of GET / on port 8080: only once");
    expect(equal).toContain("after the requests: ended with exit code 7");
  });
});

test("containers are locked in while they run", async () => {
  const image = await imageOf(session, shell("sleep 100"));
  const container = await session.engine.create({ image, network: "none" });
  const [{ HostConfig, Mounts }] = JSON.parse(docker(["inspect", container]));
  expect(Mounts).toEqual([]);
  expect(HostConfig).toMatchObject({
    NetworkMode: "none",
    Binds: null,
    CapDrop: ["ALL"],
    Privileged: false,
    SecurityOpt: ["no-new-privileges"],
  });
  expect(HostConfig.Memory).toBeGreaterThan(0);
  expect(HostConfig.PidsLimit).toBeGreaterThan(0);
  await session.engine.remove(container);
});
