/** Reads tsconfig.json as `tsc` does: JSON with comments, `extends` chains, and paths relative to the file that holds them. */
import type { BuildContext } from "../types.ts";
import { asObject, asStrings, type JsonObject, objectOf } from "./jsonc.ts";
import { hasOption, optionOf, positionalOf } from "./options.ts";
import { folderOf, isUnder, within } from "./paths.ts";
import { type Build, NOTHING, type Reader, together, type Unknown, unknown } from "./types.ts";

/** A tsconfig after `extends`: each path is relative to the project. */
export interface Tsconfig {
  readonly file: string;
  readonly outDir: string | undefined;
  readonly noEmit: boolean;
  /** Import prefixes that are no packages: `@/`, `~`. */
  readonly aliases: readonly string[];
  /** What `include` and `files` name, cut before the first wildcard: folders and files. */
  readonly included: readonly string[];
  /** Whether it names no file at all: it is there for its references. */
  readonly isEmpty: boolean;
  /** Those that `tsc -b` compiles before it. */
  readonly references: readonly string[];
}

/** Options of `tsc` that take a word. */
const VALUED = ["-p", "--project", "--outDir", "--rootDir", "-t", "--target", "-m", "--module", "--jsx", "--lib"];

/** `tsc`, `tsc -p FILE`, `tsc --outDir DIR`, `tsc --noEmit`. */
export const readTsc: Reader = (words, project) => {
  if (hasOption(words, "-w", "--watch")) return unknown("`tsc --watch` does not end");
  if (hasOption(words, "-v", "--version", "--init", "--clean")) return NOTHING;
  if (positionalOf(words, VALUED).some((word) => /\.[cm]?tsx?$/.test(word)))
    return unknown("`tsc` is told single files on its command line");
  const build = hasOption(words, "-b", "--build");
  const named = build ? positionalOf(words, VALUED) : (optionOf(words, "-p", "--project") ?? []);
  const paths = named.length > 0 ? [named].flat() : ["tsconfig.json"];
  const configs = build ? withReferences(paths, project) : paths.map((path) => readTsconfig(project, path));
  const told = optionOf(words, "--outDir");
  const isChecked = hasOption(words, "--noEmit") && optionOf(words, "--noEmit") !== "false";
  const made = configs.map((config) => {
    if ("unknown" in config) return config;
    const emits = !isChecked && (!config.noEmit || hasOption(words, "--noEmit")) && !config.isEmpty;
    if (!emits) return NOTHING;
    return tsOutputs(told === undefined ? config : { ...config, outDir: within("", told) }, project);
  });
  return together(made);
};

/** Each project once, with those that it refers to. */
function withReferences(paths: readonly string[], project: BuildContext): readonly (Tsconfig | Unknown)[] {
  const found = new Map<string, Tsconfig | Unknown>();
  const add = (path: string) => {
    if (found.has(path)) return;
    const config = readTsconfig(project, path);
    found.set(path, config);
    if (!("unknown" in config)) config.references.forEach(add);
  };
  paths.forEach(add);
  return [...found.values()];
}

/** What compiling by `config` makes. */
export function tsOutputs(config: Tsconfig, project: BuildContext): Build {
  const { outDir, file } = config;
  if (outDir === undefined) return unknown(`${file} names no \`outDir\` inside the project`);
  if (outDir === "") return unknown(`the \`outDir\` of ${file} is the project folder itself`);
  const included = config.included.length > 0 ? config.included : [""];
  const sources = project
    .list("")
    .filter((name) => project.isFolder(name) && !isUnder(outDir, name))
    .filter((name) => included.some((path) => isUnder(name, path)));
  return { outputs: [outDir], sources, bundles: false };
}

/** Reads `path`, a file or a folder that holds a tsconfig.json, and what it extends. */
export function readTsconfig(project: BuildContext, path: string): Tsconfig | Unknown {
  const at = within("", path);
  const file = at !== undefined && (at === "" || project.isFolder(at)) ? within(at, "tsconfig.json") : at;
  if (file === undefined) return unknown(`${path} lies outside the project`);
  const chain = chainOf(project, file, []);
  return "unknown" in chain ? chain : settle(file, chain.levels, chain.strangers);
}

