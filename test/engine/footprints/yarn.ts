import { packageJson } from "../../ecosystems/calls.ts";
import { plain, scripted, within, workspaces } from "./npm.ts";
import type { Files, Tool } from "./project.ts";

const lock = "yarn install --ignore-scripts && rm -rf node_modules packages/*/node_modules";

export const yarn: Tool = {
  name: "Yarn classic",
  base: "node:20",
  idle: [
    [/(^|\/)(README\.md|LICENSE)$/, "it would be part of a description that nobody asks for"],
    [/(^|\/)(package-lock|npm-shrinkwrap)\.json$/, "Yarn warns that it uses another lock"],
  ],
  projects: [
    { says: "leaves a lock as it is", files: plain, prepare: lock, command: "yarn install" },
    { says: "installs by a lock", files: plain, prepare: lock, command: "yarn --frozen-lockfile" },
    { says: "installs without a lock", files: plain, command: "yarn install --production" },
    {
      says: "works in a folder",
      files: within("service", plain),
      from: "service",
      prepare: lock,
      command: "yarn install --frozen-lockfile",
    },
    {
      says: "works in a folder that is named",
      files: within("service", plain),
      prepare: `cd service && ${lock}`,
      command: "yarn --cwd service install --frozen-lockfile",
    },
    {
      says: "reads the members of a workspace",
      files: workspaces,
      prepare: lock,
      command: "yarn install --frozen-lockfile",
    },
    {
      says: "reads its settings and npm's",
      files: { ...plain, ".npmrc": "strict-ssl=true\n", ".yarnrc": "--install.ignore-optional true\n" },
      prepare: lock,
      command: "yarn install --frozen-lockfile",
    },
    {
      says: "runs the release that .yarnrc names",
      files: { ...plain, ".yarnrc": 'yarn-path ".yarn/releases/yarn.cjs"\n' },
      prepare: `mkdir -p .yarn/releases && cp "$(npm root --global)/yarn/lib/cli.js" .yarn/releases/yarn.cjs && ${lock}`,
      command: "yarn install --frozen-lockfile",
    },
    {
      says: "has its home in the project",
      files: plain,
      prepare: `HOME=/root; ${lock}`,
      command: "yarn install --frozen-lockfile",
      env: { HOME: "/app" },
    },
    {
      says: "runs a script of the project",
      files: scripted,
      prepare: lock,
      command: "yarn install --frozen-lockfile",
      blocked: /the postinstall script of package.json runs/,
      reads: "setup.json",
    },
    {
      says: "installs from a folder",
      files: {
        "package.json": packageJson({ dependencies: { lib: "file:lib" } }),
        "lib/package.json": packageJson({ name: "lib" }),
        "lib/index.js": "",
      },
      prepare: lock,
      command: "yarn install --frozen-lockfile",
      blocked: /installs lib from file:lib/,
      reads: "lib/index.js",
    },
    { says: "installs for all", files: plain, command: "yarn global add ms" },
    { says: "cleans its cache", files: plain, command: "yarn cache clean" },
  ],
};

const berryLock =
  "yarn install --mode=skip-build && rm -rf node_modules packages/*/node_modules .pnp.* .yarn/cache .yarn/unplugged .yarn/install-state.gz";
const modules: Files = { ".yarnrc.yml": "nodeLinker: node-modules\n" };

export const berry: Tool = {
  name: "Yarn 4",
  base: "node:20",
  setup: "RUN npm install --prefix /opt/berry @yarnpkg/cli-dist@4.9.2\nENV PATH=/opt/berry/node_modules/.bin:$PATH",
  idle: [[/(^|\/)\.yarn$/, "a folder; Yarn looks for what it needs inside by name"]],
  projects: [
    {
      says: "installs by a lock",
      files: { ...plain, ...modules },
      prepare: berryLock,
      command: "yarn install --immutable",
    },
    { says: "writes a loader", files: plain, prepare: berryLock, command: "yarn install --immutable" },
    {
      says: "works in a folder",
      files: within("service", { ...plain, ...modules }),
      from: "service",
      prepare: `touch yarn.lock && ${berryLock}`,
      command: "yarn install --immutable",
    },
    {
      says: "reads the members of a workspace",
      files: { ...workspaces, ...modules },
      prepare: berryLock,
      command: "yarn install --immutable",
    },
    {
      says: "has its home in the project",
      files: { ...plain, ...modules },
      prepare: `HOME=/root; ${berryLock}`,
      command: "yarn install --immutable",
      env: { HOME: "/app" },
      idle: [[/^iterator\.js/, "a part of Yarn's own bundle, asked for wherever Node may find one"]],
    },
    {
      says: "applies a patch",
      files: {
        "package.json": packageJson({ dependencies: { ms: "patch:ms@npm:2.1.3#./ms.patch" } }),
        ...modules,
        "ms.patch": "",
      },
      prepare: `rm ms.patch && printf 'diff --git a/license.md b/license.md\\ndeleted file mode 100644\\n' >ms.patch && ${berryLock}`,
      command: "yarn install --immutable",
      blocked: /patch/,
      reads: "ms.patch",
    },
  ],
};
