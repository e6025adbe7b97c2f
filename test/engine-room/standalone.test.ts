/** Images of Next apps: `next start` before, the standalone server after. */
import { describe, expect, test } from "vitest";
import { compareImages, leftByServer, type OpenImage, standIn } from "../../src/engine/compare/index.ts";
import { diskTree, foldersHere } from "./disk-tree.ts";

const folderOf = foldersHere();

type Files = Readonly<Record<string, string>>;

function imageOf(files: Files, Cmd: readonly string[]): OpenImage {
  const config = { WorkingDir: "/app", Entrypoint: ["docker-entrypoint.sh"], Cmd };
  return {
    info: { config, platform: "linux/amd64", size: 0, layers: 1, diffIds: [] },
    tree: diskTree(folderOf(files)),
  };
}

const manifest = '{ "scripts": { "start": "next start -p 80" } }';
const page = (build: string, more = "") => `<!--${build.replaceAll("-", "_")}--><i>${build}</i>${more}`;
const builtAs = (build: string): Files => ({
  "app/.next/BUILD_ID": build,
  [`app/.next/static/${build}/_ssgManifest.js`]: "",
  "app/.next/server/page.html": page(build),
  "app/.next/prerender-manifest.json": `{ "previewModeId": "${build.length}${build}" }`,
});
const [first, second] = ["pI-QVFneA4wY64pDPyyxr", "sVwXDybhEqZgu5VBSOxhd"];
const before: Files = {
  ...builtAs(first),
  "app/package.json": manifest,
  "app/next.config.js": "module.exports = {};",
  "app/.next/required-server-files.json": "{}",
  "app/node_modules/next/start.js": "",
  "app/node_modules/next/dev.js": "",
};
const after: Files = {
  ...builtAs(second),
  "app/package.json": `${manifest}\n`,
  "app/server.js": "",
  "app/.next/required-server-files.json": '{ "output": "standalone" }',
  "app/node_modules/next/start.js": "",
};
const SERVER = ["env", "HOSTNAME=0.0.0.0", "PORT=80", "node", "server.js"];

function differences(now: Files, command: readonly string[] = SERVER, old = ["npm", "start"]) {
  return compareImages(imageOf(before, old), imageOf(now, command), "same-runtime").differences.map(({ at }) => at);
}

describe("the standalone server in the place of next start", () => {
  test("brings itself, leaves out what is not traced, and is another build", () => {
    expect(differences(after)).toEqual([]);
  });

  test("must be told the same", () => {
    const other = ["env", "HOSTNAME=0.0.0.0", "PORT=81", "node", "server.js"];
    expect(differences(after, other)).toContain("Cmd");
    expect(differences(after, SERVER, ["node", "custom.js"])).toContain("Cmd");
  });

  test("has the same pages and packages, and brings nothing else", () => {
    expect(differences({ ...after, "app/.next/server/page.html": page(second, "!") })).toEqual([
      "/app/.next/server/page.html",
    ]);
    expect(differences({ ...after, "app/node_modules/next/start.js": "1" })).toEqual([
      "/app/node_modules/next/start.js",
    ]);
    expect(differences({ ...after, "app/extra.js": "" })).toEqual(["/app/extra.js"]);
  });

  test("loses nothing outside of its folder", () => {
    const old = imageOf({ ...before, "srv/data": "1" }, ["npm", "start"]);
    expect(compareImages(old, imageOf(after, SERVER), "same-runtime").differences.map(({ at }) => at)).toEqual([
      "/srv",
    ]);
  });

  test("lists the same pages in any order", () => {
    const at = "app/.next/server/pages-manifest.json";
    const listing = (...pages: readonly string[]) =>
      JSON.stringify(Object.fromEntries(pages.map((page) => [page, first])));
    const listed = (now: string) =>
      compareImages(
        imageOf({ ...before, [at]: listing("/_app", "/404") }, ["npm", "start"]),
        imageOf({ ...after, [at]: now.replaceAll(first, second) }, SERVER),
        "same-runtime",
      ).differences.map((difference) => difference.at);
    expect(listed(listing("/404", "/_app"))).toEqual([]);
    expect(listed(listing("/404"))).toEqual([`/${at}`]);
  });

  test("need not have what its command alone opened", () => {
    const stand = standIn(imageOf(before, ["npm", "start"]), imageOf(after, SERVER))!;
    const opened = [
      "/app/node_modules/next/dist/bin/next",
      "/app/next.config.mjs",
      "/app/node_modules/ms/index.js",
      "/app/.next/BUILD_ID",
    ];
    expect(opened.filter((path) => stand.isOfCommand(path))).toEqual(opened.slice(0, 2));
  });
});

test("where Next puts it, a server reads nothing of the project that it was built from", () => {
  const command = ["node", ".next/standalone/server.js"];
  const files = { ...before, "app/.next/standalone/server.js": "" };
  const [old, now] = [imageOf(files, command), imageOf({ "app/.next/standalone/server.js": "" }, command)];
  expect(compareImages(old, now, "same-runtime").differences).toEqual([]);
  expect(leftByServer(standIn(old, now), now)("app/.next/standalone/node_modules/ms/index.js")).toBeUndefined();
});