interface Level {
  readonly folder: string;
  readonly config: JsonObject;
}

interface Chain {
  /** The file itself first, then what it extends. */
  readonly levels: readonly Level[];
  /** Names of packages that are extended, whose files refit does not have. */
  readonly strangers: readonly string[];
}

function chainOf(project: BuildContext, file: string, seen: readonly string[]): Chain | Unknown {
  if (seen.includes(file)) return unknown(`${file} extends itself`);
  const text = project.read(file);
  if (text === undefined) return unknown(`${file} is not in the build context`);
  const config = objectOf(text);
  if (config === undefined) return unknown(`${file} is not valid JSON`);
  const parents = typeof config.extends === "string" ? [config.extends] : (asStrings(config.extends) ?? []);
  const levels: Level[] = [{ folder: folderOf(file), config }];
  const strangers: string[] = [];
  // The last of several wins, so it comes right after the file itself.
  for (const parent of parents.toReversed()) {
    const path = parent.startsWith(".") ? within(folderOf(file), parent) : undefined;
    if (path === undefined) {
      strangers.push(parent);
      continue;
    }
    const above = chainOf(project, project.has(path) ? path : `${path}.json`, [...seen, file]);
    if ("unknown" in above) return above;
    levels.push(...above.levels);
    strangers.push(...above.strangers);
  }
  return { levels, strangers };
}

/** Published bases that say nothing about what is emitted, and where. */
const HARMLESS = /^@tsconfig\/(node|recommended|strictest|esm)/;

function settle(file: string, levels: readonly Level[], strangers: readonly string[]): Tsconfig | Unknown {
  const option = (name: string) => {
    const level = levels.find(({ config }) => asObject(config.compilerOptions)?.[name] !== undefined);
    return level && { folder: level.folder, value: asObject(level.config.compilerOptions)?.[name] };
  };
  const noEmit = option("noEmit");
  const stranger = strangers.find((name) => !HARMLESS.test(name));
  if (stranger !== undefined && noEmit === undefined)
    return unknown(`${file} extends ${stranger}, which is not in the build context`);
  const outDir = option("outDir");
  const paths = asObject(option("paths")?.value) ?? {};
  const own = levels[0]?.config ?? {};
  const named = (key: string) => levels.find(({ config }) => config[key] !== undefined);
  const base = option("baseUrl");
  return {
    file,
    outDir: typeof outDir?.value === "string" ? placed(outDir.folder, outDir.value, file) : undefined,
    noEmit: noEmit?.value === true,
    aliases: [...Object.keys(paths).map((name) => name.replace(/\*.*$/, "")), ...(base ? ["src/", "app/"] : [])],
    included: ["include", "files"].flatMap((key) => {
      const level = named(key);
      return (asStrings(level?.config[key]) ?? []).map((glob) => placed(level?.folder ?? "", cut(glob), file) ?? "");
    }),
    isEmpty: asStrings(named("files")?.config.files)?.length === 0 && named("include") === undefined,
    references: (Array.isArray(own.references) ? own.references : []).map((each) => {
      const path = String(asObject(each)?.path);
      return within(folderOf(file), path) ?? path;
    }),
  };
}

/** `${configDir}` (TypeScript 5.5) is the folder of the file that `tsc` was told, not of the one that is extended. */
function placed(folder: string, path: string, file: string): string | undefined {
  const relative = path.startsWith("${configDir}") ? path.replace(/^\$\{configDir\}\/?/, "./") : undefined;
  return relative === undefined ? within(folder, path) : within(folderOf(file), relative);
}

/** A glob up to its first segment with a wildcard. */
function cut(glob: string): string {
  const segments = glob.split("/");
  const wild = segments.findIndex((segment) => /[*?{]/.test(segment));
  return (wild < 0 ? segments : segments.slice(0, wild)).join("/") || ".";
}
