import type { BuildContext } from "../context/types.ts";
import { type Blocker, foldersAbove, inFolder, unknownOption, unread } from "./blocked.ts";
import { type Arguments, argumentsOf } from "./call.ts";
import { builtNodeApp, nodeOutputs } from "./node/built-app.ts";
import { deploymentOf } from "./node/deploy/call.ts";
import { dependencyScriptInputs } from "./node/install-scripts.ts";
import { objectOf, readPackageJson, stringsOf } from "./node/manifest.ts";
import { environmentSettings, ignoresScripts, leadsElsewhere, npmrcOf } from "./node/npmrc.ts";
import { PNPM, PNPM_STORES } from "./node/pnpm-declaration.ts";
import { type PnpmWorkspace, pnpmLockImporters, pnpmLockPackages, readPnpmWorkspace } from "./node/pnpm-files.ts";
import { formOf, pnpmOutOfStep } from "./node/pnpm-lock.ts";
import {
  addsPackageManager,
  openProject,
  type Project,
  projectInputs,
  relativeInputs,
  rewriting,
} from "./node/project.ts";
import { pnpmMajor, pnpmMajors } from "./node/versions.ts";
import { type Workspace, workspacesOf } from "./node/workspaces.ts";
import { subcommands } from "./subcommands.ts";
import type { Call, Ecosystem, Fetch, InstallInputs, Surroundings } from "./types.ts";

const VALUED = [
  "-C",
  "--dir",
  "--filter",
  "-F",
  "--filter-prod",
  "--store-dir",
  "--registry",
  "--reporter",
  "--loglevel",
];

/** Any word that is no subcommand runs a script. */
const known = subcommands({
  name: "pnpm",
  commands: ["pnpm", "pnpx"],
  purposes: {
    dependencies: ["install", "i", "add", "fetch", "rebuild", "prune"],
    system: ["env use", "self-update", "setup"],
    files: ["config", "config set", "init"],
    clean: ["store prune", "cache delete"],
    build: ["deploy"],
  },
  valued: VALUED,
  otherwise: "build",
});

/** Options that change neither which files of the project an install reads nor where it writes. */
const HARMLESS =
  /^(-[srwPDF]|-C|--(dir|recursive|workspace-root|filter|filter-prod|frozen-lockfile|prefer-frozen-lockfile|prod|production|dev|no-optional|ignore-scripts|offline|prefer-offline|silent|reporter|loglevel|registry|store-dir|shamefully-hoist|unsafe-perm|strict-peer-dependencies|no-strict-peer-dependencies|force|no-color|color|config\.\S+))$/;

/** Of those, the ones that say what is downloaded, from where, and to where. */
const DOWNLOADING = /^(-[PD]|--(prod|production|dev|no-optional|registry|store-dir))$/;

/** Set to false, nothing is put into `node_modules` (https://pnpm.io/9.x/npmrc#enable-modules-dir). */
const STORE_ALONE = "enable-modules-dir";

export const pnpm: Ecosystem = {
  ...known,
  linksIn: ["node_modules", "store"],
  folderOptions: ["-C", "--dir"],
  declares: PNPM,
  installInputs,
  fetchFor,
  outputsOf: nodeOutputs,
  filledBy,
  worksBelow: true,
  language: "node",
  prunes,
  builtApp: builtNodeApp(installInputs),
};

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const args = argumentsOf(call.args, VALUED);
  const action = known.recognise(call)?.action ?? "";
  if (!["install", "i", "fetch"].includes(action)) return { blocked: blockedAction(action) };
  if (args.positional.length > 1) return { blocked: `pnpm ${args.positional.join(" ")} changes package.json` };
  const option = unknownOption(args, HARMLESS) ?? leadingOption(args, surroundings);
  if (option !== undefined) return { blocked: option };
  const project = openProject(context, folder, surroundings);
  if ("blocked" in project) return project;

  const pinned = addsPackageManager(project, "pnpm");
  if (pinned !== undefined) return { blocked: pinned };
  const lock = inFolder(folder, "pnpm-lock.yaml");
  const text = context.read(lock);
  if (context.has(lock) && text === undefined) return { blocked: unread(context, lock) };
  const workspace = workspaceOf(project);
  if ("blocked" in workspace) return workspace;
  const hooks = hooksBlocker(project);
  if (hooks !== undefined) return { blocked: hooks };
  const files = ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".pnpmfile.cjs", ...workspace.patches];
  const runsScripts = !ignoresScripts(context, folder, args.options, surroundings.env);
  if (action === "fetch") {
    const storeAlone = args.options.get(`--config.${STORE_ALONE}`) === "false";
    return fetchInputs(project, { files, lock: text, runsScripts, storeAlone });
  }

  const members = workspacesOf(context, folder, workspace.patterns);
  if ("blocked" in members) return members;
  const rewritten = text === undefined ? undefined : rewrites(project, text, args, workspace, members);
  if (rewritten !== undefined && !isInStep(project, text!, args, workspace, members)) return { blocked: rewritten };
  const direct = { packages: project.manifest.dependencies.map(({ name }) => name), certain: false };
  const inputs = projectInputs(project, {
    files,
    settings: [".npmrc"],
    patterns: workspace.patterns,
    scripts: runsScripts ? (text === undefined ? direct : pnpmLockPackages(text)) : undefined,
  });
  return rewriting(rewritten, relativeInputs(context, folder, inputs), "pnpm-lock.yaml");
}

