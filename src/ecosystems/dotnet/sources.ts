/** Which files of a .NET project only its build reads, and what its sources say of others. */
import { posix } from "node:path";
import { type BuildContext, within } from "../../context/index.ts";
import { isInProject } from "../places.ts";
import type { BuildWork } from "../types.ts";
import { readXml, walk } from "../xml.ts";
import { matching } from "./evaluation.ts";
import { slashes } from "./expressions.ts";
import { isProject } from "./solution.ts";

/** What only the build reads. */
const SOURCE =
  /\.(cs|fs|vb|cshtml|razor|resx|csproj|fsproj|vbproj|sln|slnx|props|targets|ruleset|editorconfig|http|user|nupkg)$|(^|\/)(launchSettings\.json|global\.json|nuget\.config|packages\.lock\.json|packages\.config|libman\.json|bundleconfig\.json|\.config\/dotnet-tools\.json)$/i;

/** Of them, what describes the build and names projects. */
const OF_BUILD = /\.(\w+proj|sln|slnx|props|targets|user|ruleset)$|(^|\/)(global\.json|nuget\.config)$/i;

/** Pages and settings, which lie beside the program in its output folder too. */
const CONTENT = /(^|\/)(appsettings(\.[\w-]+)?\.json|wwwroot\/.*)$/i;

/** Code and settings, which may hold the path of the project. */
const TELLS = /\.(cs|fs|vb|cshtml|razor|json|xml|config|ini|ya?ml)$/i;

/** What has the compiler write the path of the project into the assembly. */
const WRITES_PATH =
  /\bCallerFilePath\b|<(AssemblyMetadata|AssemblyAttribute|DefineConstants)\b.*?\$\((MSBuild(Project|ThisFile)Directory|ProjectDir|SolutionDir)\)/s;

export interface ReadByBuild {
  isSource(path: string): boolean;
  speech(source: string, path: string): string;
}

