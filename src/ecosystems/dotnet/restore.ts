/** What `dotnet restore` reads of a build context, and what it writes there. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { foldersAbove, inFolder, linkAmong } from "../blocked.ts";
import { Blocked, orBlocked } from "../blocking.ts";
import type { InstallInputs, Surroundings } from "../types.ts";
import { type Evaluated, evaluate, stem } from "./evaluation.ts";
import { inContext, ROOT, slashes, type Values } from "./expressions.ts";
import { responseFiles } from "./responses.ts";
import { packagesIn, readSettings, settingsAbove } from "./settings.ts";
import { entryPoints, isSolution, projectsOf } from "./solution.ts";
import type { Words } from "./words.ts";

/** Properties on the command line that lead to no other file. */
const HARMLESS =
  /^(Configuration|Platform|RuntimeIdentifiers?|TargetFrameworks?|SelfContained|Version(Prefix|Suffix)?|(File|Assembly|Informational|Package)Version|Publish(Aot|Trimmed|ReadyToRun|SingleFile)|UseAppHost|UseCurrentRuntimeIdentifier|Trim(Mode|merRemoveSymbols)|InvariantGlobalization|Deterministic|ContinuousIntegrationBuild|Debug(Type|Symbols)|(Include|Enable|Stack|Event|Optimiz|Garbage|Suppress|Treat|Warn|NoWarn|Self|Il|Strip|Is|Restore(LockedMode|PackagesWithLockFile|IgnoreFailedSources|DisableParallel|NoCache|Force))\w*)$/i;

/** Properties that say where a restore takes packages from. */
const SOURCES = ["RestoreSources", "RestoreAdditionalProjectSources", "RestoreFallbackFolders"];
const SOURCE_SETTINGS = ["RestoreConfigFile", "RestoreRootConfigDirectory", "DirectoryPackagesPropsPath"];

/** `folder` is where the command runs, in the context. */
export function restoreInputs(
  words: Words,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): InstallInputs {
  return orBlocked(() => {
    const { files, writes } = collect(words, context, folder, surroundings);
    const link = linkAmong(context, [...files]);
    if (link !== undefined) return { blocked: link };
    const relative = (paths: Iterable<string>) =>
      [...new Set(paths)].map((path) => posix.relative(`/${folder}`, `/${path}`));
    const places = relative(writes);
    return { files: relative(files), writes: places, fetched: [...downloads(surroundings), ...places] };
  });
}

interface Collected {
  readonly files: Set<string>;
  readonly writes: Set<string>;
}

function collect(
  { target, properties, options }: Words,
  context: BuildContext,
  folder: string,
  { cwd, env }: Surroundings,
): Collected {
  const unknown = [...properties.keys()].find((name) => !HARMLESS.test(name));
  if (unknown !== undefined) throw new Blocked(`the property ${unknown} could make the restore read other files`);
  const files = new Set<string>();
  const writes = new Set<string>();
  const place = (path: string): string | undefined => placeIn(path, folder, cwd);

  const starts = entryPoints(context, target === undefined ? folder : inside(place(target), target));
  const solution = starts.find(isSolution);
  const given = { globals: properties, env, solutionFolder: solution === undefined ? undefined : parent(solution) };
  const waiting = starts.flatMap((start) => (isSolution(start) ? projectsOf(context, start) : [start]));
  for (const start of starts) {
    files.add(start);
    for (const file of besideStart(context, start)) files.add(file);
  }
  const locked = options.has("locked-mode") || properties.get("RestoreLockedMode") === "true";
  const seen = new Set<string>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const project = evaluate(context, path, given);
    for (const file of project.files) files.add(file);
    for (const folder of outputsOf(project, path, context)) writes.add(folder);
    for (const file of sourcesOf(project, path, context)) files.add(file);
    const lock = lockOf(project, path, context);
    if (lock !== undefined) {
      if (!locked && !isAlways(project.property("RestoreLockedMode"), "true"))
        throw new Blocked(`dotnet restore keeps ${lock} up to date; with --locked-mode it would not`);
      files.add(lock);
    }
    waiting.push(...project.references);
  }

  const folders = [folder, ...[...starts, ...seen].map(parent)];
  const config = options.get("configfile");
  const settings =
    config === undefined ? folders.flatMap((at) => settingsAbove(context, at)) : [inside(place(config), config)];
  for (const file of new Set(settings)) {
    const read = readSettings(context, file);
    for (const each of read.files) files.add(each);
    for (const each of read.writes) writes.add(each);
  }
  for (const file of folders.flatMap((at) => filesAbove(context, at, /^global\.json$/i))) {
    if (/"paths"\s*:/.test(context.read(file) ?? ""))
      throw new Blocked(`${file} has options that could make the restore read other files`);
    files.add(file);
  }
  for (const start of starts) for (const file of responseFiles(context, parent(start))) files.add(file);
  const source = options.get("source");
  if (source !== undefined) for (const file of packagesIn(context, source, inFolder(folder, "-s"))) files.add(file);
  for (const option of ["packages", "artifacts-path"]) {
    const value = options.get(option);
    const within = value === undefined ? undefined : place(value);
    if (within !== undefined) writes.add(within);
  }
  const writing = ["lock-file-path", "use-lock-file", "force-evaluate"].find((name) => options.has(name));
  if (writing !== undefined) throw new Blocked(`--${writing} has the restore write its lock file`);
  return { files, writes };
}

