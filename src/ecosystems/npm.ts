import type { BuildContext } from "../context/types.ts";
import { type Blocker, inFolder, unknownOption } from "./blocked.ts";
import { type Arguments, actionOf, argumentsOf } from "./call.ts";
import { builtNodeApp, nodeOutputs } from "./node/built-app.ts";
import { NPM } from "./node/npm-declaration.ts";
import { holdsAll, mayReformat, type NpmLock, readNpmLock, rewrittenLock } from "./node/npm-lock.ts";
import { environmentSettings, ignoresScripts, npmrcOf } from "./node/npmrc.ts";
import { openProject, type Project, projectInputs, relativeInputs } from "./node/project.ts";
import { npmMajor } from "./node/versions.ts";
import { workspacePatterns } from "./node/workspaces.ts";
import { hasOtherHome, homeFolders, PROGRAM_FOLDERS, projectFiles, systemFootprint } from "./system.ts";
import type { Call, Ecosystem, Footprint, InstallInputs, Recognised, Surroundings } from "./types.ts";

/** npm's own names and aliases, from its command table (lib/utils/cmd-list.js). */
const INSTALL = ["install", "i", "in", "ins", "inst", "insta", "instal", "isnt", "isnta", "isntal", "isntall", "add"];
const CI = ["ci", "clean-install", "ic", "install-clean", "isntall-clean"];
const BUILD = [
  "run",
  "run-script",
  "rum",
  "urn",
  "test",
  "t",
  "tst",
  "start",
  "exec",
  "x",
  "pack",
  "publish",
  "version",
];
const FILES = ["config", "set", "get", "c", "init", "--version", "-v"];
const CLEANS = ["cache clean", "cache clear", "cache rm"];
const COREPACK = ["enable", "prepare", "install", "use", "up"];

/** Options that take a word as their value. */
const VALUED = ["--prefix", "-C", "--registry", "--loglevel", "--omit", "--include", "--only", "--also", "--cache"];

/** Options that change neither which files of the project an install reads nor where it writes. */
const HARMLESS =
  /^(-C|--prefix|-[sqdPDfEy]|-dd|-ddd|--(no-)?(production|omit|include|only|also|dev|audit|fund|silent|quiet|loglevel|verbose|progress|optional|ignore-scripts|legacy-peer-deps|strict-peer-deps|force|unsafe-perm|unsafe|allow-root|save|package-lock|prefer-offline|prefer-online|offline|registry|cache|foreground-scripts|color|update-notifier|strict-ssl|fetch-\S+|maxsockets|timeout|network-timeout|network-concurrency|engine-strict|ignore-engines|bin-links|shrinkwrap|yes|prefer-dedupe|max-old-space-size))$/;

/** Options under which `npm install` takes peer dependencies out of a lock that has them. */
const WITHOUT_PEERS = ["--legacy-peer-deps", "--strict-peer-deps", "--prefer-dedupe"];

/** npm, Corepack, and npx for what it is not looked through. */
export const npm: Ecosystem = {
  name: "npm",
  commands: ["npm", "npx", "corepack"],
  folderOptions: ["--prefix", "-C"],
  declares: NPM,
  actions: {
    dependencies: ["install", "ci"],
    system: ["install --global", ...COREPACK.map((action) => `corepack ${action}`)],
    build: [...BUILD, "rebuild", "npx"],
    files: FILES,
    clean: ["cache clean", "prune"],
  },
  recognise,
  footprint,
  installInputs,
  outputsOf: nodeOutputs,
  worksBelow: true,
  worksAtRoot: true,
  language: "node",
  prunes: (call) => recognise(call)?.action === "prune",
  builtApp: builtNodeApp(installInputs),
};

function recognise(call: Call): Recognised | undefined {
  if (call.tool === "corepack") {
    const action = actionOf(argumentsOf(call.args).positional, COREPACK);
    return action === undefined ? undefined : { purpose: "system", action };
  }
  if (call.tool !== "npm") return { purpose: "build", action: "exec" };
  const { positional, options } = argumentsOf(call.args, VALUED);
  const global = options.has("-g") || options.has("--global") || options.get("--location") === "global";
  const action = actionOf(positional, [...INSTALL, ...CI, ...BUILD, ...FILES, ...CLEANS, "rebuild", "prune"]);
  if (action === undefined) return undefined;
  if (CLEANS.includes(action)) return { purpose: "clean", action: "cache clean" };
  if (CI.includes(action)) return { purpose: "dependencies", action: "ci" };
  if (INSTALL.includes(action)) return { purpose: global ? "system" : "dependencies", action: "install" };
  if (BUILD.includes(action)) return { purpose: "build", action };
  if (action === "rebuild") return { purpose: "build", action };
  return { purpose: FILES.includes(action) ? "files" : "clean", action };
}

/**
 * Where global packages and caches are. Global installs read no `.npmrc` of a project, all else does; Corepack reads `package.json`, but not to
 * switch its names on and to fetch a version that is named (traced with Corepack 0.10 to 0.34).
 */
const GLOBAL_FOLDERS = [...PROGRAM_FOLDERS, ...homeFolders(".npm", ".npmrc", ".config", ".cache/node")];

