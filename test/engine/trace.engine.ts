/** Which files the original opens while it runs, seen by strace in its container. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { traceOriginal } from "../../src/engine/behaviour/index.ts";
import { openedIn, STRACE_FLAGS } from "../../src/engine/behaviour/strace.ts";
import type { Behaviour, Trace } from "../../src/engine/index.ts";
import { withTrees } from "../../src/engine/trees/index.ts";
import { imageOf } from "./built-images.ts";
import { sessionHere } from "./session-here.ts";

const session = sessionHere();

interface Pair {
  readonly before: string;
  /** Lines after those of `before`. */
  readonly after?: readonly string[];
  readonly probes?: readonly string[];
  readonly unsteady?: ReadonlySet<string>;
  readonly kind?: Behaviour["kind"];
}

async function traced({ before, after = [], probes = ["/"], unsteady, kind }: Pair): Promise<Trace> {
  const images = [imageOf(before), imageOf([before, ...after].join("\n"))];
  return withTrees(session(), images, (one, other) =>
    traceOriginal(session(), images[0]!, { before: one!, after: other! }, { probes, seconds: 10, unsteady, kind }),
  );
}

const lines = (...all: readonly string[]) => all.join("\n");
const runs = (script: string) => `CMD ${JSON.stringify(["sh", "-c", script])}`;

test("what strace writes is read as it is meant", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "refit-strace-")));
  try {
    const files = ["é ü/read.txt", "é ü/<a>\"b'", "plain/run"].map((path) => join(root, path));
    for (const folder of ["é ü", "plain", "out"]) mkdirSync(join(root, folder));
    for (const file of files) writeFileSync(file, "#!/bin/sh\n:\n", { mode: 0o755 });
    const script = `cd 'é ü'; read x < read.txt; (cd ../plain; ./run; :); read x < "<a>\\"b'"; echo > new; :`;
    const flags = [...STRACE_FLAGS, `--output=${join(root, "out/trace")}`];
    const ran = spawnSync("strace", [...flags, "--", "sh", "-c", script], { cwd: root, encoding: "utf8" });
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    const traces = new Map(
      readdirSync(join(root, "out")).map((name) => [
        Number(name.slice("trace.".length)),
        readFileSync(join(root, "out", name), "utf8"),
      ]),
    );
    const opened = openedIn(traces, root);
    const own = opened.map(({ path }) => path).filter((path) => path.startsWith(root));
    expect(new Set(own)).toEqual(new Set([...files, join(root, "é ü/new")]));
    expect(opened.filter(({ made }) => made).map(({ path }) => path)).toEqual([join(root, "é ü/new")]);
  } finally {
    rmSync(root, { recursive: true });
  }
});

describe("a command that ends", () => {
  const before = lines(
    "FROM busybox",
    "RUN mkdir /app && cd /app && echo a > a && echo b > b && echo unused > c && ln -s a link",
    "WORKDIR /app",
    runs("cat link b && echo log > log; exit 1"),
  );

  test("the files that it opens are there and the same, whatever became of others", async () => {
    expect(await traced({ before, after: ["RUN rm c && echo log > log"] })).toEqual({
      files: expect.any(Number),
      differences: [],
      notTraced: undefined,
    });
  });

  test.each([
    ["gone", "rm b", { at: "/app/b", kind: "gone", what: "missing; the original opens it while it runs" }],
    ["other content", "echo B > b", { at: "/app/b", kind: "content" }],
    ["another mode", "chmod 600 b", { at: "/app/b", kind: "mode", what: expect.stringContaining("mode 644 → 600") }],
    ["another owner", "chown 5:6 b", { at: "/app/b", kind: "owner", what: expect.stringContaining("0:0 → 5:6") }],
    ["gone with the link that led there", "rm link", { at: "/app/a", what: expect.stringContaining("as /app/link") }],
  ])("a file that is %s is told", async (_, change, difference) => {
    expect((await traced({ before, after: [`RUN ${change}`] })).differences).toEqual([
      expect.objectContaining(difference),
    ]);
  });

  test("content that varies from build to build is not compared", async () => {
    const unsteady = new Set(["/app/b"]);
    expect((await traced({ before, after: ["RUN echo B > b"], unsteady })).differences).toEqual([]);
  });
});

test("a file that a server opens only when it is asked is told", async () => {
  const before = lines(
    "FROM busybox",
    "RUN mkdir /www && echo first > /www/index.html && echo later > /www/page",
    'CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]',
  );
  const pair = { before, after: ["RUN rm /www/page"] };
  expect((await traced(pair)).differences).toEqual([]);
  expect((await traced({ ...pair, probes: ["/", "/page"] })).differences).toEqual([
    expect.objectContaining({ at: "/www/page", kind: "gone" }),
  ]);
});

test("a static program in an image of nothing else, with a user that has no name", async () => {
  const before = lines(
    "FROM busybox AS tools",
    "RUN mkdir /pages /changed && echo hello > /pages/index.html && echo bye > /changed/index.html",
    "FROM scratch",
    "COPY --from=tools /bin/busybox /bin/busybox",
    "COPY --from=tools /pages /www",
    "USER 1234:1234",
    "EXPOSE 8080",
    'ENTRYPOINT ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]',
  );
  const { files, differences, notTraced } = await traced({ before, after: ["COPY --from=tools /changed /www"] });
  expect({ files, notTraced }).toEqual({ files: 2, notTraced: undefined });
  expect(differences).toEqual([expect.objectContaining({ at: "/www/index.html", kind: "content" })]);
});

test("a server that gives up its user is followed", async () => {
  const before = lines(
    "FROM busybox",
    "RUN mkdir /data && echo secret > /data/file && ln -s data /link && chown -R 33:33 /data && chmod 700 /data",
    "RUN echo app:x:33:33::/:/bin/sh >> /etc/passwd",
    "WORKDIR /link",
    'CMD ["su", "app", "-c", "cat file"]',
  );
  const after = ["RUN echo other > /data/file"];
  const { differences } = await traced({ before, after });
  expect(differences).toEqual([expect.objectContaining({ at: "/data/file", kind: "content" })]);
});

test("a program that does something else under a tracer is not traced", async () => {
  const refuses = runs("grep -q 'TracerPid:[[:space:]]*0' /proc/self/status || exit 1; sleep 100");
  const { notTraced } = await traced({ before: lines("FROM busybox", refuses), kind: "runs" });
  expect(notTraced).toBe("under strace it ends with exit code 1");
});

test("a command that can't be started leaves nothing to compare", async () => {
  const { notTraced } = await traced({ before: 'FROM busybox\nENTRYPOINT ["/bin/absent"]' });
  expect(notTraced).toMatch(/^strace did not see it start: it ends with exit code 1: .*\/bin\/absent/);
});
