import type { BuildContext } from "../context/types.ts";
import { type Blocker, inFolder, unknownOption } from "./blocked.ts";
import { argumentsOf } from "./call.ts";
import { builtNodeApp, nodeOutputs } from "./node/built-app.ts";
import { type BunLock, outOfStep, readBunfig, readBunLock } from "./node/bun-files.ts";
import type { Scripted } from "./node/install-scripts.ts";
import { stringsOf } from "./node/manifest.ts";
import { ignoresScripts } from "./node/npmrc.ts";
import { openProject, type Project, projectInputs, relativeInputs } from "./node/project.ts";
import { hasBun14 } from "./node/versions.ts";
import { workspacePatterns, workspacesOf } from "./node/workspaces.ts";
import { subcommands } from "./subcommands.ts";
import { hasOtherHome, homeFolders, PROGRAM_FOLDERS, projectFiles, systemFootprint } from "./system.ts";
import type { Call, Declaration, Ecosystem, Footprint, InstallInputs, Recognised, Surroundings } from "./types.ts";

const VALUED = [
  ...["--cwd", "--registry", "--backend", "--omit", "--cache-dir", "--network-concurrency", "--concurrent-scripts"],
  ...["--linker", "--config", "-c", "--filter"],
];

const INSTALL = ["install", "i", "ci"];

const known = subcommands({
  name: "bun",
  purposes: {
    dependencies: [...INSTALL, "add", "a", "remove", "rm", "update", "link", "unlink", "prune"],
    files: ["init", "--version", "--revision"],
    clean: ["pm cache rm"],
  },
  valued: VALUED,
  otherwise: "build",
});

/** Options that change neither which files of the project an install reads nor where it writes. */
const HARMLESS =
  /^(-[pf]|--(cwd|frozen-lockfile|production|no-save|ignore-scripts|verbose|silent|quiet|no-progress|no-summary|no-cache|no-verify|force|backend|omit|registry|network-concurrency|concurrent-scripts|linker))$/;

/** Locks of others that `bun install` takes over where it has none. */
const OTHER_LOCKS = ["package-lock.json", "yarn.lock", "pnpm-lock.yaml", "pnpm-workspace.yaml"];

/** Files that Bun loads variables from, some of which configure an install. */
const VARIABLES = [".env", ".env.local", ".env.production", ".env.production.local"];

/** Variables that may send an install elsewhere. */
const CONFIGURING = /^\s*(export\s+)?(BUN_|NPM_CONFIG_(?!REGISTRY|TOKEN)|XDG_|HOME=)/im;

const declares: Declaration = {
  title: "Bun",
  files: [
    { name: "package.json", role: "manifest", about: "of the project and of each workspace member" },
    { name: "bun.lock", role: "lock" },
    { name: "bun.lockb", role: "lock", about: "of Bun before 1.2" },
    { name: "package-lock.json, yarn.lock, pnpm-lock.yaml", role: "lock", about: "taken over where Bun has no lock" },
    { name: "bunfig.toml", role: "settings" },
    { name: ".npmrc", role: "settings" },
    {
      name: ".env, .env.production",
      role: "settings",
      about: "and their .local twins, which Bun loads before it installs",
    },
    { name: "patches/", role: "sources", about: "patches that patchedDependencies names" },
  ],
  readsMore: [
    { what: "a lifecycle script of the project", then: "depends", how: "its files are copied where they can be told" },
    { what: "a package of trustedDependencies", then: "depends", how: "its install script must be known" },
    { what: "a local folder (`file:`, `link:`)", then: "declined" },
    { what: "a workspace member's bin", then: "depends", how: "copied where it is executable already" },
    { what: "an install that may rewrite its lock", then: "declined", how: "`--frozen-lockfile` would not let it" },
  ],
  installs: ["node_modules"],
  caches: ["~/.bun/install/cache"],
  network: "the registry that bunfig.toml or .npmrc names, else the public one",
  builds: [{ command: "bun build", outputs: ["the folder that --outdir names"] }],
  developmentOnly:
    "`devDependencies` are left out with `--production` or `--omit=dev`, and taken out again by `bun prune --production` from Bun 1.4 on.",
};

export const bun: Ecosystem = {
  ...known,
  linksIn: ["node_modules"],
  commands: ["bun", "bunx"],
  folderOptions: ["--cwd"],
  declares,
  recognise,
  footprint,
  installInputs,
  outputsOf: nodeOutputs,
  worksBelow: true,
  language: "node",
  prunes: (call) => recognise(call)?.action === "prune",
  builtApp: builtNodeApp(installInputs),
};

function recognise(call: Call): Recognised | undefined {
  if (call.tool === "bunx") return { purpose: "build", action: "exec" };
  const found = known.recognise(call);
  const { options } = argumentsOf(call.args, VALUED);
  if (options.has("--version") || options.has("-v")) return { purpose: "files", action: "version" };
  const isGlobal = options.has("-g") || options.has("--global");
  return found?.purpose === "dependencies" && isGlobal ? { ...found, purpose: "system" } : found;
}

const GLOBAL_FOLDERS = [...PROGRAM_FOLDERS, ...homeFolders(".bun", ".bunfig.toml", ".npmrc")];

