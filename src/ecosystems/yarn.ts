import type { BuildContext } from "../context/types.ts";
import { type Blocker, filesBelow, foldersAbove, inFolder, unknownOption, unread } from "./blocked.ts";
import { type Arguments, argumentsOf } from "./call.ts";
import { builtNodeApp, nodeOutputs } from "./node/built-app.ts";
import { ignoresScripts } from "./node/npmrc.ts";
import {
  addsPackageManager,
  openProject,
  type Project,
  projectInputs,
  relativeInputs,
  rewriting,
} from "./node/project.ts";
import { workspacePatterns, workspacesOf } from "./node/workspaces.ts";
import { BERRY_OUTPUTS, YARN } from "./node/yarn-declaration.ts";
import { holdsAll, rewrittenYarnLock, yarnLockNames } from "./node/yarn-lock.ts";
import { subcommands } from "./subcommands.ts";
import { hasOtherHome, homeFolders, PROGRAM_FOLDERS, projectFiles, systemFootprint } from "./system.ts";
import type { Call, Ecosystem, Footprint, InstallInputs, Recognised, Surroundings } from "./types.ts";

const VALUED = [
  ...["--cwd", "--cache-folder", "--network-timeout", "--modules-folder", "--registry", "--network-concurrency"],
  ...["--mutex", "--loglevel"],
];

const known = subcommands({
  name: "yarn",
  commands: ["yarn", "yarnpkg"],
  purposes: {
    dependencies: ["install", "add", "workspaces focus", "rebuild"],
    system: ["global add", "set version", "policies set-version"],
    files: ["config", "config set", "init"],
    clean: ["cache clean"],
  },
  valued: VALUED,
});

/** Options of either Yarn that change neither which files of the project an install reads nor where it writes. */
const HARMLESS =
  /^(-[sD]|--(cwd|frozen-lockfile|immutable|immutable-cache|check-cache|pure-lockfile|no-lockfile|production|prod|silent|verbose|non-interactive|network-timeout|network-concurrency|ignore-scripts|ignore-engines|ignore-platform|ignore-optional|no-progress|no-emoji|prefer-offline|offline|cache-folder|registry|check-files|skip-integrity-check|mutex|no-bin-links|force|inline-builds|mode|loglevel|no-default-rc|link-duplicates))$/;

/** Yarn, classic and berry. Without a subcommand it installs; any other word runs a script. */
export const yarn: Ecosystem = {
  ...known,
  folderOptions: ["--cwd"],
  declares: YARN,
  recognise,
  footprint,
  installInputs,
  outputsOf: nodeOutputs,
  worksBelow: true,
  language: "node",
  prunes: (call) => call.args.includes("--production"),
  builtApp: builtNodeApp(installInputs),
};

function recognise(call: Call): Recognised | undefined {
  const found = known.recognise(call);
  if (found) return found;
  const { positional, options } = argumentsOf(call.args, VALUED);
  if (options.has("--version") || options.has("-v")) return { purpose: "files", action: "version" };
  return positional.length === 0 ? { purpose: "dependencies", action: "install" } : { purpose: "build", action: "run" };
}

const GLOBAL_FOLDERS = [...PROGRAM_FOLDERS, ...homeFolders(".yarn", ".yarnrc", ".config/yarn", ".cache/yarn")];

/** Yarn 1 keeps root's cache beside its programs, by the prefix of Node. Yarn 2 and newer have three folders. */
const CACHES = [
  ...["/usr/local/share/.cache", "/usr/share/.cache"],
  ...homeFolders(".cache/yarn", ...["cache", "index", "metadata"].map((name) => `.yarn/berry/${name}`)),
];

/** What Yarn looks for in the project even where it works outside: its settings may name another release to run. */
const LOOKED_FOR = [".yarnrc", ".yarnrc.yml", ".npmrc", "package.json", ".yarn-metadata.json"];

/** Of what works outside the project. */
function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const action = recognise(call)?.action;
  const { cwd } = surroundings;
  if ((action !== "global add" && action !== "cache clean") || cwd === undefined || hasOtherHome(surroundings))
    return undefined;
  const known = systemFootprint(call, GLOBAL_FOLDERS, VALUED);
  if (!known) return undefined;
  const reads = [...known.reads, ...projectFiles(cwd, LOOKED_FOR)];
  return { ...known, reads, writes: action === "cache clean" ? CACHES : known.writes, anywhere: false };
}

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const args = argumentsOf(call.args, VALUED);
  if (recognise(call)?.action !== "install")
    return { blocked: `yarn ${args.positional.join(" ")} changes package.json` };
  if (args.positional.length > 1) return { blocked: `yarn ${args.positional.join(" ")} names packages` };
  const option = unknownOption(args, HARMLESS);
  if (option !== undefined) return { blocked: option };
  const project = openProject(context, folder, surroundings);
  if ("blocked" in project) return project;
  const pinned = addsPackageManager(project, "yarn");
  if (pinned !== undefined) return { blocked: pinned };
  return isBerry(project) ? berryInputs(project, args) : classicInputs(project, args);
}

