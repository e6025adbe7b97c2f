import { packageJson } from "../../ecosystems/calls.ts";
import { plain, within, workspaces } from "./npm.ts";
import type { Files, Project, Tool } from "./project.ts";

const lock = "pnpm install --lockfile-only --ignore-scripts";
const command = "pnpm install --frozen-lockfile";
const members: Files = {
  ...workspaces,
  "package.json": packageJson({ private: true, dependencies: { ms: "^2.1.3" } }),
  "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
  "packages/api/package.json": packageJson({ name: "api", dependencies: { lib: "workspace:*" } }),
};

const projects: readonly Project[] = [
  { says: "installs by a lock", files: plain, prepare: lock, command },
  { says: "keeps a lock in CI", files: plain, prepare: lock, command: "pnpm install --prod", env: { CI: "true" } },
  { says: "installs without a lock", files: plain, command: "pnpm install" },
  { says: "works in a folder", files: within("service", plain), from: "service", prepare: lock, command },
  {
    says: "works in a folder that is named",
    files: within("service", plain),
    prepare: `cd service && ${lock}`,
    command: "pnpm --dir service install --frozen-lockfile",
  },
  { says: "reads the members of a workspace", files: members, prepare: lock, command },
  {
    says: "reads its settings and hooks",
    files: {
      ...plain,
      ".npmrc": "strict-peer-dependencies=false\n",
      ".pnpmfile.cjs": "module.exports = { hooks: { readPackage: (manifest) => manifest } }\n",
    },
    prepare: lock,
    command,
  },
  {
    says: "applies patches",
    files: {
      "package.json": packageJson({
        dependencies: { ms: "2.1.3" },
        pnpm: { patchedDependencies: { "ms@2.1.3": "patches/ms.patch" } },
      }),
      "patches/ms.patch":
        "diff --git a/notes.txt b/notes.txt\nnew file mode 100644\n--- /dev/null\n+++ b/notes.txt\n@@ -0,0 +1 @@\n+mended\n",
    },
    prepare: lock,
    command,
  },
  {
    says: "has its home in the project",
    files: plain,
    prepare: `HOME=/root; ${lock}`,
    command,
    env: { HOME: "/app" },
  },
  {
    says: "links a folder",
    files: {
      "package.json": packageJson({ dependencies: { lib: "file:./lib" } }),
      "lib/package.json": packageJson({ name: "lib" }),
      "lib/index.js": "",
    },
    prepare: lock,
    command,
    blocked: /installs lib from file:\.\/lib/,
    reads: "lib/index.js",
  },
];

export const pnpm9: Tool = {
  name: "pnpm 9",
  base: "node:20",
  setup: "RUN npm install --global pnpm@9.15.9",
  projects,
  idle: [
    [/(^|\/)(_tmp_\d+_|pnpm-lock\.yaml\.)\w+$/, "a file that pnpm makes for a moment"],
    [/(^|\/)!\*\*\//, "a pattern, taken for a path"],
  ],
};

export const pnpm10: Tool = {
  ...pnpm9,
  name: "pnpm 10",
  setup: "RUN npm install --global pnpm@10.12.1",
  projects: projects.filter(({ says }) => /by a lock|a workspace|settings|patches/.test(says)),
};
