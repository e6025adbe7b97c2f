/** Reads `go.mod`, `go.sum` and `go.work` (Go modules reference). */

export interface GoModule {
  readonly path: string;
  readonly version: string;
  /** No package of the main module imports it. */
  readonly indirect?: boolean;
}

/** `old => new`. */
interface Replacement {
  readonly path: string;
  /** Of `old`; undefined is any. */
  readonly of: string | undefined;
  readonly target: string;
  /** Of `new`; undefined where `target` is a folder. */
  readonly version: string | undefined;
}

/** What `go.mod` or `go.work` says. */
export interface GoFile {
  /** Of the `module` line; undefined where there is none. */
  readonly module: string | undefined;
  /** Of the `go` line, `1.22.1`; undefined where there is none. */
  readonly version: string | undefined;
  readonly required: readonly GoModule[];
  readonly replaced: readonly Replacement[];
  /** Folders of a workspace, as written. */
  readonly used: readonly string[];
}

export function readGoFile(text: string): GoFile {
  return {
    module: directives(text, "module")[0]?.words[0],
    version: directives(text, "go")[0]?.words[0],
    required: directives(text, "require").flatMap(({ words: [path, version], comment }) =>
      path && version ? [{ path, version, ...(/^indirect\b/.test(comment) && { indirect: true }) }] : [],
    ),
    replaced: directives(text, "replace").flatMap(({ words }): Replacement[] => {
      const arrow = words.indexOf("=>");
      const [path, target] = [words[0], words[arrow + 1]];
      if (arrow < 1 || !path || !target) return [];
      return [{ path, of: arrow > 1 ? words[1] : undefined, target, version: words[arrow + 2] }];
    }),
    used: directives(text, "use").flatMap(({ words }) => words.slice(0, 1)),
  };
}

/** Folders that stand in for modules. */
export function replacingFolders({ replaced }: GoFile): string[] {
  return replaced.filter(({ version }) => version === undefined).map(({ target }) => target);
}

/** The modules that are downloaded for what `file` requires, as `others` (`go.work`) and it replace them; none where a folder does. */
export function downloadedModules(file: GoFile, others: readonly GoFile[] = []): GoModule[] {
  const replaced = [...others, file].flatMap((each) => each.replaced);
  return file.required.flatMap((module): GoModule[] => {
    const by = replaced.find(({ path, of }) => path === module.path && (of ?? module.version) === module.version);
    if (!by) return [module];
    return by.version === undefined ? [] : [{ ...module, path: by.target, version: by.version }];
  });
}

/** Whether `go.sum` knows the module's `go.mod`, or its content. */
export function hasSum(sums: string, { path, version }: GoModule, of: "go.mod" | "content"): boolean {
  return `\n${sums}`.includes(`\n${path} ${version}${of === "go.mod" ? "/go.mod" : ""} h1:`);
}

/** Whether the sums of `go.mod` files come with one of the content, for the highest version of each module at least: that is what is downloaded. */
export function hasAllSums(sums: string): boolean {
  const highest = new Map<string, string>();
  for (const [, path = "", version = ""] of sums.matchAll(/^(\S+) (v\S+)\/go\.mod h1:/gm))
    if (isHigher(version, highest.get(path))) highest.set(path, version);
  return [...highest].every(([path, version]) => hasSum(sums, { path, version }, "content"));
}

/** By the rules of Semantic Versioning. */
function isHigher(version: string, than: string | undefined): boolean {
  if (than === undefined) return true;
  const [a, b] = [version, than].map((text) => /^v(\d+)\.(\d+)\.(\d+)(?:-([^+]*))?/.exec(text) ?? []);
  const difference = [1, 2, 3].map((at) => Number(a?.[at]) - Number(b?.[at])).find((each) => each !== 0);
  if (difference !== undefined) return difference > 0;
  const [early, other] = [a?.[4], b?.[4]];
  if (early === undefined || other === undefined) return early === undefined && other !== undefined;
  return early.localeCompare(other, "en", { numeric: true }) > 0;
}

/** Whether the `go` line says this minor version of Go 1, or a later one. */
export function isSinceGo({ version }: GoFile, minor: number): boolean {
  const [, major, own] = /^(\d+)\.(\d+)/.exec(version ?? "") ?? [];
  return major !== undefined && (Number(major) > 1 || Number(own) >= minor);
}

interface Directive {
  readonly words: readonly string[];
  /** Behind `//`, trimmed. */
  readonly comment: string;
}

/** Of a block or of single lines. */
function directives(text: string, name: string): Directive[] {
  const found: Directive[] = [];
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    const [, code = "", comment = ""] = /^\s*(.*?)\s*(?:\/\/\s*(.*?)\s*)?$/.exec(line) ?? [];
    const own = new RegExp(`^${name}\\s+(?!\\()(.*)$`).exec(code)?.[1];
    if (inside && code === ")") inside = false;
    else if (new RegExp(`^${name}\\s*\\($`).test(code)) inside = true;
    else if (own !== undefined || (inside && code !== ""))
      found.push({ words: (own ?? code).split(/\s+/).map((word) => word.replace(/^["`]|["`]$/g, "")), comment });
  }
  return found;
}
