/** What npm, yarn and pnpm have in common: the manifests of a project, and all that they could lead to. */
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, homeSettings, inFolder, unread, versionFiles } from "../blocked.ts";
import type { InstallInputs, Surroundings } from "../types.ts";
import { dependencyScriptInputs, type Scripted } from "./install-scripts.ts";
import { filesOfAll, isUnknown, lifecycleInputs, type ScriptFiles } from "./lifecycle.ts";
import { localOverride, localTarballs } from "./local.ts";
import { type PackageJson, readPackageJson } from "./manifest.ts";
import { leadsElsewhere, settingsBlocker } from "./npmrc.ts";
import { memberPrograms, rootAbove, type Workspace, workspacesOf } from "./workspaces.ts";

export interface Project {
  readonly context: BuildContext;
  /** In the context; "" is its root. */
  readonly folder: string;
  readonly manifest: PackageJson;
  readonly surroundings: Surroundings;
}

/** The project in `folder`, or why there is none. */
export function openProject(
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): Project | { readonly blocked: string } {
  const path = inFolder(folder, "package.json");
  if (context.read(path) === undefined) return { blocked: unread(context, path) };
  const manifest = readPackageJson(context, path);
  return manifest ? { context, folder, manifest, surroundings } : { blocked: `${path} can't be read` };
}

/** Corepack writes the version that it chose into a `package.json` that names none, unless it is told not to (its README, COREPACK_ENABLE_AUTO_PIN). */
export function addsPackageManager({ manifest, surroundings }: Project, tool: string): string | undefined {
  const pins = surroundings.corepack && surroundings.env.get("COREPACK_ENABLE_AUTO_PIN") !== "0";
  return pins && manifest.raw.packageManager === undefined
    ? `Corepack may add a packageManager to ${manifest.path} when ${tool} runs`
    : undefined;
}

interface Asked {
  /** Files that this package manager reads where they exist: locks and settings. */
  readonly files: readonly string[];
  readonly settings: readonly string[];
  readonly patterns: readonly string[];
  readonly scripts: Scripted | undefined;
}

/**
 * The files of the context that an install in `project` reads, and what it writes below it. `scripts` is undefined where no script runs.
 */
export function projectInputs(
  { context, folder, manifest, surroundings }: Project,
  { files, settings, patterns, scripts }: Asked,
): Inputs | Unread {
  const root = rootAbove(context, folder);
  if (root !== undefined) return { blocked: `${root} may make ${folder} a part of its workspace` };
  const elsewhere =
    settingsBlocker(context, folder, settings, surroundings) ?? homeSettings(context, folder, surroundings);
  if (elsewhere !== undefined) return { blocked: elsewhere };
  const members = workspacesOf(context, folder, patterns);
  if ("blocked" in members) return members;

  const versions = versionFiles(context, folder, surroundings.base);
  if ("blocked" in versions) return versions;
  const own = [...files, ...settings, ...versions.files]
    .map((name) => inFolder(folder, name))
    .filter((path) => context.has(path));
  const inputs: string[] = [manifest.path, ...own];
  const read: ScriptFiles[] = [];
  for (const member of [{ folder, manifest }, ...members]) {
    const needed = memberInputs(context, member, scripts !== undefined);
    if ("blocked" in needed && isUnknown(needed)) return needed;
    // Of a member pnpm reads them too, the others leave them alone.
    const own = settings.map((name) => inFolder(member.folder, name)).filter((path) => context.has(path));
    const other = own.find((path) => leadsElsewhere(context.read(path) ?? "") !== undefined);
    if (other !== undefined) return { blocked: `${other} sets ${leadsElsewhere(context.read(other) ?? "")}` };
    const programs = member.folder === folder ? { files: [] } : memberPrograms(context, member);
    if ("blocked" in programs) return programs;
    inputs.push(member.manifest.path, ...own, ...programs.files);
    if (!("blocked" in needed)) inputs.push(...needed.files);
    read.push(needed);
  }
  if (scripts) {
    const needed = dependencyScriptInputs(context, folder, manifest, scripts);
    if ("blocked" in needed && isUnknown(needed)) return needed;
    if (!("blocked" in needed)) inputs.push(...needed.files);
    read.push(needed);
  }
  const modules = [folder, ...members.map((member) => member.folder)].map((at) => inFolder(at, "node_modules"));
  const all = filesOfAll(read);
  if (!("blocked" in all)) return { files: inputs, writes: modules };
  return { blocked: all.blocked, reformats: { files: inputs, writes: [...modules, ...(all.writes ?? [])] } };
}

interface Inputs {
  readonly files: readonly string[];
  readonly writes: readonly string[];
}

/** Of an install that reads more than is known: see `InstallInputs`. */
interface Unread {
  readonly blocked: string;
  readonly reformats?: Inputs;
}

function memberInputs(context: BuildContext, { folder, manifest }: Workspace, runsScripts: boolean): ScriptFiles {
  const override = localOverride(manifest);
  if (override !== undefined) return { blocked: override };
  const tarballs = localTarballs(context, folder, manifest);
  if ("blocked" in tarballs || !runsScripts) return tarballs;
  const scripts = lifecycleInputs(context, folder, manifest);
  return "blocked" in scripts ? scripts : { files: [...tarballs.files, ...scripts.files] };
}

/** The answer in the form that transforms take: paths relative to the project's folder, no two alike, no links among them. */
export function relativeInputs(context: BuildContext, folder: string, inputs: Inputs | Unread): Inputs | Unread {
  if ("blocked" in inputs) {
    const found = inputs.reformats && relativeInputs(context, folder, inputs.reformats);
    return found && !("blocked" in found) ? { blocked: inputs.blocked, reformats: found } : { blocked: inputs.blocked };
  }
  const link = inputs.files.find((path) => context.isLink(path));
  if (link !== undefined) return { blocked: `${link} is a symbolic link` };
  const relative = (paths: readonly string[]) => [
    ...new Set(paths.map((path) => (folder === "" ? path : path.slice(folder.length + 1)))),
  ];
  return { files: relative(inputs.files), writes: relative(inputs.writes) };
}

/** The answer for an install that may write its lock anew as well, as `blocked` says where it may. */
export function rewriting(blocked: Blocker, found: ReturnType<typeof relativeInputs>, lock: string): InstallInputs {
  if (blocked === undefined) return found;
  const known = "blocked" in found ? found.reformats : found;
  return known ? { blocked, reformats: { files: known.files, writes: [...known.writes, lock] } } : { blocked };
}
