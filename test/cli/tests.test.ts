/** `refit tests`: what it writes. test/engine/refit-tests.engine.ts runs it. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { transforms } from "../../transforms/index.ts";
import { world } from "../harness/world.ts";

const NODE_APP = {
  Dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "main.js"]\n',
  "package.json": '{"name":"app","version":"1.0.0"}',
  "package-lock.json":
    '{"name":"app","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"app","version":"1.0.0"}}}',
  "main.js": "",
};

/** Whether Node can read the file; nothing in it runs. */
function parses(folder: string, file: string): void {
  execFileSync(process.execPath, ["--check", join(folder, file)]);
}

test("a file is written beside the Dockerfile, which stays as it is", async () => {
  const { folder, refit, read } = world(NODE_APP);
  const { code, out, err } = await refit(["tests"], { transforms });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toBe(
    "Dockerfile.test.mjs is written; with refit as a dev dependency, run it with: node --test Dockerfile.test.mjs\n",
  );
  expect(read("Dockerfile")).toBe(NODE_APP.Dockerfile);
  const text = read("Dockerfile.test.mjs");
  parses(folder, "Dockerfile.test.mjs");
  expect(text).toContain(`const old = \`${NODE_APP.Dockerfile}\`;`);
  expect(text).toContain('promise: "same-image"');
  expect(text.match(/^test\(.*"/gm)).toHaveLength(2);
});

test("the old file comes back to the last character", async () => {
  const nasty = "FROM busybox\r\nRUN echo `date` '${A}' $B \\\r\n  \\\\ \"x\"\r\n";
  const { folder, refit, read } = world({ Dockerfile: nasty });
  await refit(["tests"], { transforms });
  parses(folder, "Dockerfile.test.mjs");
  const [, template] = /const old = (`.*?[^\\]`);/s.exec(read("Dockerfile.test.mjs"))!;
  const program = `process.stdout.write(JSON.stringify(${template}))`;
  expect(JSON.parse(execFileSync(process.execPath, ["-e", program], { encoding: "utf8" }))).toBe(nasty);
});

test("without an install or without sources there is one property", async () => {
  const { refit, read } = world({ Dockerfile: "FROM busybox\nRUN echo > /a\n" });
  await refit(["tests"], { transforms });
  expect(read("Dockerfile.test.mjs").match(/^test\(/gm)).toHaveLength(1);
});

test("build arguments get values, but for what BuildKit sets, and what chooses an image keeps its own", async () => {
  const lines = ["ARG TAG=1.37", "ARG OTHER", "FROM busybox:${TAG}", "ARG TARGETARCH", 'ARG NAME="a b"', "ARG OTHER"];
  const { folder, refit, read } = world({ Dockerfile: `${lines.join("\n")}\n` });
  await refit(["tests"], { transforms });
  parses(folder, "Dockerfile.test.mjs");
  const text = read("Dockerfile.test.mjs");
  expect(text).toContain('  TAG: fc.constantFrom("1.37"),');
  expect(text).toContain('  NAME: fc.oneof(fc.constant("a b"), fc.stringMatching(/^[a-z0-9.]{1,12}$/)),');
  expect(text).toContain("  OTHER: fc.stringMatching(");
  expect(text).not.toContain("TARGETARCH:");
});

test("a file that is there is replaced by force alone", async () => {
  const { refit, read } = world({ ...NODE_APP, "Dockerfile.test.mjs": "mine" });
  const { code, err } = await refit(["tests"], { transforms });
  expect({ code, err }).toEqual({ code: 2, err: "refit: Dockerfile.test.mjs is there already; --force replaces it\n" });
  expect(read("Dockerfile.test.mjs")).toBe("mine");
  expect((await refit(["tests", "--force"], { transforms })).code).toBe(0);
  expect(read("Dockerfile.test.mjs")).not.toBe("mine");
});

test("another place and another context are reached from there", async () => {
  const { refit, read } = world({ "docker/app.Dockerfile": NODE_APP.Dockerfile, "test/.keep": "", "main.js": "" });
  await refit(["tests", "docker/app.Dockerfile", "--context=.", "--out=test/image.test.mjs"], { transforms });
  const text = read("test/image.test.mjs");
  expect(text).toContain('dockerfile: new URL("../docker/app.Dockerfile", import.meta.url)');
  expect(text).toContain('context: new URL("../", import.meta.url)');
});

test("the old file can stay in git", async () => {
  const { folder, refit, read } = world(NODE_APP);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: folder });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message=old");
  const { code, err } = await refit(["tests", "--old-from-git=HEAD"], { transforms });
  expect(code).toBe(0);
  parses(folder, "Dockerfile.test.mjs");
  expect(read("Dockerfile.test.mjs")).toContain(
    'const old = fromGit("HEAD", new URL("./Dockerfile", import.meta.url));',
  );
  // What is on disk was not rewritten yet.
  expect(err).toBe("refit: RUN npm ci runs again after an edit of main.js: the test will say so\n");
  for (const revision of ["nothing", "--all"]) {
    const refused = await refit(["tests", "--force", `--old-from-git=${revision}`], { transforms });
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(new RegExp(`^refit: git has no Dockerfile of ${revision}: .*\n$`));
  }
});

test.each([
  ["Dockerfile", "FROM", /^refit: Dockerfile:1:1: .*\n$/],
  ["gone", "FROM busybox", /^refit: gone: no such file or folder\n$/],
])("%s that can't be read as a Dockerfile is one line", async (path, text, expected) => {
  const { code, err } = await world({ Dockerfile: text }).refit(["tests", path], { transforms });
  expect(code).toBe(2);
  expect(err).toMatch(expected);
});
