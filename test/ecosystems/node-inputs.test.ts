import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { memoryContext, openContext, viewOf } from "../../src/context/index.ts";
import { installInputsOf } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf, packageJson, packageLock } from "./calls.ts";

const ms = { ms: "2.1.3" };
const app = { "package.json": packageJson({ dependencies: ms }), "package-lock.json": packageLock(ms), "src/a.js": "" };

/** Files added to `app`, and a part of the reason that they give. */
const blocking: readonly (readonly [what: string, files: Record<string, string>, reason: string])[] = [
  ["a lifecycle script", { "package.json": packageJson({ scripts: { prepare: "npm run build" } }) }, "prepare script"],
  ["a native addon", { "binding.gyp": "{}" }, "binding.gyp"],
  [
    "git hooks where .git is",
    { "package.json": packageJson({ scripts: { prepare: "husky" } }), ".git/HEAD": "" },
    ".git",
  ],
  ["a local folder", { "package.json": packageJson({ dependencies: { a: "file:../a" } }) }, "file:../a"],
  ["a link", { "package.json": packageJson({ dependencies: { a: "link:./a" } }) }, "link:./a"],
  ["an override with a path", { "package.json": packageJson({ overrides: { a: { b: "file:./b" } } }) }, "overrides"],
  ["a certificate in .npmrc", { ".npmrc": "cafile=ca.pem\n" }, "cafile"],
  [
    "a schema with its own output",
    prisma('generator c {\n provider = "prisma-client-js"\n output = "../x"\n}'),
    "output",
  ],
  ["another Prisma generator", prisma('generator c {\n provider = "prisma-erd"\n}'), "prisma-erd"],
  ["a Prisma configuration", { ...prisma(""), "prisma.config.ts": "" }, "prisma.config.ts"],
  ["an unreadable lock", { "package-lock.json": "<<<<<<< ours" }, "can't be read"],
  ["an unreadable manifest", { "package.json": "{" }, "can't be read"],
  ["settings of a download script", { ...scripted("puppeteer"), ".puppeteerrc.cjs": "" }, ".puppeteerrc.cjs"],
  ["the same in .config", { ...scripted("puppeteer"), ".config/puppeteerrc.json": "" }, ".config/puppeteerrc.json"],
  ["an unknown install script", scripted("nobody-knows"), "nobody-knows"],
  ["an install script that looks around", scripted("nx"), "nx"],
  ["a member with a bin", { ...member({ bin: "cli.js" }), "tools/cli.js": "" }, "bin"],
  ["a member with a script", member({ scripts: { postinstall: "node x" } }), "postinstall"],
  ["a member with members", member({ workspaces: ["x"] }), "workspaces of its own"],
  [
    "a member's settings that lead elsewhere",
    { ...member({}), "tools/.npmrc": "cafile=ca.pem\n" },
    "tools/.npmrc sets",
  ],
  ["workspaces that can't be listed", { "package.json": packageJson({ workspaces: ["{a,b}"] }) }, "{a,b}"],
];

function prisma(schema: string): Record<string, string> {
  return {
    "package.json": packageJson({ scripts: { postinstall: "prisma generate" } }),
    "prisma/schema.prisma": schema,
  };
}

function scripted(name: string): Record<string, string> {
  return { "package-lock.json": packageLock({ [name]: "1.0.0" }, { hasInstallScript: true }) };
}

function member(fields: Record<string, unknown>): Record<string, string> {
  return { "package.json": packageJson({ workspaces: ["tools"] }), "tools/package.json": packageJson(fields) };
}

