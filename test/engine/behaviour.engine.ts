/** What containers do when they run: pairs of images that behave the same, and pairs that don't. */
import { describe, expect, test } from "vitest";
import { docker } from "../../scripts/engine/docker.ts";
import { compareBehaviour } from "../../src/engine/behaviour/index.ts";
import type { Behaviour } from "../../src/engine/index.ts";
import { imageOf } from "./built-images.ts";
import { sessionHere } from "./session-here.ts";

const session = sessionHere();

interface Pair {
  readonly before: string;
  readonly after: string;
  readonly probes?: readonly string[];
  readonly seconds?: number;
}

async function compared({ before, after, probes = ["/"], seconds = 10 }: Pair): Promise<Behaviour> {
  const [one, other] = [imageOf(before), imageOf(after)];
  return compareBehaviour(session(), one, other, { probes, seconds });
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

  test("another exit code, other output and a new error are seen", async () => {
    const after = shell("echo ho; echo no >&2; exit 4");
    expect((await compared({ before: shell("echo hi; exit 3"), after })).differences).toEqual([
      { at: "exit code", kind: "behaviour", what: "3 → 4" },
      expect.objectContaining({ at: "standard output", what: "hi → ho" }),
      expect.objectContaining({ at: "standard error", what: "nothing → no" }),
    ]);
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
    expect(differences).toEqual([
      expect.objectContaining({ at: "exit code", what: expect.stringContaining("0 → none, it can't be started: ") }),
    ]);
  });

  test("an image without a command is not run", async () => {
    const { same: equal, notCompared } = await same(
      "FROM busybox AS tools\nFROM scratch\nCOPY --from=tools /bin/busybox /busybox",
    );
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
  const httpd = (port: number, folder: string, ...lines: readonly string[]) =>
    busybox(
      "RUN mkdir -p /www/sub && echo hello > /www/index.html && echo more > /www/more",
      ...lines,
      `EXPOSE ${port} 53/udp`,
      `CMD ["httpd", "-f", "-vv", "-p", "${port}", "-h", "${folder}"]`,
    );
  const site = httpd(8080, "/www");

  test("status, headers, body and output of each probe are compared", async () => {
    expect(await same(site, { probes: ["/", "/sub", "/none"] })).toEqual({
      kind: "serves",
      same: [
        "listening ports: 8080",
        "GET / on port 8080: 200 OK",
        "headers of GET / on port 8080: 2 lines",
        "body of GET / on port 8080: hello",
        "GET /sub on port 8080: 302 Found",
        "headers of GET /sub on port 8080: 2 lines",
        "GET /none on port 8080: 404 Not Found",
        "headers of GET /none on port 8080: content-type: text/html",
        expect.stringMatching(/^body of GET \/none on port 8080: \d lines$/),
        "after the requests: it still runs",
        expect.stringMatching(/^standard error: \d+ lines$/),
      ],
      differences: [],
      notCompared: [expect.stringMatching(/^standard error: runs of the original differ in "/)],
    });
  });

  test("another body, status and redirect are seen", async () => {
    const changed = httpd(8080, "/www", "RUN cd /www && echo bye > index.html && rm -r sub more");
    const { kind, differences } = await compared({ before: site, after: changed, probes: ["/", "/sub", "/more"] });
    expect(kind).toBe("serves");
    for (const [at, what] of [
      ["body of GET / on port 8080", "hello → bye"],
      ["GET /sub on port 8080", "302 Found → 404 Not Found"],
      ["GET /more on port 8080", "200 OK → 404 Not Found"],
    ]) {
      expect(differences).toContainEqual({ at, kind: "behaviour", what });
    }
  });

  test("another port is seen", async () => {
    const { differences } = await compared({ before: site, after: httpd(9090, "/www") });
    expect(differences).toContainEqual({ at: "listening ports", kind: "behaviour", what: "8080 → 9090" });
  });

  test("one that does not listen any more is seen", async () => {
    expect((await compared({ before: site, after: httpd(8080, "/gone") })).differences).toEqual([
      {
        at: "container",
        kind: "behaviour",
        what: "the original listens on port 8080, the new one ends with exit code 1: httpd: can't change directory to '/gone': No such file or directory",
      },
    ]);
  });

  test("one that speaks no HTTP, on a port that is not exposed, and ends after its first client", async () => {
    const { kind, differences, same: equal } = await same(shell("echo welcome | nc -l -p 7000; exit 7"));
    expect({ kind, differences }).toEqual({ kind: "serves", differences: [] });
    expect(equal).toContain("port 7000: accepts connections and speaks no HTTP");
    expect(equal).toContain("after the requests: ended with exit code 7");
  });
});

describe("a server of Node", () => {
  const serve = (...lines: readonly string[]) => {
    const head = ["FROM node:20", "USER node", "EXPOSE 3000 3001"];
    const program = `
      const http = require("node:http");
      const crypto = require("node:crypto");
      let asked = 0;
      http.createServer((request, response) => {
        response.setHeader("set-cookie", "session=" + crypto.randomBytes(20).toString("base64") + "; HttpOnly");
        ${lines.join("")}
        if (asked++ < 2) response.writeHead(503).end("not yet");
        else if (request.url === "/large") response.end(Buffer.alloc(1 << 20));
        else response.end(JSON.stringify({ id: crypto.randomUUID(), at: new Date(), pid: process.pid, words: ["one"] }));
      }).listen(3000, "::1");
      http.createServer((_, response) => response.end("second")).listen(3001, () => console.log("ready", Date.now()));
    `;
    return [...head, `CMD ${JSON.stringify(["node", "-e", program])}`].join("\n");
  };

  test("what is random or of the moment is masked and named, and the rest of it compared", async () => {
    const { differences, notCompared, same: equal } = await same(serve(), { probes: ["/", "/large"] });
    expect(differences).toEqual([]);
    expect(equal).toContain("GET / on port 3000: 200 OK");
    expect(equal).toContainEqual(
      expect.stringMatching(/^headers of GET \/ on port 3000: session=.*; HttpOnly$|set-cookie: /),
    );
    expect(equal).toContainEqual(
      expect.stringMatching(/^body of GET \/large on port 3000: 1048576 bytes with the SHA-256 /),
    );
    expect(equal).toContain("body of GET / on port 3001: second");
    expect(notCompared.map((line) => line.split(":")[0])).toEqual([
      "headers of GET / on port 3000",
      "body of GET / on port 3000",
      "headers of GET /large on port 3000",
      "standard output",
    ]);
  });

  test("a change beside it is seen", async () => {
    const changed = serve('response.setHeader("cache-control", "no-store");').replace('"one\\"', '"two\\"');
    const { differences } = await compared({ before: serve(), after: changed });
    expect(differences.map(({ at }) => at)).toEqual(["headers of GET / on port 3000", "body of GET / on port 3000"]);
  });
});

test("containers, and those that ask them, are locked in while they run", async () => {
  const image = imageOf(shell("sleep 100"));
  const container = await session().engine.create({ image, network: "none" });
  const asking = await session().engine.create({ image, network: `container:${container}` });
  for (const [id, network] of [
    [container, "none"],
    [asking, `container:${container}`],
  ] as const) {
    const [{ HostConfig, Mounts }] = JSON.parse(docker(["inspect", id]));
    expect(Mounts).toEqual([]);
    expect(HostConfig).toMatchObject({
      NetworkMode: network,
      Binds: null,
      CapDrop: ["ALL"],
      Privileged: false,
      SecurityOpt: ["no-new-privileges"],
    });
    expect(HostConfig.Memory).toBeGreaterThan(0);
    expect(HostConfig.PidsLimit).toBeGreaterThan(0);
    await session().engine.remove(id);
  }
});