/** Of `pnpm deploy` alone. An install may do more: run scripts, write its lock. */
function filledBy(call: Call, { cwd }: Surroundings): readonly string[] | undefined {
  const deployment = deploymentOf(call, cwd);
  return deployment && [deployment.to];
}

function prunes(call: Call): boolean {
  const action = known.recognise(call)?.action ?? "";
  const isForProduction = call.args.some((word) => /^(-P|--prod|--production)$/.test(word ?? ""));
  return action === "prune" || (/^i(nstall)?$/.test(action) && isForProduction);
}

function blockedAction(action: string): string {
  if (action === "rebuild" || action === "prune") return `pnpm ${action} works on what is installed already`;
  return `pnpm ${action} changes package.json`;
}

/** An option with a value that sends the install elsewhere, or whose value only Git or the shell knows. */
function leadingOption({ options }: Arguments, { cwd }: Surroundings): Blocker {
  for (const [name, value] of options) {
    const setting = /^--config\.(.+)$/.exec(name)?.[1];
    if (setting !== undefined && leadsElsewhere(setting) !== undefined)
      return `the option ${name} sends the install elsewhere`;
    if (/^(-F|--filter|--filter-prod)$/.test(name) && (value === undefined || value.includes("[")))
      return `which packages ${name} ${value ?? ""} names is not known`.replace("  ", " ");
    const isOutside = value?.startsWith("/") && cwd !== undefined && !`${value}/`.startsWith(`${cwd}/`);
    if (name === "--store-dir" && !isOutside) return "the store of --store-dir may lie in the project";
  }
  return undefined;
}

interface FetchAsked {
  readonly files: readonly string[];
  readonly lock: string | undefined;
  readonly runsScripts: boolean;
  readonly storeAlone: boolean;
}

/**
 * `pnpm fetch` installs all that the lock names, whoever asks for it, and runs no script of the project. With `--ignore-scripts` it runs none
 * at all, and what it leaves in the store are downloads.
 */