describe("npm ci", () => {
  test("needs manifest, lock and settings", () => {
    expect(inputsOf("npm ci", { ...app, ".npmrc": "registry=https://packages.example/\n" })).toEqual({
      files: ["package.json", "package-lock.json", ".npmrc"],
      writes: ["node_modules"],
    });
  });

  test.each(blocking)("is blocked by %s", (_, files, reason) => {
    expect(inputsOf("npm ci", { ...app, ...files })).toMatchObject({ blocked: expect.stringContaining(reason) });
  });

  test.each([
    ["prisma generate", ["prisma/schema.prisma"]],
    ["patch-package", ["patches/ms+2.1.3.patch"]],
    ["husky install || true", []],
    ["npx only-allow npm && patch-package", ["patches/ms+2.1.3.patch"]],
  ])("understands the lifecycle script %s", (postinstall, files) => {
    const extra = {
      "package.json": packageJson({ scripts: { postinstall } }),
      "prisma/schema.prisma": 'generator client {\n  provider = "prisma-client-js"\n}\n',
      "patches/ms+2.1.3.patch": "",
    };
    expect(inputsOf("npm ci", { ...app, ...extra })).toMatchObject({
      files: ["package.json", "package-lock.json", ...files],
    });
  });

  test("runs no script with --ignore-scripts, or where settings say so", () => {
    const files = { ...app, "package.json": packageJson({ scripts: { postinstall: "node x" } }) };
    expect(inputsOf("npm ci --ignore-scripts", files)).toHaveProperty("files");
    expect(inputsOf("npm ci", files, { env: { npm_config_ignore_scripts: "true" } })).toHaveProperty("files");
    expect(inputsOf("npm ci", { ...files, ".npmrc": "ignore-scripts=true" })).toHaveProperty("files");
    expect(inputsOf("npm ci", files)).toHaveProperty("blocked");
  });

  test("takes the manifests of workspaces, in a subfolder too", () => {
    const files = {
      "web/package.json": packageJson({ workspaces: ["packages/*", "!packages/old"] }),
      "web/package-lock.json": packageLock(),
      "web/packages/a/package.json": packageJson({ name: "a" }),
      "web/packages/old/package.json": packageJson({ name: "old" }),
    };
    expect(inputsOf("npm ci", files, { folder: "web" })).toEqual({
      files: ["package.json", "package-lock.json", "packages/a/package.json"],
      writes: ["node_modules", "packages/a/node_modules"],
    });
  });

  test("in a member of a workspace works on the whole", () => {
    const files = { ...app, "package.json": packageJson({ workspaces: ["a"] }), "a/package.json": packageJson() };
    expect(inputsOf("npm ci", { ...files, "a/package-lock.json": packageLock() }, { folder: "a" })).toMatchObject({
      blocked: expect.stringContaining("package.json"),
    });
  });

  test.each([
    ["npm ci --script-shell=./sh", {}],
    ["npm ci $FLAGS", {}],
    ["npm ci", { NODE_OPTIONS: "--require ./hook.js" }],
    ["npm ci", { NPM_CONFIG_USERCONFIG: "/app/.npmrc.build" }],
  ])("%s with %j may read more", (script, env) => {
    expect(inputsOf(script, app, { env })).toHaveProperty("blocked");
  });

  test("a tarball of the context is one more file", () => {
    const files = {
      ...app,
      "package.json": packageJson({ dependencies: { a: "file:vendor/a.tgz" } }),
      "vendor/a.tgz": "",
    };
    expect(inputsOf("npm ci", files)).toMatchObject({ files: ["package.json", "package-lock.json", "vendor/a.tgz"] });
  });
});