/** Of what works outside the project. */
function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { purpose } = recognise(call) ?? {};
  const { cwd, env } = surroundings;
  if (purpose !== "system" || cwd === undefined || hasOtherHome(surroundings)) return undefined;
  if ([...env.keys()].some((name) => name.startsWith("BUN_"))) return undefined;
  const known = systemFootprint(call, GLOBAL_FOLDERS, VALUED);
  const looksFor = ["package.json", "bunfig.toml", ".npmrc", ...VARIABLES];
  return known && { ...known, reads: [...known.reads, ...projectFiles(cwd, looksFor)] };
}

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const args = argumentsOf(call.args, VALUED);
  const action = recognise(call)?.action ?? "";
  if (action === "prune") return { blocked: "bun prune works on what is installed already" };
  if (!INSTALL.includes(action)) return { blocked: `bun ${args.positional.join(" ")} changes package.json` };
  if (args.positional.length > 1) return { blocked: `bun ${args.positional.join(" ")} changes package.json` };
  const option = unknownOption(args, HARMLESS);
  if (option !== undefined) return { blocked: option };
  const variable = [...surroundings.env.keys()].find((name) => /^BUN_(CONFIG_(?!REGISTRY|TOKEN)|INSTALL)/.test(name));
  if (variable !== undefined) return { blocked: `the environment sets ${variable}` };
  const project = openProject(context, folder, surroundings);
  if ("blocked" in project) return project;
  const configuring = VARIABLES.map((name) => inFolder(folder, name)).find((path) =>
    CONFIGURING.test(context.read(path) ?? ""),
  );
  if (configuring !== undefined) return { blocked: `${configuring} may configure Bun` };
  const path = inFolder(folder, "bunfig.toml");
  const bunfig = readBunfig(path, context.read(path) ?? "");
  if ("blocked" in bunfig) return bunfig;

  const lock = lockOf(project);
  if ("blocked" in lock) return lock;
  const keepsLock =
    action === "ci" ||
    ["--frozen-lockfile", "--production", "-p", "--no-save"].some((name) => args.options.has(name)) ||
    ["frozenLockfile", "production"].some((key) => bunfig.settings.get(key) === "true");
  const blocked = keepsLock || lock.path === undefined ? undefined : rewritten(project, lock.path, lock.lock);
  if (blocked !== undefined) return { blocked };

  const runsScripts = !(
    ignoresScripts(context, folder, args.options, surroundings.env) || bunfig.settings.get("ignoreScripts") === "true"
  );
  const patches = stringsOf(project.manifest.raw.patchedDependencies).map(([, patch]) => patch.replace(/^\.\//, ""));
  const missing = patches.find((patch) => !context.has(inFolder(folder, patch)));
  if (missing !== undefined) return { blocked: `the build context has no ${inFolder(folder, missing)}` };
  const inputs = projectInputs(project, {
    files: [
      "bun.lock",
      "bun.lockb",
      ...(lock.path === undefined ? OTHER_LOCKS : []),
      "bunfig.toml",
      ...VARIABLES,
      ...patches,
    ],
    settings: [".npmrc"],
    patterns: workspacePatterns(project.manifest),
    scripts: runsScripts ? scriptedBy(project, lock.lock) : undefined,
  });
  return relativeInputs(context, folder, inputs);
}

interface Lock {
  readonly path: string | undefined;
  /** Undefined for the binary one. */
  readonly lock: BunLock | undefined;
}

/** Bun prefers the lock that is text. */
function lockOf({ context, folder }: Project): Lock | { readonly blocked: string } {
  const path = ["bun.lock", "bun.lockb"].map((name) => inFolder(folder, name)).find((name) => context.has(name));
  if (path === undefined || path.endsWith("b")) return { path, lock: undefined };
  const lock = readBunLock(context.read(path));
  return lock ? { path, lock } : { blocked: `${path} can't be read` };
}

/** Why `bun install` could write its lock anew. */
function rewritten(
  { context, folder, manifest, surroundings }: Project,
  path: string,
  lock: BunLock | undefined,
): Blocker {
  const fix = "`--frozen-lockfile` would not let it";
  if (!lock) return `bun install may rewrite ${path}; ${fix}`;
  const isKnown = lock.version === 1 || (lock.version === 2 && hasBun14(surroundings.base));
  if (!isKnown) return `bun install may rewrite ${path}, which has lockfileVersion ${lock.version}; ${fix}`;
  const members = workspacesOf(context, folder, workspacePatterns(manifest));
  if ("blocked" in members) return members.blocked;
  const changed = outOfStep(lock, folder, manifest, members);
  return changed && `bun install would bring ${path} in step with ${changed}; ${fix}`;
}

/** Bun runs the install scripts of trusted packages alone: those that the project names, or those that it knows itself. */
function scriptedBy({ manifest }: Project, lock: BunLock | undefined): Scripted {
  const { trustedDependencies } = manifest.raw;
  if (Array.isArray(trustedDependencies))
    return { packages: trustedDependencies.filter((name) => typeof name === "string"), certain: true };
  return { packages: lock?.packages ?? manifest.dependencies.map(({ name }) => name), certain: false };
}
