/** What MSBuild reads when it evaluates a project for a restore: the files that it imports, and the projects that it refers to. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { foldersAbove, inFolder } from "../blocked.ts";
import { Blocked } from "../blocking.ts";
import { type Element, readXml } from "../xml.ts";
import { expand, inContext, ROOT, type Scope, slashes, type Values } from "./expressions.ts";

export interface Evaluated {
  /** In the context. */
  readonly files: readonly string[];
  /** Projects that it refers to, in the context. */
  readonly references: readonly string[];
  /** What a property may be at the end; an empty list where nobody sets it. */
  property(name: string): Values;
  /** Where a property's relative paths start: the project's folder in the context. */
  readonly folder: string;
}

/** What both the command line and the environment say of properties, by name in lower case. */
export interface Given {
  readonly globals: ReadonlyMap<string, string | undefined>;
  readonly env: ReadonlyMap<string, string | undefined>;
  /** Of the solution that is restored, in the context. */
  readonly solutionFolder: string | undefined;
}

/** SDKs that come with .NET, or that are known to read nothing more. */
const SDKS =
  /^(Microsoft\.NET\.Sdk(\.\w+)*|Microsoft\.Docker\.Sdk|MSTest\.Sdk|Aspire\.AppHost\.Sdk|Microsoft\.Build\.(NoTargets|CentralPackageVersions))(\/[\w.-]+)?$/;

/** Properties that lead out of the project: into .NET's own folders, or those of other programs. */
const ELSEWHERE =
  /^\$\((MSBuild(ExtensionsPath(32|64)?|ToolsPath|BinPath|SDKsPath|FrameworkToolsPath|UserExtensionsPath)|VSToolsPath|NuGetPackageRoot|NetCoreRoot|NetCoreTargetingPackRoot|DevEnvDir|ProgramFiles|Pkg\w+|(Custom(Before|After)|Language)\w+|HOME|USERPROFILE|APPDATA|LOCALAPPDATA)\)/i;

/** Targets that a restore runs (NuGet.targets and the SDK's own for restore). */
const IN_RESTORE =
  /Restore|^_?Collect(Package|Framework|Central|Prune|NuGetAudit)|^(Process|Resolve)FrameworkReferences$|^GetTargetFrameworks?|^_?GetAll/i;

/** Evaluates the project at `path` in the context. Throws `Blocked`. */
export function evaluate(context: BuildContext, path: string, given: Given): Evaluated {
  const evaluation = new Evaluation(context, path, given);
  evaluation.run();
  return evaluation;
}

class Evaluation implements Evaluated {
  readonly folder: string;
  readonly #context: BuildContext;
  readonly #path: string;
  readonly #given: Given;
  readonly #files = new Set<string>();
  readonly #references = new Set<string>();
  readonly #properties = new Map<string, Values>();

  constructor(context: BuildContext, path: string, given: Given) {
    this.#context = context;
    this.#path = path;
    this.#given = given;
    this.folder = parent(path);
  }