describe("npm install", () => {
  test("with a lock that is in step leaves it alone, with npm 7 and newer", () => {
    for (const base of ["node:16", "node:20-alpine", "node:22.1", "node:lts", "node"])
      expect(inputsOf("npm install", app, { base })).toHaveProperty("files");
    for (const base of ["node:14", "node:16.3", "debian:12", "node:x"])
      expect(inputsOf("npm install", app, { base })).toHaveProperty("blocked");
  });

  test.each([
    ["another range in package.json", { "package.json": packageJson({ dependencies: { ms: "^2.0.0" } }) }],
    ["another version of the app", { "package.json": packageJson({ dependencies: ms, version: "1.1.0" }) }],
    ["no name", { "package.json": JSON.stringify({ version: "1.0.0", dependencies: ms }) }],
    ["a lock formatted by hand", { "package-lock.json": packageLock(ms).replaceAll("  ", "\t").replace("\n", " \n") }],
    ["a lock with a gap", { "package-lock.json": packageLock(ms, { dependencies: { gone: "1.0.0" } }) }],
    ["a yarn.lock beside it", { "yarn.lock": "" }],
  ])("is blocked by %s", (_, files) => {
    expect(inputsOf("npm install", { ...app, ...files })).toHaveProperty("blocked");
  });

  test("of named packages changes package.json", () => {
    expect(inputsOf("npm install express", app)).toMatchObject({ blocked: expect.stringContaining("package.json") });
  });

  test("without a lock, or told to write none, needs the manifest alone", () => {
    const { "package-lock.json": lock, ...rest } = app;
    expect(inputsOf("npm install", rest)).toMatchObject({ files: ["package.json"] });
    const told = { ...rest, "package-lock.json": lock, ".npmrc": "package-lock=false" };
    expect(inputsOf("npm install", told)).toHaveProperty("files");
    expect(inputsOf("npm install --no-package-lock", app)).toHaveProperty("files");
  });

  test("npm 6 formats a manifest anew that is not as it writes it", () => {
    const formatted = { "package.json": `${JSON.stringify(JSON.parse(packageJson()), null, 2)}\n` };
    expect(inputsOf("npm install", formatted, { base: "node:8" })).toHaveProperty("files");
    expect(inputsOf("npm install", { "package.json": packageJson() }, { base: "node:8" })).toHaveProperty("blocked");
    expect(inputsOf("npm install", { "package.json": packageJson() }, { base: "debian:12" })).toHaveProperty("blocked");
  });

  test.each(["node:0.10", "node:4-slim", "node:boron", "node:7.10.0-alpine"])(
    "by npm 4 and older, as %s has it, leaves every lock and manifest alone",
    (base) => {
      const files = { ...app, "yarn.lock": "" };
      for (const command of ["npm install", "npm install --save"])
        expect(inputsOf(command, files, { base })).toMatchObject({ files: expect.arrayContaining(["package.json"]) });
      expect(inputsOf("npm install", { ...files, "npm-debug.log": "" }, { base })).toHaveProperty("blocked");
    },
  );

  describe("by npm 6", () => {
    const dependencies = { debug: "~2.6.0" };
    const locked = (name: string, more: Record<string, unknown> = {}) => ({
      version: name === "debug" ? "2.6.9" : "2.0.0",
      resolved: `https://packages.example/${name}.tgz`,
      integrity: "sha512-abc",
      ...more,
    });
    const packages = { debug: locked("debug", { requires: { ms: "2.0.0" } }), ms: locked("ms") };
    const lockOf = (fields: Record<string, unknown>) =>
      `${JSON.stringify({ name: "letters", version: "1.0.0", lockfileVersion: 1, requires: true, ...fields }, null, 2)}\n`;
    const formatted = (fields: Record<string, unknown>) =>
      `${JSON.stringify(JSON.parse(packageJson(fields)), null, 2)}\n`;
    const old = {
      "package.json": formatted({ dependencies }),
      "package-lock.json": lockOf({ dependencies: packages }),
    };

    test.each(["node:8.12", "node:8", "node:dubnium", "node:14-alpine"])(
      "in %s keeps a lock that is in step",
      (base) => {
        expect(inputsOf("npm install", old, { base })).toMatchObject({ files: ["package.json", "package-lock.json"] });
      },
    );

    test("a lock is written anew by others", () => {
      for (const base of ["node:8.11", "node:16"])
        expect(inputsOf("npm install", old, { base })).toHaveProperty("blocked");
    });

    test.each<[string, Record<string, string>]>([
      ["another range", { "package.json": formatted({ dependencies: { debug: "^3.0.0" } }) }],
      ["a range that is a tag", { "package.json": formatted({ dependencies: { debug: "latest" } }) }],
      ["one more dependency", { "package.json": formatted({ dependencies: { ...dependencies, a: "1.0.0" } }) }],
      ["one dependency less", { "package.json": formatted({}) }],
      ["another kind", { "package.json": formatted({ devDependencies: dependencies }) }],
      ["another version", { "package.json": formatted({ dependencies, version: "2.0.0" }) }],
      ["a manifest in another format", { "package.json": packageJson({ dependencies }) }],
      ["a lock in another format", { "package-lock.json": lockOf({ dependencies: packages }).trim() }],
      [
        "an unsorted lock",
        { "package-lock.json": lockOf({ dependencies: { ms: packages.ms, debug: packages.debug } }) },
      ],
      ["a gap", { "package-lock.json": lockOf({ dependencies: { debug: packages.debug } }) }],
      [
        "an old checksum",
        { "package-lock.json": lockOf({ dependencies: { ...packages, ms: locked("ms", { integrity: "sha1-abc" }) } }) },
      ],
      [
        "a bundled package",
        { "package-lock.json": lockOf({ dependencies: { ...packages, ms: locked("ms", { bundled: true }) } }) },
      ],
    ])("is blocked by %s", (_, files) => {
      expect(inputsOf("npm install", { ...old, ...files }, { base: "node:10" })).toHaveProperty("blocked");
    });
  });
});

