import type { BuildContext } from "../context/types.ts";
import { foldersAbove, inFolder, unknownOption } from "./blocked.ts";
import { argumentsOf } from "./call.ts";
import { objectOf, stringsOf } from "./node/manifest.ts";
import { environmentSettings, ignoresScripts, npmrcOf } from "./node/npmrc.ts";
import { type PnpmWorkspace, pnpmLockImporters, pnpmLockPackages, readPnpmWorkspace } from "./node/pnpm-files.ts";
import { addsPackageManager, openProject, type Project, projectInputs, relativeInputs } from "./node/project.ts";
import { workspacesOf } from "./node/workspaces.ts";
import { subcommands } from "./subcommands.ts";
import type { Call, Ecosystem, InstallInputs, Surroundings } from "./types.ts";

const VALUED = ["-C", "--dir", "--filter", "-F", "--store-dir", "--registry", "--reporter", "--loglevel"];

/** Any word that is no subcommand runs a script. */
const known = subcommands({
  name: "pnpm",
  commands: ["pnpm", "pnpx"],
  purposes: {
    dependencies: ["install", "i", "add", "fetch", "rebuild", "prune", "deploy"],
    system: ["env use", "self-update", "setup"],
    files: ["config", "config set", "init"],
    clean: ["store prune", "cache delete"],
  },
  valued: VALUED,
  otherwise: "build",
});

/** Options that change neither which files of the project an install reads nor where it writes. */
const HARMLESS =
  /^(-[sPD]|-C|--(dir|frozen-lockfile|prefer-frozen-lockfile|prod|production|dev|no-optional|ignore-scripts|offline|prefer-offline|silent|reporter|loglevel|registry|shamefully-hoist|unsafe-perm|strict-peer-dependencies|no-strict-peer-dependencies|force|no-color|color|config\.\S+))$/;

export const pnpm: Ecosystem = { ...known, folderOptions: ["-C", "--dir"], installInputs };

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const args = argumentsOf(call.args, VALUED);
  const action = known.recognise(call)?.action;
  if (action !== "install" && action !== "i") return { blocked: `pnpm ${action} is not a plain install` };
  if (args.positional.length > 1) return { blocked: `pnpm ${args.positional.join(" ")} changes package.json` };
  const option = unknownOption(args, HARMLESS);
  if (option !== undefined) return { blocked: option };
  const project = openProject(context, folder, surroundings);
  if ("blocked" in project) return project;

  const pinned = addsPackageManager(project, "pnpm");
  if (pinned !== undefined) return { blocked: pinned };
  const lock = inFolder(folder, "pnpm-lock.yaml");
  const text = context.read(lock);
  if (context.has(lock) && text === undefined) return { blocked: `${lock} can't be read` };
  if (text !== undefined && !keepsLock(project, args.options))
    return { blocked: `pnpm install may rewrite ${lock}; \`--frozen-lockfile\` would not let it` };

  const workspace = workspaceOf(project);
  if ("blocked" in workspace) return workspace;
  const unlisted = text === undefined ? undefined : unlistedMember(project, workspace.patterns, text);
  if (unlisted !== undefined) return { blocked: `${lock} does not list ${unlisted}, and pnpm install would add it` };
  const hooks = hooksBlocker(project);
  if (hooks !== undefined) return { blocked: hooks };
  const runsScripts = !ignoresScripts(context, folder, args.options, surroundings.env);
  const direct = { packages: project.manifest.dependencies.map(({ name }) => name), certain: false };
  const inputs = projectInputs(project, {
    files: ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".pnpmfile.cjs", ...workspace.patches],
    settings: [".npmrc"],
    patterns: workspace.patterns,
    scripts: runsScripts ? (text === undefined ? direct : pnpmLockPackages(text)) : undefined,
  });
  return relativeInputs(context, folder, inputs);
}

/** A member that has no dependencies may be missing in a lock; pnpm adds it, frozen or not (seen with pnpm 9). */
function unlistedMember({ context, folder }: Project, patterns: readonly string[], lock: string): string | undefined {
  const members = workspacesOf(context, folder, patterns);
  if ("blocked" in members) return undefined;
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
  const workspace = text === undefined ? { patterns: [], patches: [] } : readPnpmWorkspace(path, text);
  if ("blocked" in workspace) return workspace;
  const patches = [...own, ...workspace.patches].map((patch) => patch.replace(/^\.\//, ""));
  const missing = patches.find((patch) => !context.has(inFolder(folder, patch)));
  if (missing !== undefined) return { blocked: `the build context has no ${inFolder(folder, missing)}` };
  return { patterns: workspace.patterns, patches };
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