function isBerry({ context, folder, manifest }: Project): boolean {
  return (
    context.has(inFolder(folder, ".yarnrc.yml")) ||
    /^yarn@[2-9]/.test(String(manifest.raw.packageManager ?? "")) ||
    /^__metadata:/m.test(context.read(inFolder(folder, "yarn.lock")) ?? "")
  );
}

function classicInputs(project: Project, args: Arguments): InstallInputs {
  const { context, folder, manifest, surroundings } = project;
  const lock = inFolder(folder, "yarn.lock");
  const text = context.read(lock);
  if (context.has(lock) && text === undefined) return { blocked: unread(context, lock) };
  const keepsLock = ["--frozen-lockfile", "--pure-lockfile", "--no-lockfile"].some((name) => args.options.has(name));
  const patterns = workspacePatterns(manifest);
  const odd = oddFile(context, folder, patterns);
  if (odd !== undefined) return { blocked: `yarn install looks for ${odd}` };
  const settings = classicSettings(context, folder);
  if ("blocked" in settings) return settings;
  const isForced = args.options.has("--force");
  const rewritten =
    text === undefined || keepsLock
      ? undefined
      : patterns.length > 0 || isForced
        ? `yarn install may rewrite ${lock}; \`--frozen-lockfile\` would not let it`
        : rewrittenYarnLock(lock, text, manifest);
  const isInStep = () => patterns.length === 0 && !isForced && holdsAll(text ?? "", manifest);
  if (rewritten !== undefined && !isInStep()) return { blocked: rewritten };
  const runsScripts = !ignoresScripts(context, folder, args.options, surroundings.env);
  const packages = text === undefined ? manifest.dependencies.map(({ name }) => name) : yarnLockNames(text);
  const inputs = projectInputs(project, {
    files: ["yarn.lock", ".yarnclean", ...settings.files],
    settings: [".npmrc", ".yarnrc"],
    patterns,
    scripts: runsScripts ? { packages, certain: false } : undefined,
  });
  return rewriting(rewritten, relativeInputs(context, folder, inputs), "yarn.lock");
}

/** Read in the place of `package.json`. */
const MANIFESTS = [".yarn-metadata.json", "yarn.json"];

/** A file that Yarn classic does not leave alone: other manifests, also those above; a loader, which it deletes; a release of berry above. */
function oddFile(context: BuildContext, folder: string, patterns: readonly string[]): string | undefined {
  const members = workspacesOf(context, folder, patterns);
  const inside = "blocked" in members ? [] : members.map((member) => member.folder);
  const above = foldersAbove(folder);
  return [
    inFolder(folder, ".pnp.js"),
    ...above.map((at) => inFolder(at, ".yarnrc.yml")),
    ...[folder, ...inside, ...above].flatMap((at) => MANIFESTS.map((name) => inFolder(at, name))),
  ].find(context.has);
}

/** `.yarnrc` of Yarn classic: the release that it names is read, other paths are not known. */
function classicSettings(context: BuildContext, folder: string): { files: string[] } | { blocked: string } {
  const path = inFolder(folder, ".yarnrc");
  const files: string[] = [];
  for (const line of (context.read(path) ?? "").split(/\r?\n/)) {
    const [, key, value] = /^\s*"?([^\s"#]+)"?\s+"?([^"]*?)"?\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    if (key === "yarn-path") files.push(value.replace(/^\.\//, ""));
    else if (
      !/registry$|^(lastUpdateCheck|network-timeout|strict-ssl|save-prefix|ignore-\w+|disable-self-update-check|workspaces-experimental|version-\S+|--\w+\.(frozen-lockfile|ignore-\w+|network-timeout|non-interactive))$/.test(
        key,
      )
    )
      return { blocked: `${path} sets ${key}` };
  }
  return { files };
}

/** Settings of `.yarnrc.yml` that lead to no other file. */
const BERRY_SETTINGS =
  /^(nodeLinker|yarnPath|plugins|npmRegistryServer|npmScopes|npmRegistries|npmAuthToken|npmAlwaysAuth|npmAuthIdent|enableTelemetry|telemetry\w*|enableGlobalCache|compressionLevel|nmMode|nmHoistingLimits|packageExtensions|logFilters|enableImmutableInstalls|checksumBehavior|httpTimeout|httpRetry|networkConcurrency|enableScripts|defaultSemverRangePrefix|supportedArchitectures|pnpMode|pnpFallbackMode|pnpIgnorePatterns|initScope|enableProgressBars|enableColors|enableMessageNames|enableInlineBuilds|enableHardenedMode|npmMinimalAgeGate|npmPreapprovedPackages|catalog|catalogs)$/;

