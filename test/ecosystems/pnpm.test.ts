import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { fetchFor, type InstallInputs, installInputsOf } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf, packageJson } from "./calls.ts";

type Files = Readonly<Record<string, string>>;

const importers = `importers:

  .:
    dependencies:
      ms:
        specifier: ^2.1.3
        version: 2.1.3
    devDependencies:
      '@types/ms':
        specifier: '*'
        version: 2.1.0

  packages/api:
    dependencies:
      letters:
        specifier: workspace:*
        version: link:../..
`;

function lockOf(version = "9.0", projects = importers): string {
  return `lockfileVersion: '${version}'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

${projects}
packages:

  ms@2.1.3:
    resolution: {integrity: sha512-abc}
`;
}

const root = {
  packageManager: "pnpm@10.12.1",
  dependencies: { ms: "^2.1.3" },
  devDependencies: { "@types/ms": "*" },
};
const app: Files = {
  "package.json": packageJson(root),
  "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
  "packages/api/package.json": packageJson({ name: "api", dependencies: { letters: "workspace:*" } }),
  "packages/api/src/index.js": "",
  "pnpm-lock.yaml": lockOf(),
};
const manifests = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"];

/** What an install needs where Corepack runs the version that the manifest names. */
function withCorepack(files: Files, script = "pnpm install"): InstallInputs {
  const surroundings = { cwd: "/app", env: new Map(), base: "node:20", corepack: true };
  return installInputsOf(invocationOf(script)!, memoryContext(files), "", surroundings);
}

function ahead(script: string, files: Files, version: string | undefined = "9.15.9") {
  const versions = new Map([["pnpm", version]]);
  const surroundings = { cwd: "/app", env: new Map(), base: "node:20", versions };
  return fetchFor(invocationOf(script)!, memoryContext(files), "", surroundings);
}

describe("pnpm install without --frozen-lockfile", () => {
  test("keeps a lock that is in step, where the version of pnpm is known", () => {
    expect(withCorepack(app)).toMatchObject({ files: [...manifests, "packages/api/package.json"] });
    const eight = { ...app, "package.json": packageJson({ ...root, packageManager: "pnpm@8.15.9" }) };
    expect(withCorepack({ ...eight, "pnpm-lock.yaml": lockOf("6.0") })).toHaveProperty("files");
    expect(inputsOf("pnpm install", app)).toMatchObject({ blocked: expect.stringContaining("--frozen-lockfile") });
  });

  test("reads a lock of version 6 without importers", () => {
    const projects = "dependencies:\n  ms:\n    specifier: ^2.1.3\n    version: 2.1.3\n";
    const fields = { packageManager: "pnpm@8.15.9", dependencies: { ms: "^2.1.3" } };
    const files = { "package.json": packageJson(fields), "pnpm-lock.yaml": lockOf("6.0", projects) };
    expect(withCorepack(files)).toHaveProperty("files");
    const other = { ...files, "package.json": packageJson({ ...fields, dependencies: { ms: "^2.0.0" } }) };
    expect(withCorepack(other)).toMatchObject({ blocked: expect.stringContaining("ms of package.json") });
  });

  test.each([
    ["another range", { "package.json": packageJson({ ...root, dependencies: { ms: "^2.0.0" } }) }, "ms"],
    ["one dependency less", { "package.json": packageJson({ ...root, devDependencies: {} }) }, "@types/ms"],
    ["a lock of another age", { "pnpm-lock.yaml": lockOf("6.0") }, "packageManager"],
    ["an override", { "package.json": packageJson({ ...root, pnpm: { overrides: { ms: "2.1.3" } } }) }, "overrides"],
    ["a catalog", { "pnpm-workspace.yaml": "packages:\n  - packages/*\ncatalog:\n  ms: 2.1.3\n" }, "catalog"],
    ["a setting", { ".npmrc": "auto-install-peers=false\n" }, "auto-install-peers"],
    ["other settings in the lock", { "pnpm-lock.yaml": lockOf().replace("Peers: true", "Peers: false") }, "settings"],
    ["peers", { "package.json": packageJson({ ...root, peerDependencies: { react: "*" } }) }, "peerDependencies"],
    ["a project that is gone", { "pnpm-lock.yaml": lockOf("9.0", `${importers}\n  old: {}\n`) }, "the missing old"],
  ])("is blocked by %s", (_, files, reason) => {
    expect(withCorepack({ ...app, ...files })).toMatchObject({ blocked: expect.stringContaining(reason) });
    expect(withCorepack({ ...app, ...files }, "pnpm install --frozen-lockfile")).toHaveProperty("files");
  });
});

