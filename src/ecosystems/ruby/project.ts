/** A project of Bundler: what an install of it reads, whatever else. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, filesBelow, foldersAbove, homeSettings, inFolder, linkAmong } from "../blocked.ts";
import type { Call, Surroundings } from "../types.ts";
import { gemfileReads } from "./gemfile.ts";
import { bundleArguments, isOfficial, type Settings, settingsOf } from "./options.ts";

/** An install of a project, as far as both an install and a fetch ask. */
export interface Opened {
  /** Relative to the project. */
  readonly files: readonly string[];
  readonly lock: string;
  readonly hasLock: boolean;
  readonly settings: Settings;
  /** A gemspec of the project whose programs are installed. */
  readonly programs: string | undefined;
  readonly hasCache: boolean;
  readonly path: string;
}

/** The install in `folder`, or why what it reads is not known. */
export function openInstall(
  call: Call,
  context: BuildContext,
  folder: string,
  around: Surroundings,
): Opened | { readonly blocked: string } {
  const surroundings = { ...around, env: new Map([...around.env, ...call.env]) };
  const args = bundleArguments(call);
  if (args.blocked !== undefined) return { blocked: args.blocked };
  const gemfile = gemfileName(args.options.get("--gemfile"), context, folder, surroundings);
  if (typeof gemfile !== "string") return gemfile;
  const path = inFolder(folder, gemfile);
  if (!context.has(path))
    return { blocked: context.ignores(path) ? `.dockerignore keeps out ${path}` : `the build context has no ${path}` };
  const settings = settingsOf(args, context, folder, surroundings);
  if ("blocked" in settings) return settings;
  const blocked =
    installedNearby(context, folder) ??
    homeSettings(context, folder, surroundings) ??
    homeOf(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };
  const reads = gemfileReads(context, path);
  if ("blocked" in reads) return reads;
  const versions = versionFiles(context, folder, surroundings);
  if ("blocked" in versions) return versions;

  const lock = gemfile === "gems.rb" ? "gems.locked" : `${gemfile}.lock`;
  const cache = filesBelow(context, inFolder(folder, "vendor/cache"));
  const program = programFile(call, surroundings);
  const own = [
    gemfile,
    lock,
    ...DEPENDENCY_FILES,
    ...program,
    ...(settings.file === undefined ? [] : [settings.file]),
    ...versions.files,
  ];
  const all = [...own.map((name) => inFolder(folder, name)), ...reads.files, ...cache].filter((file) =>
    context.has(file),
  );
  const outside = all.find((file) => folder !== "" && !file.startsWith(`${folder}/`));
  if (outside !== undefined) return { blocked: `${path} leads to ${outside}` };
  const link = linkAmong(context, all);
  if (link !== undefined) return { blocked: link };
  const files = [...new Set(all)].map((file) => posix.relative(folder, file));
  return {
    files,
    lock,
    hasLock: context.has(inFolder(folder, lock)),
    settings,
    programs: reads.programs,
    hasCache: cache.length > 0,
    path,
  };
}

/** By the lock of one of these, RubyGems chooses the Bundler that runs (rubygems/bundler_version_finder.rb). */
export const DEPENDENCY_FILES: readonly string[] = ["gem.deps.rb", "gems.rb", "Gemfile", "Isolate"].flatMap((name) => [
  name,
  `${name}.lock`,
]);

/** A program of the project that starts Bundler: `bin/bundle`. */
function programFile({ path }: Call, { cwd }: Surroundings): string[] {
  if (!path.includes("/")) return [];
  const own = path.startsWith("/") ? posix.relative(cwd ?? "/", path) : posix.normalize(path);
  return own.startsWith("..") ? [] : [own];
}

/** The Gemfile's name in the folder, or why there is no telling. */
function gemfileName(
  option: string | undefined,
  context: BuildContext,
  folder: string,
  { env, cwd }: Surroundings,
): string | { readonly blocked: string } {
  if (option !== undefined) return posix.basename(option);
  if (env.has("BUNDLE_GEMFILE")) {
    const value = env.get("BUNDLE_GEMFILE");
    const name = value !== undefined && cwd !== undefined ? posix.relative(cwd, posix.resolve(cwd, value)) : undefined;
    return name !== undefined && !name.includes("/") ? name : { blocked: "BUNDLE_GEMFILE names a Gemfile elsewhere" };
  }
  const found = ["Gemfile", "gems.rb"].filter((name) => context.has(inFolder(folder, name)));
  return found.length > 1
    ? { blocked: `there is both ${inFolder(folder, "Gemfile")} and gems.rb` }
    : (found[0] ?? "Gemfile");
}

/** What lies where gems and plugins are installed, or would be taken for a gem. */
function installedNearby(context: BuildContext, folder: string): Blocker {
  const found = context.list(folder).find((name) => name.endsWith(".gem"));
  if (found !== undefined) return `${inFolder(folder, found)} may be installed by its name`;
  const plugin = inFolder(folder, ".bundle/plugin");
  if (context.isFolder(plugin)) return `${plugin} holds plugins`;
  const odd = ["vendor", "vendor/cache", ".bundle"].map((name) => inFolder(folder, name)).find(context.has);
  if (odd !== undefined) return `${odd} is no folder`;
  const cache = inFolder(folder, "vendor/cache");
  if (context.isFolder(cache) && filesBelow(context, cache).length === 0) return `${cache} is an empty folder`;
  const installed = inFolder(folder, "vendor/bundle");
  return context.has(installed) || context.isFolder(installed)
    ? `the build context holds ${installed}, where gems are installed; keep it out with .dockerignore`
    : undefined;
}

/** What RubyGems and Bundler would take for their user's own. */
function homeOf(context: BuildContext, folder: string, { cwd, env }: Surroundings): Blocker {
  const isHome = env.has("HOME") ? env.get("HOME") === cwd : /^\/(root|home\/[^/]+)$/.test(cwd ?? "");
  const found = [".bundle", ".gem", ".gemrc"]
    .map((name) => inFolder(folder, name))
    .find((path) => context.has(path) || context.isFolder(path));
  return isHome && found ? `${found} may lie in the home folder of who installs` : undefined;
}

/** Files by which version managers choose the Ruby that runs. Official images have none. */
const VERSION_FILES = [
  ".ruby-version",
  ".ruby-gemset",
  ".tool-versions",
  ".rbenv-vars",
  ".rbenv-gemsets",
  ".rvmrc",
  "mise.toml",
  ".mise.toml",
];

function versionFiles(
  context: BuildContext,
  folder: string,
  { base }: Surroundings,
): { readonly files: readonly string[] } | { readonly blocked: string } {
  if (isOfficial(base)) return { files: [] };
  const above = foldersAbove(folder)
    .flatMap((at) => VERSION_FILES.map((name) => inFolder(at, name)))
    .find(context.has);
  return above === undefined
    ? { files: VERSION_FILES.filter((name) => context.has(inFolder(folder, name))) }
    : { blocked: `${above} may choose the Ruby that installs` };
}