/** The path in the context of a word that names a file; undefined where it lies elsewhere in the image. */
function placeIn(word: string, folder: string, cwd: string | undefined): string | undefined {
  const path = slashes(word);
  if (!path.startsWith("/")) return inContext(posix.resolve(ROOT, folder, path));
  if (cwd === undefined) throw new Blocked(`it is not known whether ${word} lies in the project`);
  const root = posix.resolve(cwd, posix.relative(`/${folder}`, "/"));
  return inContext(posix.resolve(ROOT, posix.relative(root, path)));
}

function inside(path: string | undefined, word: string): string {
  if (path === undefined) throw new Blocked(`${word} lies outside of the build context`);
  return path;
}

/** What MSBuild reads beside a solution and above it. */
function besideStart(context: BuildContext, start: string): string[] {
  if (!isSolution(start)) return [];
  const folder = parent(start);
  const beside = ["before", "after"].map((when) => inFolder(folder, `${when}.${posix.basename(start)}.targets`));
  const found = beside.find(context.has) ?? filesAbove(context, folder, /^Directory\.Solution\.(props|targets)$/)[0];
  if (found !== undefined) throw new Blocked(`${found} changes how the solution is restored`);
  return [];
}

function filesAbove(context: BuildContext, folder: string, name: RegExp): string[] {
  return [folder, ...foldersAbove(folder)].flatMap((at) =>
    context
      .list(at)
      .filter((each) => name.test(each))
      .map((each) => inFolder(at, each))
      .filter(context.has),
  );
}

/** Where NuGet's files of a project go: `obj`, unless the project says otherwise. */
function outputsOf(project: Evaluated, path: string, context: BuildContext): string[] {
  const moved = [
    "MSBuildProjectExtensionsPath",
    "BaseIntermediateOutputPath",
    "RestoreOutputPath",
    "ArtifactsPath",
    "RestorePackagesPath",
  ];
  const named = moved.flatMap((name) => foldersIn(project.property(name), name, project, path));
  const artifacts = project.property("UseArtifactsOutput");
  if (!artifacts || artifacts.some((value) => /^true$/i.test(value))) {
    const props = [project.folder, ...foldersAbove(project.folder)].find((at) =>
      context.has(inFolder(at, "Directory.Build.props")),
    );
    named.push(inFolder(props ?? project.folder, "artifacts"));
  }
  return [inFolder(project.folder, "obj"), ...named];
}

function foldersIn(values: Values, name: string, project: Evaluated, path: string): string[] {
  if (!values) throw new Blocked(`${path} computes ${name}`);
  return values.flatMap((value) => {
    if (value === "") return [];
    return inContext(posix.resolve(ROOT, project.folder, slashes(value))) ?? [];
  });
}

function sourcesOf(project: Evaluated, path: string, context: BuildContext): string[] {
  const setting = SOURCE_SETTINGS.find((name) => project.property(name)?.length !== 0);
  if (setting !== undefined) throw new Blocked(`${path} sets ${setting}`);
  return SOURCES.flatMap((name) => {
    const values = project.property(name);
    if (!values) throw new Blocked(`${path} computes ${name}`);
    const sources = values.flatMap((value) => value.split(";")).filter((value) => value.trim() !== "");
    return sources.flatMap((source) => packagesIn(context, source.trim(), path));
  });
}

/** A lock file that is there, by its path in the context. */
function lockOf(project: Evaluated, path: string, context: BuildContext): string | undefined {
  const named = project.property("NuGetLockFilePath");
  if (!named) throw new Blocked(`${path} computes NuGetLockFilePath`);
  const own = [`packages.${stem(path).replaceAll(" ", "_")}.lock.json`, "packages.lock.json"];
  const places = [...named.filter((value) => value !== ""), ...own];
  return places
    .flatMap((value) => inContext(posix.resolve(ROOT, project.folder, slashes(value))) ?? [])
    .find(context.has);
}

function isAlways(values: Values, value: string): boolean {
  return values?.length === 1 && values[0]?.toLowerCase() === value;
}

/** Where downloads go (NuGet's folders, and what `dotnet` keeps in a home folder). */
function downloads({ env }: Surroundings): string[] {
  const own = ["NUGET_PACKAGES", "NUGET_HTTP_CACHE_PATH", "NUGET_SCRATCH", "DOTNET_CLI_HOME"];
  const unknown = own.find((name) => env.has(name) && !env.get(name)?.startsWith("/"));
  if (unknown !== undefined) throw new Blocked(`${unknown} is set to a place that is not known`);
  const home = env.get("DOTNET_CLI_HOME");
  return [
    env.get("NUGET_PACKAGES") ?? "~/.nuget",
    env.get("NUGET_HTTP_CACHE_PATH") ?? "~/.local/share/NuGet",
    env.get("NUGET_SCRATCH") ?? "/tmp/NuGetScratch",
    home === undefined ? "~/.dotnet" : posix.join(home, ".dotnet"),
  ];
}

function parent(path: string): string {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}
