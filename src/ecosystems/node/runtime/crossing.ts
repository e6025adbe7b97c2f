/** Which entries of the project folder the runtime stage needs. In doubt an entry is needed. */
import { type BuildContext, inFolder, isUnder, type Outputs, readTsconfig } from "../../../context/index.ts";
import { filesBelow, filesOf } from "../../blocked.ts";
import { BUILD_FILES, COMPILED, TEST_FOLDERS } from "../../build-inputs.ts";
import { Decline } from "../../decline.ts";
import { textsBelow } from "../../texts.ts";
import { type Packages, packageOf } from "./packages.ts";
import { commandsIn } from "./processes.ts";
import { CODE, importsIn, isReadable, isTest, names, quotes } from "./source-text.ts";

/** Fields of package.json that Node or the app reads, as opposed to tools. */
const RUNTIME_FIELDS = [
  "main",
  "module",
  "bin",
  "exports",
  "imports",
  "dependencies",
  "optionalDependencies",
  "config",
];

/** The project folder, as code that runs in it or in a folder of its outputs says it. */
const ROOT = String.raw`(?:process\.cwd\(\)|["'\`]\.{1,2}\/?["'\`]|(?:path\.)?(?:join|resolve)\((?:process\.cwd\(\)|["'\`]\.["'\`]|(?:__dirname|import\.meta\.dirname),\s*["'\`]\.\.\/?["'\`])?\s*\))`;

/** Reads the names of all that lies in a folder, or gives out all of it. */
const LISTING = String.raw`\b(?:readdir|readdirSync|opendir|opendirSync|static|serve|serveStatic|sirv)\(\s*`;

