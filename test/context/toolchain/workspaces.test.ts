/** Scripts that run in the packages of a workspace. */
import { describe, expect, test } from "vitest";
import { buildOf, leavesOf, memberFolders, memoryContext } from "../../../src/context/index.ts";

const member = (name: string, script: string) =>
  JSON.stringify({ name, scripts: script === "" ? {} : { build: script } });
const tsconfig = JSON.stringify({ compilerOptions: { rootDir: "src", outDir: "dist" } });
const project = (build: string, more: Record<string, string> = {}) =>
  memoryContext({
    "package.json": JSON.stringify({ workspaces: ["packages/*", "./tools"], scripts: { build } }),
    "packages/api/package.json": member("@dictionary/api", "tsc"),
    "packages/api/tsconfig.json": tsconfig,
    "packages/api/src/server.ts": "",
    "packages/words/package.json": member("words", "rm -rf lib && tsc --outDir lib"),
    "packages/words/tsconfig.json": tsconfig,
    "packages/words/src/index.ts": "",
    "packages/notes/read.me": "",
    "tools/package.json": member("tools", ""),
    ...more,
  });

function outputs(build: string, more?: Record<string, string>) {
  const view = project(build, more);
  const leaves = leavesOf(["npm", "run", "build"], view);
  if ("unknown" in leaves) return leaves.unknown;
  const made = buildOf(leaves, view);
  return "unknown" in made ? made.unknown : made.outputs;
}

describe("a workspace", () => {
  test("has the packages that its patterns name", () =>
    expect(memberFolders(project(""))).toEqual(["packages/api", "packages/words", "tools"]));

  test("of pnpm has those that pnpm-workspace.yaml names", () => {
    const named = "packages:\n  # The server.\n  - 'packages/a*'\n  - \"tools\" # and more\ncatalog:\n  - notes\n";
    expect(memberFolders(project("", { "pnpm-workspace.yaml": named }))).toEqual(["packages/api", "tools"]);
    expect(memberFolders(project("", { "pnpm-workspace.yaml": "packages: [tools]\n" }))).toBeUndefined();
    expect(memberFolders(project("", { "pnpm-workspace.yaml": "nodeLinker: hoisted\n" }))).toHaveLength(3);
  });

  test("of pnpm builds what a member asks for as well", () => {
    const api = JSON.stringify({
      name: "@dictionary/api",
      scripts: { build: "tsc" },
      dependencies: { words: "workspace:*" },
    });
    expect(outputs("pnpm --filter @dictionary/api... build", { "packages/api/package.json": api })).toEqual([
      "packages/api/dist",
      "packages/words/lib",
    ]);
  });

  test("with a pattern that is no list of folders is not read", () =>
    expect(memberFolders(memoryContext({ "package.json": '{ "workspaces": ["!packages/old"] }' }))).toBeUndefined());

  test.each([
    ["npm run build -w @dictionary/api", ["packages/api/dist"]],
    ["npm run build --workspace=packages/api --workspace words", ["packages/api/dist", "packages/words/lib"]],
    ["npm run build --workspaces --if-present", ["packages/api/dist", "packages/words/lib"]],
    ["yarn workspace words build", ["packages/words/lib"]],
    ["yarn workspaces run build", ["packages/api/dist", "packages/words/lib"]],
    ["yarn workspace words tsc", ["packages/words/dist"]],
    ["yarn workspaces foreach -At run build", ["packages/api/dist", "packages/words/lib"]],
    [
      "yarn workspaces foreach -t run build",
      "the build runs `yarn workspaces foreach -t run build`, which refit does not know",
    ],
    ["pnpm -r build", ["packages/api/dist", "packages/words/lib"]],
    ["pnpm --recursive --workspace-concurrency=1 run build", ["packages/api/dist", "packages/words/lib"]],
    [
      "pnpm turbo run build --filter=words",
      "the build runs `pnpm turbo run build --filter=words`, which refit does not know",
    ],
    ["pnpm run --filter words build", ["packages/words/lib"]],
    ["pnpm --filter words build", ["packages/words/lib"]],
    ["pnpm -F ./packages/api run build", ["packages/api/dist"]],
    ["pnpm --filter '@dictionary/*' build", ["packages/api/dist"]],
    ["pnpm --filter @dictionary/api... build", ["packages/api/dist"]],
    ["pnpm --filter letters exec tsc", "`pnpm exec tsc` names no package of the workspace"],
    ["pnpm --filter api build", ["packages/api/dist"]],
    ["pnpm --filter words exec tsc", ["packages/words/dist"]],
    ["pnpm --filter words bundle", "no package of the workspace has a script for `pnpm bundle`"],
    ["bun run --filter '*' build", ["packages/api/dist", "packages/words/lib"]],
    ["bun --filter words build", ["packages/words/lib"]],
    ["npm run build -- --workspace=words", "`npm run build -- --workspace=words` hands words on to a script"],
    ["npm run build -ws", "package.json has no script for `npm run build`"],
    ["npm run build -w letters", "`npm run build` names no package of the workspace"],
    ["npm run build -w words $MORE", "`npm run build ` hands words on to a script"],
    ["npm run $TASK build -w words", "`npm run  build` runs in packages of the workspace"],
    ["npm ci -w words", "`npm ci` runs in packages of the workspace"],
  ])("%s", (build, expected) => expect(outputs(build)).toEqual(expected));

  test("may be built one by one", () =>
    expect(outputs(Array(24).fill("npm run build -w words").join(" && "))).toEqual(["packages/words/lib"]));

  test("says in which package something is not known", () =>
    expect(outputs("npm run build -w words", { "packages/words/package.json": member("words", "grunt") })).toBe(
      "the build runs `grunt`, which refit does not know (in packages/words)",
    ));
});
