import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { compareOpened } from "../../src/engine/behaviour/opened.ts";
import { Image } from "../../src/engine/closure/image.ts";
import type { ImageTree, TreeEntry } from "../../src/engine/types.ts";

interface Node {
  readonly content?: string;
  readonly target?: string;
  readonly mode?: number;
  readonly uid?: number;
}

/** An image of these paths and the folders that they lie in. */
function imageOf(nodes: Readonly<Record<string, Node>>): Image {
  const entries = new Map<string, TreeEntry>();
  const other = { uid: 0, gid: 0, target: "" };
  for (const [path, { content, target, mode = 0o644, uid = 0 }] of Object.entries(nodes)) {
    const names = path.slice(1).split("/");
    for (let depth = 1; depth < names.length; depth++) {
      const folder = names.slice(0, depth).join("/");
      entries.set(folder, { ...other, type: "folder", mode: 0o755, size: 0, identity: `folder ${folder}` });
    }
    const type = target === undefined ? "file" : "symlink";
    const size = content?.length ?? 0;
    const identity = `${path} ${Math.random()}`;
    entries.set(path.slice(1), { ...other, type, mode, uid, size, target: target ?? "", identity });
  }
  const read = (path: string) => Buffer.from(nodes[`/${path}`]?.content ?? "");
  const tree: ImageTree = {
    entries,
    read,
    attributes: () => new Map(),
    hash: (path) => createHash("sha256").update(read(path)).digest("hex"),
  };
  return new Image(tree, {});
}

const opens = (...paths: readonly string[]) => paths.map((path) => ({ path, real: undefined, made: false }));
const program = { "/app/run": { content: "run", mode: 0o755 }, "/app/words": { content: "words" } };

test("what is there and the same, in whatever place links lead to, is no difference", () => {
  const before = imageOf({ ...program, "/link": { target: "app" } });
  const after = imageOf({
    "/moved/run": program["/app/run"],
    "/app": { target: "moved" },
    "/link": { target: "moved" },
  });
  expect(compareOpened(opens("/app/run", "/link/run"), before, after)).toEqual({ files: 1, differences: [] });
});

test("what Next names for a build is looked for under the name of the other build", () => {
  const [one, other] = ["IRliEeBbC4A8JuD2szSHk", "Po1sZKNJMRsnXa-fhhVxg"].map((id) => `/app/.next/static/${id}`);
  const opened = opens(one!, `${one}/_ssgManifest.js`);
  const before = imageOf({ [`${one}/_ssgManifest.js`]: { content: "pages" } });
  const after = (content: string) => imageOf({ [`${other}/_ssgManifest.js`]: { content } });
  expect(compareOpened(opened, before, after("pages")).differences).toEqual([]);
  expect(compareOpened(opened, before, after("other")).differences).toMatchObject([{ kind: "content" }]);
  expect(compareOpened(opened, before, imageOf(program)).differences).toMatchObject([
    { kind: "gone" },
    { kind: "gone" },
  ]);
});

test.each([
  ["gone", {}, { kind: "gone", what: "missing; the original opens it while it runs" }],
  ["of another type", { target: "run" }, { kind: "type" }],
  ["of another mode", { content: "words", mode: 0o600 }, { kind: "mode" }],
  ["another user's", { content: "words", uid: 5 }, { kind: "owner" }],
  ["of other content of the same size", { content: "sword" }, { kind: "content" }],
] as const)("a file that is %s is told once", (what, node, difference) => {
  const type = what === "of another type" ? { "/app/words/inside": {} } : { "/app/words": node };
  const after = imageOf({ "/app/run": program["/app/run"], ...(what === "gone" ? {} : type) });
  expect(compareOpened(opens("/app/words", "/app/words", "/app/run"), imageOf(program), after)).toEqual({
    files: 2,
    differences: [expect.objectContaining({ at: "/app/words", ...difference })],
  });
});

test("a file that it would have made may be gone, unless it was opened without that as well", () => {
  const after = imageOf({ "/app/run": program["/app/run"] });
  const made = [{ path: "/app/words", real: "/app/words", made: true }];
  expect(compareOpened(made, imageOf(program), after).differences).toEqual([]);
  expect(compareOpened([...made, ...opens("/app/words")], imageOf(program), after).differences).toHaveLength(1);
});

test("what the original's image does not have, and what engines and the kernel put there, is passed over", () => {
  const before = imageOf({ ...program, "/etc/hosts": { content: "old" }, "/dev/null": {} });
  const opened = opens("/etc/hosts", "/proc/self/maps", "/dev/null", "/tmp/made-while-it-ran", "/");
  expect(compareOpened(opened, before, imageOf(program))).toEqual({ files: 0, differences: [] });
});

test("content that varies from build to build, and the index of libraries, are not compared, but must be there", () => {
  const files = (content: string) => imageOf({ "/log": { content }, "/etc/ld.so.cache": { content } });
  const opened = opens("/log", "/etc/ld.so.cache");
  expect(compareOpened(opened, files("a"), files("b"), new Set(["/log"])).differences).toEqual([]);
  expect(compareOpened(opened, files("a"), imageOf(program), new Set(["/log"])).differences).toHaveLength(2);
});

test("the folder of a cache may be gone, what was in it may not", () => {
  const before = imageOf({ ...program, "/root/.npm/_logs/start.log": { content: "started" } });
  const differences = (...paths: readonly string[]) =>
    compareOpened(opens(...paths), before, imageOf(program)).differences.map(({ at }) => at);
  expect(differences("/root/.npm/_logs", "/root/.npm")).toEqual(["/root/.npm"]);
  expect(differences("/root/.npm/_logs/start.log")).toEqual(["/root/.npm/_logs/start.log"]);
});

test("code that Node compiled for a program may be gone from a temporary folder: it compiles that again", () => {
  const path = "/tmp/v8-compile-cache-0/x64/11.3.244.8-node.38/pnpm.cjs.BLOB";
  const before = imageOf({ [path]: { content: "compiled" } });
  expect(compareOpened(opens(path), before, imageOf({})).differences).toEqual([]);
});

test("files of a package that lies at another place are looked for there", () => {
  const ms = '{"name":"ms"}';
  const project = {
    "/app/package.json": { content: '{"dependencies":{"debug":"2"}}' },
    "/app/node_modules/debug/package.json": { content: '{"name":"debug","dependencies":{"ms":"1"}}' },
  };
  const [nested, top] = ["/app/node_modules/debug/node_modules/ms", "/app/node_modules/ms"];
  const at = (folder: string, content: string) => ({
    ...project,
    [`${folder}/package.json`]: { content: ms },
    [`${folder}/index.js`]: { content },
  });
  const differences = (content: string) =>
    compareOpened(opens(`${nested}/index.js`), imageOf(at(nested, "one")), imageOf(at(top, content))).differences;
  expect(differences("one")).toEqual([]);
  expect(differences("two").map(({ at }) => at)).toEqual([`${nested}/index.js`]);
});