function fetchInputs(project: Project, { files, lock, runsScripts, storeAlone }: FetchAsked): InstallInputs {
  const { context, folder, manifest } = project;
  const path = inFolder(folder, "pnpm-lock.yaml");
  if (lock === undefined) return { blocked: `pnpm fetch fails without ${path}, which the build context does not have` };
  // A folder as a dependency, and an archive of the project.
  const local = /\b(directory|tarball): ['"]?(file:[^\s,}'"]*)|\bdirectory: [^\s,}]+/.exec(lock);
  if (local) return { blocked: `${path} has \`${local[0]}\`, which pnpm fetch would read` };
  if (runsScripts) {
    const scripts = dependencyScriptInputs(context, folder, manifest, pnpmLockPackages(lock));
    if ("blocked" in scripts) return scripts;
  }
  const inputs = projectInputs(
    { ...project, manifest: { ...manifest, dependencies: [] } },
    {
      files,
      settings: [".npmrc"],
      patterns: [],
      scripts: undefined,
    },
  );
  const found = relativeInputs(context, folder, inputs);
  if ("blocked" in found) return found;
  const answer = storeAlone ? { ...found, writes: [] } : found;
  return runsScripts ? answer : { ...answer, fetched: [...PNPM_STORES, ...answer.writes] };
}

/**
 * The store alone is filled: an install behind a `node_modules` that another command made would leave other launchers there (seen with pnpm
 * 9, 10 and 12), with the store alone it leaves the same, byte for byte (pnpm 8, 9 and 10).
 */
function fetchFor(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): Fetch | undefined {
  const args = argumentsOf(call.args, VALUED);
  const action = known.recognise(call)?.action ?? "";
  if (!["install", "i"].includes(action) || args.options.has("--offline")) return undefined;
  if (args.positional.length > 1) return { blocked: `pnpm ${args.positional.join(" ")} changes package.json` };
  const unknown = [...args.options].find(([name]) => !HARMLESS.test(name) || name.startsWith("--config."));
  if (unknown) return { blocked: `the option ${unknown[0]} could make the install download other packages` };
  if (context.has(inFolder(folder, ".pnpmfile.cjs")))
    return { blocked: `${inFolder(folder, ".pnpmfile.cjs")} may change what is downloaded` };
  const said = [...args.options].filter(([name]) => DOWNLOADING.test(name));
  const odd = said.find(([, value]) => value === undefined || !/^[\w./:@-]*$/.test(value));
  if (odd) return { blocked: `the value of ${odd[0]} is only known to the shell` };
  const options = said.map(([name, value]) => (value === "" ? ` ${name}` : ` ${name}=${value}`));
  const other = fillsMore(context, folder, surroundings);
  if (other !== undefined) return { blocked: other };
  const command = `pnpm fetch --ignore-scripts --config.${STORE_ALONE}=false${options.join("")}`;
  const words = command.split(" ").slice(1);
  const inputs = installInputs(
    { tool: "pnpm", path: "pnpm", args: words, env: call.env },
    context,
    folder,
    surroundings,
  );
  return "blocked" in inputs ? inputs : { command };
}

/** Why `pnpm fetch` could fill more than the store: 7 and older refuse an option, 11 and newer take no notice of the other. */
function fillsMore(context: BuildContext, folder: string, surroundings: Surroundings): Blocker {
  const packageManager = readPackageJson(context, inFolder(folder, "package.json"))?.raw.packageManager;
  const major = pnpmMajor(packageManager, surroundings);
  const version = major === undefined ? "which version of pnpm runs is not known" : `this is pnpm ${major}`;
  if (major === undefined || major < 8 || major > 10)
    return `${version}, and pnpm 8 to 10 alone can fetch into the store without making node_modules`;
  const linker = [inFolder(folder, ".npmrc"), inFolder(folder, "pnpm-workspace.yaml")].find((path) =>
    /^\s*node-?linker\s*[:=]\s*['"]?(?!isolated)/im.test(context.read(path) ?? ""),
  );
  const variable = environmentSettings(surroundings.env).has("node-linker") ? "the environment" : undefined;
  const where = linker ?? variable;
  return where && `${where} sets the linker of pnpm, and pnpm fetch may make node_modules with it`;
}

/** Why `pnpm install` could write the lock anew. */
function rewrites(
  project: Project,
  lock: string,
  { options }: Arguments,
  { keys }: PnpmWorkspace,
  members: readonly Workspace[],
): Blocker {
  const { folder, surroundings } = project;
  const path = inFolder(folder, "pnpm-lock.yaml");
  const unlisted = unlistedMember(folder, members, lock);
  if (unlisted !== undefined) return `${path} does not list ${unlisted}, and pnpm install would add it`;
  if (keepsLock(project, options)) return undefined;
  const fix = "`--frozen-lockfile` would not let it";
  // Which version of pnpm it is decides how the lock is written.
  if (!surroundings.corepack || options.has("--force")) return `pnpm install may rewrite ${path}; ${fix}`;
  const changed = outOfStep(project, lock, keys, members);
  return changed && `pnpm install may bring ${path} in step with ${changed}; ${fix}`;
}

/** What of the manifests the lock does not say. */
function outOfStep(
  { context, folder, manifest, surroundings }: Project,
  lock: string,
  workspaceKeys: PnpmWorkspace["keys"],
  members: readonly Workspace[],
  anyForm = false,
): string | undefined {
  const settings = new Map([
    ...npmrcOf(context.read(inFolder(folder, ".npmrc")) ?? ""),
    ...environmentSettings(surroundings.env),
  ]);
  return pnpmOutOfStep(lock, { folder, manifest, members, settings, workspaceKeys, anyForm });
}

/** Whether an install may write the lock in another form at most, with the same packages in it. */
function isInStep(
  project: Project,
  lock: string,
  { options }: Arguments,
  { keys }: PnpmWorkspace,
  members: readonly Workspace[],
): boolean {
  const isListed = unlistedMember(project.folder, members, lock) === undefined;
  if (!isListed || options.has("--force") || !mayRead(lock, project)) return false;
  return outOfStep(project, lock, keys, members, true) === undefined;
}

/**
 * Whether an install goes by the lock, or makes a new one, and `pnpm prune` afterwards takes out all that it should: with a lock of version 6,
 * pnpm 9 leaves links behind, whereas 8 goes by it and 10 makes a new one (seen with 8.15, 9.15 and 10.18).
 */
function mayRead(lock: string, { manifest, surroundings }: Project): boolean {
  const form = formOf(lock);
  if (form === "9.0") return true;
  const { pinned, asked } = pnpmMajors(manifest.raw.packageManager, surroundings);
  const isNewest = surroundings.versions?.get("pnpm") === "latest";
  return /^6\.[01]$/.test(form ?? "") && (isNewest || asked !== undefined) && ![pinned, asked].includes(9);
}

/** A member that has no dependencies may be missing in a lock; pnpm adds it, frozen or not (seen with pnpm 9). */
function unlistedMember(folder: string, members: readonly Workspace[], lock: string): string | undefined {
  const listed = new Set(pnpmLockImporters(lock).map((path) => inFolder(folder, path)));
  return members.find((member) => !listed.has(member.folder))?.folder;
}

/** Frozen by an option, by a setting, or because `CI` is set. */
function keepsLock(
  { context, folder, surroundings: { env } }: Project,
  options: ReadonlyMap<string, unknown>,
): boolean {
  const settings = new Map([...npmrcOf(context.read(inFolder(folder, ".npmrc")) ?? ""), ...environmentSettings(env)]);
  return options.has("--frozen-lockfile")
    ? options.get("--frozen-lockfile") !== "false"
    : settings.get("frozen-lockfile") === "true" || /^(true|1)$/.test(env.get("CI") ?? "");
}

/** Members and patches, from `pnpm-workspace.yaml` and from the `pnpm` field of `package.json`. */
function workspaceOf({ context, folder, manifest }: Project): PnpmWorkspace | { readonly blocked: string } {
  const own = stringsOf(objectOf(manifest.raw.pnpm)?.patchedDependencies).map(([, path]) => path);
  const path = inFolder(folder, "pnpm-workspace.yaml");
  const text = context.read(path);
  const workspace = text === undefined ? { patterns: [], patches: [], keys: [] } : readPnpmWorkspace(path, text);
  if ("blocked" in workspace) return workspace;
  const patches = [...own, ...workspace.patches].map((patch) => patch.replace(/^\.\//, ""));
  const missing = patches.find((patch) => !context.has(inFolder(folder, patch)));
  if (missing !== undefined) return { blocked: `the build context has no ${inFolder(folder, missing)}` };
  return { ...workspace, patches };
}

/** Other names for manifest, workspace and hooks, which some versions of pnpm look for. */
const ODD = /^(package\.(json5|yaml)|pnpmfile\.js|\.pnpmfile\.(?!cjs$).*|\.?pnpm-workspaces?\.ya?ml)$/;

/** `.pnpmfile.cjs` is a program; one that loads other files of the project can't be told. */
function hooksBlocker({ context, folder }: Project): string | undefined {
  const odd = context.list(folder).find((name) => ODD.test(name) && name !== "pnpm-workspace.yaml");
  if (odd !== undefined) return `pnpm looks for ${inFolder(folder, odd)}`;
  const misnamed = foldersAbove(folder)
    .flatMap((at) => [".pnpm-workspace", "pnpm-workspaces", "pnpm-workspace"].map((name) => [at, name] as const))
    .flatMap(([at, name]) => [".yaml", ".yml"].map((end) => inFolder(at, `${name}${end}`)))
    .find(context.has);
  if (misnamed !== undefined) return `pnpm looks for ${misnamed}`;
  const globals = inFolder(folder, "etc/npmrc");
  if (context.has(globals)) return `pnpm may take ${globals} for its settings`;
  const path = inFolder(folder, ".pnpmfile.cjs");
  const text = context.read(path) ?? "";
  return /require\s*\(|import\s*[({'"]|readFile|process\./.test(text) ? `${path} may read other files` : undefined;
}
