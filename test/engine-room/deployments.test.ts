/** Images of a workspace from which pnpm deploys a package. */
import { describe, expect, test } from "vitest";
import { compareImages, type OpenImage } from "../../src/engine/compare/index.ts";
import { type Content, diskTree, foldersHere } from "./disk-tree.ts";

const folderOf = foldersHere();

function imageOf(files: Readonly<Record<string, Content>>): OpenImage {
  const config = { WorkingDir: "/prod/api", Cmd: ["node", "dist/server.js"] };
  return {
    info: { config, platform: "linux/amd64", size: 0, layers: 1, diffIds: [] },
    tree: diskTree(folderOf(files)),
  };
}

const links = "prod/api/node_modules/.pnpm/node_modules/@dictionary";
const deployed = { "prod/api/dist/server.js": "", "prod/api/package.json": "{}" };
const before = {
  ...deployed,
  [`${links}/api`]: { link: "../../../../../../../src/packages/api" },
  [`${links}/words`]: { link: "../../words/node_modules/@dictionary/words" },
  "src/packages/api/dist/server.js": "",
  "src/node_modules/.pnpm/ms@2.1.3/node_modules/ms/index.js": "",
};
const words = { [`${links}/words`]: { link: "../../words/node_modules/@dictionary/words" } };

function differences(after: Readonly<Record<string, Content>>, folder = "/prod/api", deploy = "/prod/api") {
  const dockerfile = [
    ...["FROM node:20", "WORKDIR /src", "COPY . .", `RUN pnpm --filter=api --prod deploy ${deploy}`],
    ...[`WORKDIR ${folder}`, 'CMD ["node", "dist/server.js"]', ""],
  ].join("\n");
  return compareImages(imageOf(before), imageOf(after), "same-runtime", { dockerfile }).differences.map(({ at }) => at);
}

describe("pnpm deploy", () => {
  test("leaves the workspace behind, and links to what is there alone", () =>
    expect(differences({ ...deployed, ...words })).toEqual([]));

  test("loses nothing of the folder that it fills", () => {
    expect(differences({ ...words, "prod/api/package.json": "{}" })).toEqual(["/prod/api/dist"]);
  });

  test("keeps a workspace in which the container starts, or from which it is not known what goes where", () => {
    expect(differences({ ...deployed, ...words }, "/src")).toContain("/src");
    expect(differences({ ...deployed, ...words }, "/prod/api", "$TO")).toContain("/src");
  });
});