  get files(): readonly string[] {
    return [...this.#files];
  }

  get references(): readonly string[] {
    return [...this.#references];
  }

  property(name: string): Values {
    const lower = name.toLowerCase();
    const { globals, env } = this.#given;
    const from = (given: ReadonlyMap<string, string | undefined>) =>
      [...given].find(([key]) => key.toLowerCase() === lower);
    const global = from(globals);
    if (!global && this.#properties.has(lower)) return this.#properties.get(lower);
    const given = global ?? from(env);
    if (!given) return [];
    return given[1] === undefined ? undefined : [given[1]];
  }

  /** In the order of Microsoft.Common.props and Microsoft.Common.targets. */
  run(): void {
    for (const name of ["Directory.Build.props", "Directory.Packages.props"]) this.#readAbove(name);
    this.#read(this.#path);
    const user = `${this.#path}.user`;
    if (this.#context.has(user)) this.#read(user);
    this.#readAbove("Directory.Build.targets");
    for (const name of ["packages.config", `packages.${stem(this.#path)}.config`, "project.json"]) {
      const file = inFolder(this.folder, name);
      if (this.#context.has(file)) this.#files.add(file);
    }
  }

  #readAbove(name: string): void {
    const found = [this.folder, ...foldersAbove(this.folder)].map((at) => inFolder(at, name)).find(this.#context.has);
    if (found !== undefined && !this.#files.has(found)) this.#read(found);
  }

  #read(file: string): void {
    this.#files.add(file);
    const text = this.#context.read(file);
    const root = text === undefined ? undefined : readXml(text);
    if (!root) throw new Blocked(`${file} can't be read`);
    if (root.attributes.InitialTargets)
      throw new Blocked(`${file} runs ${root.attributes.InitialTargets} first, which may read more`);
    this.#checkSdks(root.attributes.Sdk ?? "", file);
    for (const child of root.children) this.#take(child, file, false);
  }

  #checkSdks(sdks: string, file: string): void {
    for (const sdk of sdks.split(";").map((name) => name.trim()))
      if (sdk !== "" && !SDKS.test(sdk)) throw new Blocked(`${file} uses the SDK ${sdk}, which may read more`);
  }

  #take(element: Element, file: string, conditional: boolean): void {
    const { name, attributes, children } = element;
    if (name === "Target") {
      this.#checkTarget(attributes, file);
      return;
    }
    if (["UsingTask", "ProjectExtensions", "ItemDefinitionGroup"].includes(name)) return;
    this.#checkText(element, file);
    const depends = conditional || attributes.Condition !== undefined || name === "When" || name === "Otherwise";
    if (name === "Import") this.#import(element, file);
    else if (name === "Sdk") this.#checkSdks(attributes.Name ?? "", file);
    else if (name === "PropertyGroup") {
      for (const property of children) {
        this.#checkText(property, file);
        this.#set(property, file, depends);
      }
    } else if (name === "ItemGroup") {
      for (const item of children) this.#item(item, file);
    } else for (const child of children) this.#take(child, file, depends);
  }

  #checkTarget(attributes: Element["attributes"], file: string): void {
    const names = ["Name", "BeforeTargets", "AfterTargets"].flatMap((key) => (attributes[key] ?? "").split(";"));
    const found = names.map((name) => name.trim()).find((name) => IN_RESTORE.test(name) || /^\$\(/.test(name));
    if (found !== undefined) throw new Blocked(`${file} has a target ${attributes.Name} that the restore may run`);
  }

  /** What an element asks of the disk by itself. */
  #checkText(element: Element, file: string): void {
    const own = element.children.length === 0 ? [element.text] : [];
    for (const text of [...Object.values(element.attributes), ...own]) {
      const [asked] = /\[System\.IO\.(File|Directory)\w*\]::\w+/.exec(text) ?? [];
      if (asked !== undefined) throw new Blocked(`${file} reads files by ${asked}`);
    }
    for (const asked of existing(element.attributes.Condition ?? "")) {
      if (element.name === "Import" && slashes(element.attributes.Project ?? "") === slashes(asked)) continue;
      for (const folder of [parent(file), this.folder])
        for (const path of this.#paths(asked, folder, file, "asks for")) {
          if (this.#context.isFolder(path)) throw new Blocked(`${file} asks whether there is a folder ${path}`);
          if (this.#context.has(path)) this.#files.add(path);
        }
    }
  }

  #set({ name, attributes, text }: Element, file: string, conditional: boolean): void {
    const lower = name.toLowerCase();
    if ([...this.#given.globals.keys()].some((key) => key.toLowerCase() === lower)) return;
    const old = this.property(lower);
    const value = expand(text, this.#scope(file));
    const asksWhetherEmpty = new RegExp(`^\\s*'\\$\\(${name}\\)'\\s*==\\s*''\\s*$`, "i").test(
      attributes.Condition ?? "",
    );
    const isUnset = old?.every((each) => each === "");
    if (!(conditional || attributes.Condition !== undefined) || (asksWhetherEmpty && isUnset && !conditional))
      this.#properties.set(lower, value);
    else if (asksWhetherEmpty && old && !isUnset && !old.includes("")) this.#properties.set(lower, old);
    else this.#properties.set(lower, old && value && [...new Set([...(old.length > 0 ? old : [""]), ...value])]);
  }

  #item(item: Element, file: string): void {
    this.#checkText(item, file);
    const included = item.attributes.Include;
    if (included === undefined || !/^(ProjectReference|\w*Package\w*|FrameworkReference)$/i.test(item.name)) return;
    if (included.includes("@(")) throw new Blocked(`${file} computes its ${item.name} items`);
    if (item.name.toLowerCase() !== "projectreference") return;
    for (const path of this.#paths(included, this.folder, file, "refers to")) {
      const found = path.includes("*") ? matching(this.#context, path) : [path];
      const missing = found.find((each) => !this.#context.has(each));
      if (missing !== undefined) throw new Blocked(`the build context has no ${missing}, to which ${file} refers`);
      for (const each of found) this.#references.add(each);
    }
  }

  #import({ attributes }: Element, file: string): void {
    const project = attributes.Project ?? "";
    if (attributes.Sdk !== undefined) {
      this.#checkSdks(attributes.Sdk, file);
      return;
    }
    for (const path of this.#paths(project, parent(file), file, "imports"))
      for (const found of path.includes("*") ? matching(this.#context, path) : [path])
        if (this.#context.has(found) && !this.#files.has(found)) this.#read(found);
  }

  /** The paths in the context that `text`, a list with semicolons, may mean; those that lie elsewhere left out. */
  #paths(text: string, folder: string, file: string, verb: string): string[] {
    const trimmed = text.trim();
    if (ELSEWHERE.test(trimmed)) return [];
    const values = expand(trimmed, this.#scope(file));
    if (!values) throw new Blocked(`${file} ${verb} ${trimmed}, which refit can't work out`);
    const parts = values.flatMap((value) => value.split(";")).map((part) => slashes(part.trim()));
    return parts
      .filter((part) => part !== "")
      .flatMap((part) => {
        const path = posix.resolve(posix.join(ROOT, folder), part);
        const within = inContext(path);
        if (within === undefined && (!part.startsWith("/") || part.startsWith(ROOT)))
          throw new Blocked(`${file} ${verb} ${trimmed}, outside of the build context`);
        return within ?? [];
      });
  }

  #scope(file: string): Scope {
    const folder = posix.join(ROOT, parent(file));
    const project = posix.join(ROOT, this.folder);
    const { solutionFolder } = this.#given;
    const reserved: Readonly<Record<string, string>> = {
      msbuildthisfiledirectory: `${folder}/`,
      msbuildthisfilefullpath: posix.join(ROOT, file),
      msbuildthisfile: posix.basename(file),
      msbuildthisfilename: stem(file),
      msbuildprojectdirectory: project,
      msbuildprojectfullpath: posix.join(ROOT, this.#path),
      msbuildprojectfile: posix.basename(this.#path),
      msbuildprojectname: stem(this.#path),
      msbuildprojectextension: posix.extname(this.#path),
      projectdir: `${project}/`,
      ...(solutionFolder === undefined ? {} : { solutiondir: `${posix.join(ROOT, solutionFolder)}/` }),
    };
    return {
      context: this.#context,
      file,
      property: (name) => {
        const fixed = reserved[name];
        if (fixed !== undefined) return [fixed];
        const values = this.property(name);
        // What nobody here sets, the SDK may set.
        return values?.length === 0 ? undefined : values;
      },
    };
  }
}

/** The arguments of `Exists(…)` in a condition. */
function existing(condition: string): string[] {
  return [...condition.matchAll(/\bExists\s*\(\s*(?:'([^']*)'|"([^"]*)"|(\$\([^)]*\)[^)\s]*))\s*\)/gi)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? "",
  );
}

/** Files of the context that MSBuild's `pattern` finds, a path there. */
export function matching(context: BuildContext, pattern: string): string[] {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*\/|\*+|\?/g, (wildcard) => (wildcard === "**/" ? "(?:.*/)?" : wildcard === "?" ? "[^/]" : "[^/]*"));
  const test = new RegExp(`^${source}$`);
  return context.files().filter((path) => test.test(path));
}

function parent(path: string): string {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}

/** A file's name without its extension. */
export function stem(path: string): string {
  return posix.basename(path, posix.extname(path));
}