test.each(["--filter api", "-F api...", "-r", "--store-dir=/store", "--config.strict-peer-dependencies=false"])(
  "pnpm install %s reads what it reads without",
  (option) => {
    const script = `pnpm install --frozen-lockfile ${option}`;
    expect(inputsOf(script, app)).toEqual(inputsOf("pnpm install --frozen-lockfile", app));
  },
);

test.each([
  ["--filter '[origin/main]'", "[origin/main]"],
  ["--filter $NAME", "--filter"],
  ["--store-dir=.store", "store"],
  ["--config.modules-dir=lib", "modules-dir"],
])("pnpm install %s is blocked", (option, reason) => {
  const inputs = inputsOf(`pnpm install --frozen-lockfile ${option}`, app);
  expect(inputs).toMatchObject({ blocked: expect.stringContaining(reason) });
});

describe("pnpm fetch", () => {
  test("reads the lock and settings, not the members", () => {
    const files = { ...app, "package.json": packageJson({ ...root, scripts: { postinstall: "node src/index.js" } }) };
    expect(inputsOf("pnpm fetch", files)).toEqual({ files: manifests, writes: ["node_modules"] });
  });

  test("fails without a lock", () => {
    expect(inputsOf("pnpm fetch", { "package.json": packageJson() })).toMatchObject({
      blocked: expect.stringContaining("pnpm-lock.yaml"),
    });
  });

  test("leaves downloads alone where it runs no script", () => {
    const stores = ["~/.local/share/pnpm/store", "~/.cache/pnpm"];
    const fetch = "pnpm fetch --ignore-scripts";
    expect(inputsOf(fetch, app)).toMatchObject({ writes: ["node_modules"], fetched: [...stores, "node_modules"] });
    const storeAlone = `${fetch} --config.enable-modules-dir=false`;
    expect(inputsOf(storeAlone, app)).toMatchObject({ writes: [], fetched: stores });
  });

  test("comes before an install, with the options that say what is downloaded", () => {
    const command = "pnpm fetch --ignore-scripts --config.enable-modules-dir=false";
    expect(ahead("pnpm install --frozen-lockfile", app)).toEqual({ command });
    expect(ahead("pnpm i -P --reporter=silent", app)).toEqual({ command: `${command} -P` });
    expect(ahead("pnpm install --offline", app)).toBeUndefined();
    expect(ahead("pnpm build", app)).toBeUndefined();
  });

  test.each(["7.33.7", "12", "latest"])("does not by pnpm %s, which would make node_modules", (version) => {
    expect(ahead("pnpm install", app, version)).toMatchObject({ blocked: expect.stringContaining("node_modules") });
  });

  test.each<[string, Files, string]>([
    ["another linker", { ".npmrc": "node-linker=hoisted\n" }, "linker"],
    ["a hook", { ".pnpmfile.cjs": "module.exports = {}" }, ".pnpmfile.cjs"],
    [
      "a folder in the lock",
      { "pnpm-lock.yaml": `${lockOf()}    x: {directory: lib, type: directory}\n` },
      "directory",
    ],
    ["no lock", { "pnpm-lock.yaml": "" }, "pnpm-lock.yaml"],
  ])("does not where there is %s", (_, files, reason) => {
    const { "pnpm-lock.yaml": lock = "", ...rest }: Files = { ...app, ...files };
    const found = ahead("pnpm install", lock === "" ? rest : { ...rest, "pnpm-lock.yaml": lock });
    expect(found).toMatchObject({ blocked: expect.stringContaining(reason) });
  });
});