test("files that choose a version come along where the base may have a version manager", () => {
  const files = { ...app, ".node-version": "20", ".tool-versions": "" };
  expect(inputsOf("npm ci", files, { base: "team/base:1" })).toMatchObject({
    files: ["package.json", "package-lock.json", ".node-version", ".tool-versions"],
  });
  expect(inputsOf("npm ci", files)).toMatchObject({ files: ["package.json", "package-lock.json"] });
});

test("Corepack adds the version that it chose to a manifest without one", () => {
  const invocation = invocationOf("pnpm install")!;
  const surroundings = { cwd: "/app", env: new Map<string, string>(), base: "node:20", corepack: true };
  const ask = (fields: Record<string, unknown>) =>
    installInputsOf(invocation, memoryContext({ "package.json": packageJson(fields) }), "", surroundings);
  expect(ask({})).toMatchObject({ blocked: expect.stringContaining("packageManager") });
  expect(ask({ packageManager: "pnpm@9.1.0" })).toHaveProperty("files");
  surroundings.env.set("COREPACK_ENABLE_AUTO_PIN", "0");
  expect(ask({})).toHaveProperty("files");
});

/** Seen by a tracer: the tools look for these files. */
describe("what lies where a tool looks", () => {
  const service = { "service/package.json": packageJson(), "service/yarn.lock": "# yarn lockfile v1\n" };
  const pnpm = { "service/package.json": packageJson(), "service/pnpm-lock.yaml": "lockfileVersion: '9.0'\n" };

  test.each([
    ["yarn --frozen-lockfile", { ...service, "service/.yarn-metadata.json": "{}" }],
    ["yarn --frozen-lockfile", { ...service, "yarn.json": "{}" }],
    ["yarn --frozen-lockfile", { ...service, ".yarnrc.yml": "yarnPath: yarn.cjs\n" }],
    ["pnpm install --frozen-lockfile", { ...pnpm, "pnpm-workspace.yml": "" }],
    ["pnpm install --frozen-lockfile", { ...pnpm, "service/.pnpmfile.cjs.js": "" }],
    ["pnpm install --frozen-lockfile", { ...pnpm, "service/etc/npmrc": "" }],
  ])("%s in a folder is blocked by one of %j", (script, files) => {
    expect(inputsOf(script, files, { folder: "service" })).toHaveProperty("blocked");
  });

  test("settings of a home folder block where the project is, or may be, a home folder", () => {
    const settled = { ...app, ".config/yarn/config": "" };
    expect(inputsOf("npm ci", settled)).toHaveProperty("files");
    expect(inputsOf("npm ci", settled, { env: { HOME: "/app" } })).toHaveProperty("blocked");
    expect(inputsOf("npm ci", app, { env: { HOME: "/app" } })).toHaveProperty("files");
  });

  test("a member's own settings are read", () => {
    const files = { ...app, ...member({}), "tools/.npmrc": "hoist=false\n", "package-lock.json": packageLock() };
    expect(inputsOf("npm ci", files)).toMatchObject({ files: expect.arrayContaining(["tools/.npmrc"]) });
  });
});

describe("symbolic links", () => {
  const root = mkdtempSync(join(tmpdir(), "refit-links-"));
  afterAll(() => rmSync(root, { recursive: true }));

  /** A project with one link in it. */
  const blocked = (name: string, target: string, manifest: string) => {
    const folder = join(root, name.replaceAll("/", "-"));
    mkdirSync(join(folder, "real/a"), { recursive: true });
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, "real/a/package.json"), packageJson());
    if (name !== "package.json") writeFileSync(join(folder, "package.json"), manifest);
    writeFileSync(join(folder, "package-lock.json"), packageLock());
    symlinkSync(target, join(folder, name));
    const surroundings = { cwd: "/app", env: new Map(), base: "node:20" };
    return installInputsOf(invocationOf("npm ci")!, openContext(folder), "", surroundings);
  };

  test.each([
    ["package.json", "real/a/package.json", ""],
    ["packages/a", "../real/a", packageJson({ workspaces: ["packages/*"] })],
    ["patches", "real", packageJson({ scripts: { postinstall: "patch-package" } })],
    ["prisma", "real", packageJson({ scripts: { postinstall: "prisma generate" } })],
  ])("%s as a link is not followed", (name, target, manifest) => {
    expect(blocked(name, target, manifest)).toHaveProperty("blocked");
  });
});