/** Finds files in all folders of the project. */
const FINDING =
  /\b(?:glob|globSync|globby|globbySync|glob\.sync|fg|fg\.sync|fastGlob|fastGlob\.sync)\(\s*\[?\s*["'`](?:\.\/)?\*/;

/** What is no string that begins with a name, and no variable of the environment: ENV says what that is. */
const COMPUTED = String.raw`(?!\s*(?:process\.env\b|["'\`]\/?(?:\.{1,2}\/)*[\w.@-]))`;

const NAMED_ROOT = new RegExp(String.raw`\b(\w+)\s*(?::\s*string\s*)?=\s*${ROOT}\s*[;,)\n]`, "g");

function listsProject(text: string): boolean {
  const variables = rootsIn(text).map((name) => String.raw`${name}\s*[,)]`);
  return FINDING.test(text) || new RegExp(`${LISTING}(?:${[ROOT, ...variables].join("|")})`).test(text);
}

/** Names of variables that hold the project folder. */
function rootsIn(text: string): readonly string[] {
  return [...text.matchAll(NAMED_ROOT)].map(([, name = ""]) => name);
}

/** The project folder, where the name of a file in it follows as another argument. */
const OPENED = String.raw`(?:process\.cwd\(\)|["'\`]\.{1,2}["'\`]|(?:__dirname|import\.meta\.dirname),\s*["'\`]\.\.\/?["'\`])`;

/** Whether code reads files of the project folder by names that it computes, or all of an ending in any folder. */
function readsAny(text: string): boolean {
  const variables = rootsIn(text);
  const root = [ROOT, ...variables.map((name) => String.raw`\b${name}`)].join("|");
  return [
    String.raw`\b(?:join|resolve)\(\s*(?:${root}|${OPENED})\s*,\s*(?=[\w$(\`"'])${COMPUTED}`,
    String.raw`(?:${root})\s*\+\s*(?:["'\`]\/["'\`]\s*\+\s*)?(?=[\w$(])${COMPUTED}`,
    String.raw`\`(?:\.{1,2}|\$\{(?:${[String.raw`process\.cwd\(\)`, ...variables].join("|")})\})\/?\$\{`,
    String.raw`\b(?:root|directory|path)\s*:\s*(?:${root})\s*[,}\n]`,
    String.raw`["'\`](?:\.\/)?\*\*?\/\*`,
  ].some((pattern) => new RegExp(pattern).test(text));
}

/** Yarn itself and its plugins, which bring all that they load, and start what the app tells them. */
const YARN = ".yarn";

export interface Needs {
  /** Top-level names of the project folder that cross, package.json first; node_modules and outputs are not among them. */
  readonly entries: readonly string[];
  /** Top-level names that stay behind. */
  readonly dropped: readonly string[];
  /** Scripts of package managers, and of programs that would be gone, which code that runs starts. */
  readonly commands: readonly string[];
}

/**
 * Sorts the top-level entries of `project`. `texts` are the words and scripts that run in the container or later in the build.
 * Throws a `Decline` where code that runs uses a package that would be gone.
 */
export function needsOf(project: BuildContext, build: Outputs, packages: Packages, texts: readonly string[]): Needs {
  const entries = project.list("");
  const contents = new Map(entries.map((entry) => [entry, textsOf(project, packages, entry)]));
  const said = (path: string) => contents.get(path) ?? textsOf(project, packages, path);
  const optional = new Set(entries.filter((entry) => isBuildInput(project, build, entry)));
  const kept = new Set(entries.filter((entry) => !optional.has(entry)));
  const compiled = build.sources.filter((source) => project.isFolder(source) || project.has(source));
  // What compiled code says holds for its outputs, whether or not the sources cross.
  const speak = [...texts, ...[...kept, ...compiled].flatMap(said)];
  spread([...optional], speak, contents, kept);
  const running = new Set<string>(compiled.length > 0 ? compiled : kept);
  spread(entries, [...texts, ...[...running].flatMap(said)], contents, running);
  running.delete(YARN);
  const files = [...running].flatMap((entry) => filesOf(project, entry)).filter((path) => !isTest(path));
  const code = files.filter((path) => CODE.test(path)).map((path) => project.read(path) ?? "");
  // Where the compiler takes all that there is, settings of tools lie among the sources.
  const holdsCode = (folder: string) =>
    project.isFolder(folder) && filesOf(project, folder).some((path) => CODE.test(path));
  const asked = new Set(build.sources.filter(holdsCode));
  spread(entries, [...texts, ...code], contents, asked);
  const isAsked = (path: string) => CODE.test(path) || [...asked].some((entry) => isUnder(path, entry));
  checkPackages(project, build, packages, files.filter(isAsked));
  if (code.some(readsAny)) for (const entry of entries) kept.add(entry);
  return {
    entries: [...kept].sort(byImportance),
    dropped: entries.filter((entry) => !kept.has(entry)),
    commands: code.flatMap((text) => commandsIn(text, (word) => packages.offers(word) === false)),
  };
}

/** Adds to `reached` what `texts` name, and what that names in turn. */
function spread(
  candidates: readonly string[],
  texts: readonly string[],
  contents: ReadonlyMap<string, readonly string[]>,
  reached: Set<string>,
): void {
  const found = candidates.filter((entry) => !reached.has(entry) && texts.some((text) => isNamed(text, entry)));
  for (const entry of found) reached.add(entry);
  if (found.length > 0)
    spread(
      candidates,
      found.flatMap((entry) => contents.get(entry) ?? []),
      contents,
      reached,
    );
}

/** What compiles code while it runs, and `tsconfig-paths`, which read their settings by themselves. */
const READ_BY: readonly (readonly [settings: RegExp, loader: RegExp])[] = [
  [/^tsconfig/, /tsconfig|\b(ts-node|esbuild-register|swc-node|@esbuild-kit|jiti)\b|["'`\s]tsx(\/|["'`\s])/],
  [/^(\.babelrc|babel\.config\.)/, /@babel\/(register|node|core)\b|babel-register/],
  [/^\.swcrc/, /@swc\/(register|core)\b|swc-node/],
];

/**
 * Settings are also meant by what reads them; a page of text by its ending, as it is looked for in a listing; a code file by its name without
 * the ending.
 */
function isNamed(text: string, entry: string): boolean {
  if (entry.endsWith(".md") && /\.md\b/.test(text)) return true;
  if (READ_BY.some(([file, loader]) => file.test(entry) && loader.test(text))) return true;
  return names(text, entry) || (CODE.test(entry) && names(text, entry.replace(CODE, "")));
}

/** Whether nothing but builds and tests is known to read an entry of the project folder. */
export function isBuildInput(project: BuildContext, build: Outputs, entry: string): boolean {
  if (build.whole.some((path) => isUnder(entry, path))) return true;
  if (!project.isFolder(entry)) return BUILD_FILES.test(entry);
  if (TEST_FOLDERS.test(entry)) return true;
  // The app may write into an empty folder.
  const files = filesBelow(project, entry);
  return build.sources.includes(entry) && files.length > 0 && files.every((file) => COMPILED.test(file));
}

function textsOf(project: BuildContext, packages: Packages, entry: string): readonly string[] {
  if (entry === "package.json")
    return RUNTIME_FIELDS.map((field) => JSON.stringify(packages.manifest.raw[field] ?? ""));
  if (entry === YARN) return [];
  return textsBelow(project, entry, isReadable);
}

/** Every package that running code imports, or that it or a setting names for something else to load, must stay. */
function checkPackages(project: BuildContext, build: Outputs, packages: Packages, running: readonly string[]): void {
  const tsconfig = readTsconfig(project, "tsconfig.json");
  const aliases = "unknown" in tsconfig ? [] : tsconfig.aliases;
  const isSetting = (path: string) => BUILD_FILES.test(packages.of(path).inside(path));
  const isData = (path: string) => isReadable(path) && !CODE.test(path) && !/(^|\/)package\.json$/.test(path);
  for (const file of running.filter((path) => isData(path) && !isSetting(path)))
    checkNamed(file, project.read(file) ?? "", packages);
  for (const file of running.filter((path) => CODE.test(path) && !isSetting(path))) {
    const text = project.read(file) ?? "";
    if (listsProject(text)) throw new Decline("lists-project", `${file} lists the project folder`);
    const isBundled = build.bundled.some((source) => isUnder(file, source));
    if (isBundled) continue;
    for (const specifier of importsIn(text)) {
      const name = packageOf(specifier);
      if (name === undefined || aliases.some((alias) => specifier.startsWith(alias))) continue;
      // With a base URL, a name may be a folder of the sources.
      if (project.isFolder(name) || build.sources.some((source) => project.isFolder(inFolder(source, name)))) continue;
      const stays = packages.of(file).stays(name);
      if (stays === false)
        throw new Decline("imports-development", `${file} imports ${name}, which is a development dependency`);
      if (stays === undefined)
        throw new Decline("imports-undeclared", `${file} imports ${name}, which package.json does not name`);
    }
    checkNamed(file, withoutTypes(text), packages);
  }
}

/** Throws where a text of the app has the name of a package that would be gone. */
export function checkNamed(file: string, text: string, packages: Packages): void {
  const named = [...packages.of(file).development].find((name) => quotes(text, name));
  if (named !== undefined)
    throw new Decline("names-development", `${file} names ${named}, which is a development dependency`);
}

/** Without `import type … from "…"`. */
function withoutTypes(text: string): string {
  return text.replace(/\b(import|export)\s+type\s[^"';]*?\bfrom\s*["'][^"']*["']|\btypeof\s+import\([^)]*\)/g, "");
}

/** Manifests first. */
export function byImportance(a: string, b: string): number {
  const rank = (name: string) => (name === "package.json" ? 0 : /lock|shrinkwrap/.test(name) ? 1 : 2);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