function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { purpose, action } = recognise(call) ?? {};
  const { cwd, env } = surroundings;
  if (purpose !== "system" && action !== "cache clean" && action !== "config" && action !== "set") return undefined;
  if (argumentsOf(call.args).options.has("--location")) return undefined;
  if (hasOtherHome(surroundings)) return undefined;
  if (["prefix", "cache", "globalconfig", "userconfig"].some((key) => environmentSettings(env).has(key)))
    return undefined;
  const known = systemFootprint(call, GLOBAL_FOLDERS, VALUED);
  const readsNothing = call.tool === "corepack" ? namesAll(call, action) : purpose === "system";
  if (!known || readsNothing) return known;
  if (cwd === undefined) return undefined;
  // Of a package.json npm asks no more than whether its settings are here or above.
  const lookedFor = projectFiles(cwd, call.tool === "corepack" ? ["package.json"] : [".npmrc"]);
  const writes = action === "cache clean" ? homeFolders(".npm") : known.writes;
  return { ...known, reads: [...known.reads, ...lookedFor], lookedFor, writes, anywhere: false };
}

/** Whether a call of Corepack says all that it needs. */
function namesAll(call: Call, action: string | undefined): boolean {
  const { positional } = argumentsOf(call.args);
  return action === "enable" || (action === "prepare" && positional.length > 1);
}

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const args = argumentsOf(call.args, VALUED);
  const action = recognise(call)?.action;
  if (args.positional.length > 1) return { blocked: `npm ${args.positional.join(" ")} changes package.json` };
  const option = unknownOption(args, HARMLESS);
  if (option !== undefined) return { blocked: option };

  const project = openProject(context, folder, surroundings);
  if ("blocked" in project) return project;
  const lock = lockOf(project);
  const blocked = action === "ci" ? missingLock(project, lock) : rewrites(project, lock, args);
  if (blocked !== undefined && (action === "ci" || !keepsPackages(project, lock, args))) return { blocked };

  const runsScripts = !ignoresScripts(context, folder, args.options, surroundings.env);
  const direct = project.manifest.dependencies.map(({ name }) => name);
  const scripts = lock ?? { packages: direct, certain: false };
  const inputs = projectInputs(project, {
    files: ["npm-shrinkwrap.json", "package-lock.json", "yarn.lock"],
    settings: [".npmrc"],
    patterns: workspacePatterns(project.manifest),
    scripts: runsScripts ? scripts : undefined,
  });
  const found = relativeInputs(context, folder, inputs);
  if (blocked === undefined) return found;
  const known = "blocked" in found ? found.reformats : found;
  if (!known) return { blocked };
  const manifests = ["package.json", "npm-shrinkwrap.json", "package-lock.json", "yarn.lock"];
  const rewritten = known.files.filter((path) => manifests.includes(path));
  return { blocked, reformats: { files: known.files, writes: [...known.writes, ...rewritten] } };
}

/** Whether `npm install` finds in the locks all that it looks for, and writes no more than these in another form. */
function keepsPackages(
  { context, folder, manifest, surroundings }: Project,
  lock: NpmLock | undefined,
  args: Arguments,
): boolean {
  const npm = npmMajor(surroundings);
  if ((npm !== undefined && npm < 5) || WITHOUT_PEERS.some((name) => args.options.has(name))) return false;
  if (lock) return holdsAll(lock, manifest) && !(npm !== undefined && npm < 7 && lock.version === 3);
  return !context.has(inFolder(folder, "package-lock.json"));
}

/** npm reads `npm-shrinkwrap.json` before `package-lock.json`. */
function lockOf({ context, folder }: Project): NpmLock | undefined {
  const path = ["npm-shrinkwrap.json", "package-lock.json"].map((name) => inFolder(folder, name)).find(context.has);
  return path === undefined ? undefined : readNpmLock(path, context.read(path));
}

function missingLock({ context, folder }: Project, lock: NpmLock | undefined): Blocker {
  if (lock) return undefined;
  const path = inFolder(folder, "package-lock.json");
  return context.has(path)
    ? `${path} can't be read`
    : `npm ci fails without ${path}, which the build context does not have`;
}

/** Whether `npm install` could change a file that a COPY afterwards would put back. */
function rewrites(
  { context, folder, manifest, surroundings }: Project,
  lock: NpmLock | undefined,
  args: Arguments,
): Blocker {
  const npm = npmMajor(surroundings);
  // They know no lock but npm-shrinkwrap.json, and write neither that nor package.json (seen with npm 2, 3 and 4, also with --save).
  if (npm !== undefined && npm < 5) {
    const log = inFolder(folder, "npm-debug.log");
    return context.has(log) ? `npm 4 and older delete ${log}` : undefined;
  }
  const yarn = inFolder(folder, "yarn.lock");
  if (context.has(yarn) && !(npm !== undefined && npm < 7)) return `npm install keeps ${yarn} up to date`;
  const settings = new Map([
    ...npmrcOf(context.read(inFolder(folder, ".npmrc")) ?? ""),
    ...environmentSettings(surroundings.env),
  ]);
  const writesNone = settings.get("package-lock") === "false" || args.options.has("--no-package-lock");
  const path = inFolder(folder, "package-lock.json");
  if (!lock && context.has(path)) return `${path} can't be read`;
  const formatted = mayReformat(manifest, context.read(manifest.path), npm);
  if (writesNone || !lock) return formatted;
  const option = WITHOUT_PEERS.find((name) => args.options.has(name));
  if (option !== undefined && lock.text.includes('"peer": true'))
    return `npm install ${option} may rewrite ${lock.path}`;
  return rewrittenLock(lock, manifest, npm) ?? formatted;
}