/** `outputs` are those that the container needs, absolute; `words` what it runs. */
export function readByBuild(work: BuildWork, outputs: readonly string[], words: readonly string[]): ReadByBuild {
  // `dotnet build` leaves pages where they are, and names them there (StaticWebAssets).
  const isPublished = work.commands.some(({ invocation: { action } }) => action === "publish");
  if (isPublished && isApart(work, outputs, words)) return { isSource: () => true, speech: () => "" };
  const roots = contentRoots(work, words);
  const isContentRead = (path: string) =>
    (!isPublished && /(^|\/)wwwroot\//i.test(path)) ||
    roots.some((root) => /^(appsettings|wwwroot\/)/i.test(posix.relative(root, posix.resolve(work.folder, path))));
  const assemblies = assembliesOf(work.project);
  const embedded = embeddedIn(work.project);
  const kinds = kindsRead(work.project);
  const isBuilt = (path: string) => SOURCE.test(path) && !kinds.has(posix.extname(path).toLowerCase());
  return {
    isSource: (path) =>
      isBuilt(path) ||
      isLeftOver(work.project, path) ||
      embedded.has(path) ||
      (CONTENT.test(path) && !isContentRead(path)),
    speech: (source, path) => (OF_BUILD.test(path) ? "" : stringsOf(source, assemblies).join(" ")),
  };
}

/** The content root of a web app is the folder that it starts in (Microsoft.Extensions.Hosting, CreateApplicationBuilder), or one that it is told. */
function contentRoots({ project, folder, startsIn, settings }: BuildWork, words: readonly string[]): readonly string[] {
  const told = [...words, ...settings].flatMap((text) => text.split("=").at(-1) ?? []);
  const paths = told.map((text) => posix.resolve(startsIn, text));
  const isOfProject = (path: string) => isInProject(path, folder) && project.isFolder(posix.relative(folder, path));
  return [startsIn, ...paths.filter(isOfProject)];
}

/** Whether neither a relative path nor one that is written down leads from the program to the project. */
function isApart(work: BuildWork, outputs: readonly string[], words: readonly string[]): boolean {
  const { project, folder, startsIn } = work;
  if ([startsIn, ...outputs].some((path) => isInProject(path, folder))) return false;
  // `/src/data`, and `Path.Combine(root, "src", "data")`.
  const named = new RegExp(`[/\\\\"]${posix.basename(folder).replace(/[^\w-]/g, "\\$&")}(?![\\w.-])`);
  const leads = (path: string) => {
    const text = project.read(path) ?? "";
    return WRITES_PATH.test(text) || (TELLS.test(path) && named.test(text));
  };
  if ([...words, ...work.words, ...work.settings].some((text) => named.test(text))) return false;
  // Steps behind the build may still work in the project folder.
  if (work.words.some((word) => within("", word) && (project.has(word) || project.isFolder(word)))) return false;
  return !project.files().some((path) => (SOURCE.test(path) || TELLS.test(path)) && leads(path));
}

/** Strings of code that are no imports. What an assembly calls itself, or what it holds (`Shop.Stock.shelves.csv`), is no path. */
function stringsOf(source: string, assemblies: readonly string[]): readonly string[] {
  const code = source
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/^\s*(using|namespace|open)\s.*$/gm, "")
    .replace(/\b(Assembly\.Load|MigrationsAssembly)\(\s*"[^"/\\]*"/g, "");
  const strings = code.match(/"(?:[^"\\\n]|\\.)*"|@"(?:[^"]|"")*"/g) ?? [];
  return strings.filter((text) => !assemblies.some((name) => text.startsWith(`"${name}.`) && /^"[\w.]*"$/.test(text)));
}

/** Builds compile pages since ASP.NET Core 2.1 (Microsoft.NET.Sdk.Razor); before, the program does, unless it has a package for that. */
const BEFORE_RAZOR = /<TargetFrameworks?>[^<]*\b(netcoreapp1\.\d|netcoreapp2\.0|net4\d)/i;

/** Extensions of sources that the program itself looks for (`*.cs`), and of pages that it compiles when they are asked for. */
function kindsRead(project: BuildContext): ReadonlySet<string> {
  const texts = project.files().map((path) => [path, SOURCE.test(path) ? (project.read(path) ?? "") : ""] as const);
  const code = texts.flatMap(([path, text]) => (OF_BUILD.test(path) ? [] : text));
  const listed = code.flatMap((text) =>
    [...text.matchAll(/"[^"\n]*\*(\.\w+)"/g)].map(([, kind = ""]) => kind.toLowerCase()),
  );
  const compilesPages = texts.some(
    ([, text]) =>
      /\bAddRazorRuntimeCompilation\b|RazorCompileOn(Build|Publish)>\s*false/i.test(text) || BEFORE_RAZOR.test(text),
  );
  return new Set([...listed, ...(compilesPages ? [".cshtml", ".razor"] : [])]);
}

/** Whether a file of the build context is what a build on another machine left beside its project. */
function isLeftOver(project: BuildContext, path: string): boolean {
  const folder = /^(.*\/)?(bin|obj)\//.exec(path);
  return folder !== null && project.list((folder[1] ?? "").replace(/\/$/, "")).some(isProject);
}

/** Folders at the top that are named for the assembly whose project they hold. */
function assembliesOf(project: BuildContext): readonly string[] {
  const isAlone = (name: string) => !project.list("").some((other) => other.startsWith(`${name}.`));
  return project.list("").filter((name) => project.list(name).some(isProject) && isAlone(name));
}

/** Files that projects have written into their assemblies. */
function embeddedIn(project: BuildContext): ReadonlySet<string> {
  return new Set(
    project.files().flatMap((path) => {
      const root = isProject(path) ? readXml(project.read(path) ?? "") : undefined;
      const items = root ? [...walk(root)].filter(({ name }) => name === "EmbeddedResource") : [];
      const included = items.flatMap(({ attributes: { Include = "" } }) => slashes(Include).split(";"));
      return included.flatMap((pattern) => matching(project, posix.join(posix.dirname(path), pattern.trim())));
    }),
  );
}