test("a member's bin comes along where it is executable already, with line ends of Unix", () => {
  const root = mkdtempSync(join(tmpdir(), "refit-bin-"));
  const needed = (mode: number, text: string, copiedAs?: false) => {
    const bin = join(root, "tools/cli.js");
    writeFileSync(bin, text);
    chmodSync(bin, mode);
    const surroundings = { cwd: "/app", env: new Map(), base: "node:20" };
    const context = openContext(root);
    const places = new Map(context.files().map((path) => [path, path]));
    const view = viewOf(context, places, { keepsModes: copiedAs ?? true });
    return installInputsOf(invocationOf("npm ci")!, view, "", surroundings);
  };
  try {
    mkdirSync(join(root, "tools"));
    const files = {
      ...member({ bin: { letters: "./cli.js", other: "built.js" } }),
      "package-lock.json": packageLock(),
    };
    for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
    const script = "#!/usr/bin/env node\n";
    expect(needed(0o755, script)).toMatchObject({ files: expect.arrayContaining(["tools/cli.js"]) });
    for (const mode of [0o644, 0o775, 0o700]) expect(needed(mode, script)).toHaveProperty("blocked");
    expect(needed(0o755, script.replace("\n", "\r\n"))).toHaveProperty("blocked");
    expect(needed(0o755, script, false)).toHaveProperty("blocked");
  } finally {
    rmSync(root, { recursive: true });
  }
});

const yarnLock = `# yarn lockfile v1


ms@2.1.3:
  version "2.1.3"
  resolved "https://packages.example/ms-2.1.3.tgz#574c"
  integrity sha512-abc
`;

describe("yarn", () => {
  const classic = { "package.json": packageJson({ dependencies: ms }), "yarn.lock": yarnLock };
  const berry = {
    "package.json": packageJson({ dependencies: ms, packageManager: "yarn@4.1.0" }),
    "yarn.lock": "__metadata:\n  version: 8\n",
    ".yarnrc.yml": "nodeLinker: node-modules\n",
  };

  test("classic keeps a lock that is in step", () => {
    expect(inputsOf("yarn", classic)).toMatchObject({ files: ["package.json", "yarn.lock"] });
    const other = { ...classic, "package.json": packageJson({ dependencies: { ms: "^2.0.0" } }) };
    expect(inputsOf("yarn", other)).toMatchObject({ blocked: expect.stringContaining("ms@^2.0.0") });
    expect(inputsOf("yarn --frozen-lockfile", other)).toHaveProperty("files");
    const unused = { ...classic, "package.json": packageJson() };
    expect(inputsOf("yarn", unused)).toMatchObject({ blocked: expect.stringContaining("ms@2.1.3") });
  });

  test.each([
    ["yarn-offline-mirror ./mirror", "yarn-offline-mirror"],
    ["modules-folder ../lib", "modules-folder"],
  ])("classic is blocked by %s in .yarnrc", (line, reason) => {
    expect(inputsOf("yarn --frozen-lockfile", { ...classic, ".yarnrc": line })).toMatchObject({
      blocked: expect.stringContaining(reason),
    });
  });

  test("berry must not write its lock", () => {
    expect(inputsOf("yarn install", berry)).toMatchObject({ blocked: expect.stringContaining("--immutable") });
    expect(inputsOf("yarn install --immutable", berry)).toMatchObject({
      files: ["package.json", "yarn.lock", ".yarnrc.yml"],
    });
    expect(inputsOf("yarn install", berry, { env: { CI: "true" } })).toHaveProperty("files");
  });

  test("berry takes its release, plugins and patches along", () => {
    const more = {
      ".yarn/releases/yarn-4.1.0.cjs": "",
      ".yarn/plugins/@yarnpkg/plugin-typescript.cjs": "",
      ".yarn/patches/ms.patch": "",
    };
    expect(inputsOf("yarn install --immutable", { ...berry, ...more })).toMatchObject({
      files: expect.arrayContaining(Object.keys(more)),
    });
  });

  test.each([
    ["a cache of its own", { ".yarn/cache/ms.zip": "" }],
    ["a loader", { ".pnp.cjs": "" }],
    ["a setting that leads elsewhere", { ".yarnrc.yml": "cacheFolder: ../cache\n" }],
    ["a plugin that nobody knows", { ".yarnrc.yml": "plugins:\n  - path: .yarn/plugins/own.cjs\n" }],
  ])("berry is blocked by %s", (_, files) => {
    expect(inputsOf("yarn install --immutable", { ...berry, ...files })).toHaveProperty("blocked");
  });
});