const BERRY_PLUGINS =
  /plugin-(workspace-tools|interactive-tools|typescript|version|stage|constraints|outdated|licenses)\b/;

function berryInputs(project: Project, args: Arguments): InstallInputs {
  const { context, folder, manifest, surroundings } = project;
  const settings = context.read(inFolder(folder, ".yarnrc.yml")) ?? "";
  const lock = inFolder(folder, "yarn.lock");
  const blocked = berrySettings(inFolder(folder, ".yarnrc.yml"), settings) ?? berryLock(lock, settings, project, args);
  if (blocked !== undefined) return { blocked };
  const link = [".yarn", ".yarn/releases", ".yarn/plugins", ".yarn/patches"]
    .map((name) => inFolder(folder, name))
    .find(context.isLink);
  if (link !== undefined) return { blocked: `${link} is a symbolic link` };
  const output = BERRY_OUTPUTS.map((name) => inFolder(folder, name)).find(
    (path) => context.has(path) || context.isFolder(path),
  );
  if (output !== undefined) return { blocked: `the build context holds ${output}, which the install writes` };

  const below = ["releases", "plugins", "patches"].flatMap((name) =>
    filesBelow(context, inFolder(folder, `.yarn/${name}`)),
  );
  const runsScripts =
    args.options.get("--mode") !== "skip-build" &&
    !/^enableScripts: *false/m.test(settings) &&
    surroundings.env.get("YARN_ENABLE_SCRIPTS") !== "false";
  const text = context.read(lock);
  const packages = text === undefined ? manifest.dependencies.map(({ name }) => name) : yarnLockNames(text);
  const prefix = folder === "" ? 0 : folder.length + 1;
  const inputs = projectInputs(project, {
    files: ["yarn.lock", ".env.yarn", ...below.map((path) => path.slice(prefix))],
    settings: [".yarnrc.yml"],
    patterns: workspacePatterns(manifest),
    scripts: runsScripts ? { packages, certain: false } : undefined,
  });
  const answer = relativeInputs(context, folder, inputs);
  if ("blocked" in answer) return answer;
  const writes = BERRY_OUTPUTS.filter((name) => !isUnused(name, settings, text, surroundings));
  return { ...answer, writes: [...answer.writes, ...writes] };
}

/** With packages in `node_modules` there is no loader; Yarn 4, whose locks are of version 8 and more, has its cache in the home folder. */
function isUnused(output: string, settings: string, lock: string | undefined, { env }: Surroundings): boolean {
  const isSet = [...env.keys()].some((name) => /^YARN_(NODE_LINKER|ENABLE_GLOBAL_CACHE|CACHE_FOLDER)$/.test(name));
  if (isSet || !/^nodeLinker: *["']?node-modules["']? *$/m.test(settings)) return false;
  if (output !== ".yarn/cache") return output !== ".yarn/install-state.gz";
  const version = Number(/^__metadata:\s+version: *(\d+)/m.exec(lock ?? "")?.[1]);
  return version >= 8 && !/^enableGlobalCache: *false/m.test(settings);
}

function berrySettings(path: string, text: string): Blocker {
  for (const line of text.split(/\r?\n/)) {
    const key = /^([A-Za-z]\w*):/.exec(line)?.[1];
    if (key !== undefined && !BERRY_SETTINGS.test(key)) return `${path} sets ${key}`;
    const plugin = /\.yarn\/plugins\/\S+/.exec(line)?.[0];
    if (plugin !== undefined && !BERRY_PLUGINS.test(plugin)) return `${path} loads ${plugin}`;
  }
  return undefined;
}

/** Berry writes its lock anew unless told not to, or in CI. */
function berryLock(
  lock: string,
  settings: string,
  { context, surroundings: { env } }: Project,
  args: Arguments,
): Blocker {
  const immutable =
    ["--immutable", "--frozen-lockfile"].some((name) => args.options.has(name)) ||
    /^enableImmutableInstalls: *true/m.test(settings) ||
    env.get("YARN_ENABLE_IMMUTABLE_INSTALLS") === "true" ||
    /^(true|1)$/.test(env.get("CI") ?? "");
  if (immutable) return context.has(lock) ? undefined : `the build context has no ${lock}`;
  return context.has(lock) ? `yarn install may rewrite ${lock}; \`--immutable\` would not let it` : undefined;
}