describe("pnpm", () => {
  const lock = "lockfileVersion: '9.0'\n\npackages:\n\n  ms@2.1.3:\n    resolution: {integrity: sha512-abc}\n";
  const files = { "package.json": packageJson({ dependencies: ms }), "pnpm-lock.yaml": lock };

  test("must not write its lock", () => {
    expect(inputsOf("pnpm install", files)).toHaveProperty("blocked");
    expect(inputsOf("pnpm install --no-frozen-lockfile", files)).toHaveProperty("blocked");
    expect(inputsOf("pnpm i --frozen-lockfile --prod", files)).toMatchObject({
      files: ["package.json", "pnpm-lock.yaml"],
    });
    expect(inputsOf("pnpm install", { "package.json": packageJson() })).toMatchObject({ files: ["package.json"] });
  });

  test("takes members, patches and settings along", () => {
    const more = {
      "package.json": packageJson({ pnpm: { patchedDependencies: { "ms@2.1.3": "patches/ms.patch" } } }),
      "pnpm-workspace.yaml": "packages:\n  - 'packages/*' # all\n  - \"!packages/old\"\n",
      "pnpm-lock.yaml": `importers:\n\n  .: {}\n\n  packages/a: {}\n\n${lock}`,
      ".npmrc": "node-linker=hoisted\n",
      ".pnpmfile.cjs": "module.exports = { hooks: {} };\n",
      "patches/ms.patch": "",
      "packages/a/package.json": packageJson({ name: "a", dependencies: { b: "workspace:*" } }),
      "packages/old/package.json": packageJson({ name: "old" }),
    };
    expect(inputsOf("pnpm install --frozen-lockfile", { ...files, ...more })).toEqual({
      files: [
        "package.json",
        "pnpm-lock.yaml",
        "pnpm-workspace.yaml",
        ".pnpmfile.cjs",
        "patches/ms.patch",
        ".npmrc",
        "packages/a/package.json",
      ],
      writes: ["node_modules", "packages/a/node_modules"],
    });
  });

  test("adds a member that its lock does not list, frozen or not", () => {
    const workspace = { "pnpm-workspace.yaml": "packages:\n  - a\n", "a/package.json": packageJson({ name: "a" }) };
    const listing = (importers: string) => ({ ...files, ...workspace, "pnpm-lock.yaml": importers + lock });
    const unlisted = { blocked: "pnpm-lock.yaml does not list a, and pnpm install would add it" };
    expect(inputsOf("pnpm install --frozen-lockfile", listing(""))).toEqual(unlisted);
    expect(inputsOf("pnpm install --frozen-lockfile", listing("importers:\n\n  .: {}\n\n  a/b: {}\n\n"))).toEqual(
      unlisted,
    );
    const listed = listing("importers:\r\n\r\n  .: {}\r\n\r\n  'a':\r\n    dependencies: {}\r\n\r\n");
    expect(inputsOf("pnpm install --frozen-lockfile", listed)).toHaveProperty("files");
  });

  test("of an optional package without a script, whatever an old lock says of it, reads nothing", () => {
    const optional = "  /@pkgjs/parseargs@0.11.0:\n    requiresBuild: true\n    optional: true\n";
    const older = { ...files, "pnpm-lock.yaml": `lockfileVersion: '6.0'\n\npackages:\n\n${optional}` };
    expect(inputsOf("pnpm install --frozen-lockfile", older)).toHaveProperty("files");
  });

  test.each([
    ["a hook that loads files", { ".pnpmfile.cjs": "require('./tools/hooks')" }],
    ["a setting that leads elsewhere", { "pnpm-workspace.yaml": "configDependencies:\n  a: 1.0.0\n" }],
    ["a patch that is not there", { "pnpm-workspace.yaml": "patchedDependencies:\n  ms: patches/ms.patch\n" }],
    [
      "a lock that tells of an unknown script",
      { "pnpm-lock.yaml": "lockfileVersion: '6.0'\n\npackages:\n\n  /odd@1.0.0:\n    requiresBuild: true\n" },
    ],
  ])("is blocked by %s", (_, more) => {
    expect(inputsOf("pnpm install --frozen-lockfile", { ...files, ...more })).toHaveProperty("blocked");
  });
});
