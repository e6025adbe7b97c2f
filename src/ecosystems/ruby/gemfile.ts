/** Which files a Gemfile leads to: others that it evaluates, versions, gems in folders with their gemspecs. */
import { posix } from "node:path";
import { type BuildContext, folderOf } from "../../context/index.ts";
import { inFolder, unread } from "../blocked.ts";
import { failingIn, PATH, pathOf, unknownIn, withoutComments } from "./source.ts";

/** What evaluating a Gemfile reads. */
export interface GemfileReads {
  /** In the context. */
  readonly files: readonly string[];
  /** A gemspec of a gem in a folder whose programs are installed, if there is one. */
  readonly programs: string | undefined;
}

/** What the Gemfile at `path` in the context reads, or why that is not known. */
export function gemfileReads(context: BuildContext, path: string): GemfileReads | { readonly blocked: string } {
  const reader = new Reader(context);
  reader.gemfile(path);
  const [blocked] = reader.blocked;
  return blocked === undefined ? { files: [...reader.files], programs: reader.programs } : { blocked };
}

const READ = new RegExp(String.raw`(?:File|IO)\.(?:read|binread|readlines)\s*\(?\s*(${PATH})\s*\)?`, "g");
const LOOK = new RegExp(String.raw`File\.(?:exists?|file|readable)\?\s*\(?\s*(${PATH})\s*\)?`, "g");
const REQUIRE = new RegExp(String.raw`(?<![.\w])require(_relative)?\s*\(?\s*(${PATH})\s*\)?`, "g");
const EVALUATE = new RegExp(
  String.raw`(?<![.\w])(?:eval_gemfile\s*\(?\s*(${PATH})\s*\)?|(?:instance_)?eval\s*\(?\s*(?:File|IO)\.read\s*\(?\s*(${PATH})\s*\)?[^\n]*)`,
  "g",
);
const RUBY_FILE = new RegExp(String.raw`((?:^|\n)\s*ruby\b[^\n]*?\bfile(?::|\s*=>)\s*)(${PATH})`, "g");
const GEMSPEC = /(^|\n)([ \t]*)gemspec\b([^\n]*)/g;
const PATH_OPTION = String.raw`(?:\bpath:|:path\s*=>|["']path["']\s*=>)\s*`;
const PATH_OF_GEM = new RegExp(`${PATH_OPTION}(${PATH})`, "g");
const PATH_BLOCK = new RegExp(String.raw`((?:^|\n)[ \t]*)path\s*\(?\s*(${PATH})\s*\)?`, "g");
const LOAD_PATH = new RegExp(
  String.raw`^\s*\$(?:LOAD_PATH|:)\s*(?:\.(?:unshift|push|append|prepend)|<<)\s*\(?\s*(?:${PATH}|\w+)\s*\)?(?:\s+(?:unless|if)\s+\$(?:LOAD_PATH|:)\.include\?\(?(?:${PATH}|\w+)\)?)?\s*$`,
  "gm",
);
const NAMED_PATH = new RegExp(String.raw`^\s*\w+\s*=\s*${PATH}\s*$`, "gm");

class Reader {
  readonly context: BuildContext;
  readonly files = new Set<string>();
  readonly blocked: string[] = [];
  programs: string | undefined;

  constructor(context: BuildContext) {
    this.context = context;
  }

  gemfile(path: string): void {
    const text = this.#read(path);
    if (text === undefined) return;
    const folder = folderOf(path);
    let code = withoutComments(text);
    code = code.replace(EVALUATE, (_, named: string | undefined, read: string | undefined) => {
      const other = this.#resolve(folder, named ?? read ?? "", path);
      if (other !== undefined && this.context.has(other)) this.gemfile(other);
      else if (other !== undefined && !isGuarded(code))
        this.blocked.push(`${path} reads ${other}, which the build context lacks`);
      return " ";
    });
    code = code.replace(RUBY_FILE, (_, before: string, file: string) => `${before}${this.#needs(folder, file, path)}`);
    code = code.replace(GEMSPEC, (_, before: string, indent: string, options: string) => {
      const named = new RegExp(`${PATH_OPTION}(${PATH})`).exec(options)?.[1];
      const rest = options
        .replace(PATH_OF_GEM, "")
        .replace(/\b(development_group:|:development_group\s*=>|name:|:name\s*=>)\s*(:\w+|"[^"#]*"|'[^']*')/g, "");
      if (!/^[\s,()]*(if\b.*|unless\b.*)?$/.test(rest))
        this.blocked.push(`refit does not follow \`gemspec${options}\` of ${path}`);
      this.#gemsIn(folder, named ?? '"."', path);
      return `${before}${indent}`;
    });
    code = code.replace(PATH_OF_GEM, (_, expression: string) => {
      this.#gemsIn(folder, expression, path);
      return " ";
    });
    code = code.replace(PATH_BLOCK, (_, before: string, expression: string) => {
      this.#gemsIn(folder, expression, path);
      return `${before}group `;
    });
    const local = localSource(code);
    if (local !== undefined) this.blocked.push(`${path} takes gems from ${local}`);
    this.#rest(code, folder, path, false);
  }

  /** Gems of `{,*,*\/*}.gemspec` in a folder. */
  #gemsIn(folder: string, expression: string, from: string): void {
    const at = this.#resolve(folder, expression, from);
    if (at === undefined) return;
    const { context } = this;
    const isSpec = (name: string) => name.endsWith(".gemspec");
    const own = context.list(at).filter(isSpec);
    const below = context.list(at).filter((name) => context.isFolder(inFolder(at, name)));
    const specs = [
      ...own,
      ...below.flatMap((name) =>
        context
          .list(inFolder(at, name))
          .filter(isSpec)
          .map((spec) => `${name}/${spec}`),
      ),
    ];
    if (specs.length === 0) this.blocked.push(`${from} names a gem in ${at || "its folder"}, where no gemspec is`);
    for (const spec of specs) {
      const plugin = inFolder(folderOf(inFolder(at, spec)), "lib/rubygems_plugin");
      const found = [plugin, `${plugin}.rb`, `${plugin}.so`].find(context.has);
      if (found !== undefined) this.blocked.push(`${found} runs when gems are installed`);
      this.#gemspec(inFolder(at, spec));
    }
  }

  #gemspec(path: string): void {
    if (this.files.has(path)) return;
    const text = this.#read(path);
    if (text === undefined) return;
    let code = withoutComments(text);
    const lists: string[] = [];
    for (const name of ["files", "test_files", "extra_rdoc_files", "rdoc_options", "executables"]) {
      const statements = withoutStatement(code, name);
      code = statements.code;
      lists.push(...statements.found);
      if (name === "executables" && statements.found.some((each) => !/=\s*(\[\s*\]|%w\[\s*\])\s*$/.test(each)))
        this.programs ??= path;
    }
    const failing = failingIn(lists.join("\n"));
    if (failing !== undefined) this.blocked.push(`refit does not follow \`${failing}\` of ${path}`);
    const extensions = withoutStatement(code, "extensions");
    if (extensions.found.length > 0) this.blocked.push(`${path} has extensions, which are compiled from sources`);
    code = extensions.code.replace(LOAD_PATH, "").replace(NAMED_PATH, "");
    this.#rest(code, folderOf(path), path, true);
  }

  /** A file of Ruby code that another one requires. */
  #code(path: string): void {
    if (this.files.has(path)) return;
    const text = this.#read(path);
    if (text !== undefined) this.#rest(withoutComments(text), folderOf(path), path, true);
  }

  /** What gemspecs, Gemfiles and the code that they require have in common. */
  #rest(text: string, folder: string, path: string, isLibrary: boolean): void {
    let code = text.replace(REQUIRE, (_, relative: string | undefined, expression: string) => {
      const named = pathOf(expression);
      // A plain name is looked for in the folders of libraries.
      const isPath = relative !== undefined || !/^["'][\w-]/.test(expression);
      const file = named.endsWith(".rb") ? named : `${named}.rb`;
      const candidates = isPath
        ? [file]
        : libraryFolders(path).map((lib) => posix.relative(folder || ".", inFolder(lib, file)));
      const found = candidates
        .map((each) => posix.normalize(inFolder(folder, each)))
        .find((each) => this.context.has(each));
      if (found !== undefined && (isPath || isLibrary)) this.#code(found);
      else if (isPath) this.blocked.push(`${path} requires ${named}, which the build context lacks`);
      return " ";
    });
    code = code.replace(READ, (_, expression: string) => this.#needs(folder, expression, path));
    code = code.replace(LOOK, (_, expression: string) => {
      const file = this.#resolve(folder, expression, path);
      if (file !== undefined && this.context.has(file)) this.files.add(file);
      return '""';
    });
    const unknown = unknownIn(code) ?? /^.*(?:\bpath:|:path\s*=>|\bglob:|:glob\s*=>).*$/m.exec(code)?.[0].trim();
    if (unknown !== undefined) this.blocked.push(`refit does not follow \`${unknown}\` of ${path}`);
  }

  /** Takes the file that `expression` names; gives a string in its place. */
  #needs(folder: string, expression: string, from: string): string {
    const file = this.#resolve(folder, expression, from);
    if (file !== undefined && this.context.has(file)) this.files.add(file);
    else if (file !== undefined) this.blocked.push(`${from} reads ${file}, which the build context lacks`);
    return '""';
  }

  #resolve(folder: string, expression: string, from: string): string | undefined {
    const named = pathOf(expression);
    const path = posix.normalize(inFolder(folder, named)).replace(/\/+$/, "");
    if (named.startsWith("/") || path === ".." || path.startsWith("../")) {
      this.blocked.push(`${from} reads ${named}, outside of the build context`);
      return undefined;
    }
    return path === "." ? "" : path;
  }

  #read(path: string): string | undefined {
    const text = this.context.read(path);
    if (text === undefined) this.blocked.push(unread(this.context, path));
    else this.files.add(path);
    return text;
  }
}

/** Where `require` finds code of the gem that the file at `path` belongs to: `lib` in a folder above. */
function libraryFolders(path: string): string[] {
  const at = path.lastIndexOf("lib/");
  const own = at >= 0 && (at === 0 || path[at - 1] === "/") ? [path.slice(0, at + 3)] : [];
  return [...own, inFolder(folderOf(path), "lib")];
}

/** Whether the Gemfile asks for the existence of files: one that it evaluates may be missing. */
function isGuarded(code: string): boolean {
  return /\.(exists?|file|readable)\?/.test(code);
}

/** A source or a repository that is no address. */
function localSource(code: string): string | undefined {
  const named = code.matchAll(
    /(?<![.\w'"])(?:source|git|git:|:git\s*=>|source:|:source\s*=>)\s*\(?\s*(?:"([^"#]*)"|'([^']*)')/g,
  );
  return [...named]
    .map(([, double, single]) => double ?? single ?? "")
    .find((address) => !/^[a-z][a-z+.-]*:\/\/|^[\w.-]+@[\w.-]+:/i.test(address) || address.startsWith("file:"));
}

/** `code` without the statements that set `name` of a specification, and these. A statement ends where its brackets and blocks do. */
function withoutStatement(code: string, name: string): { readonly code: string; readonly found: readonly string[] } {
  const start = new RegExp(
    String.raw`^\s*\w+\.${name}\s*(\+=|=(?!=)|<<|\|=|\.(concat|push|delete\w*|reject!|select!|uniq!))`,
  );
  const kept: string[] = [];
  const found: string[] = [];
  const lines = code.split("\n");
  for (let at = 0; at < lines.length; at++) {
    if (!start.test(lines[at] ?? "")) {
      kept.push(lines[at] ?? "");
      continue;
    }
    const statement: string[] = [];
    let depth = 0;
    do {
      const line = lines[at] ?? "";
      statement.push(line);
      const bare = line.replace(/%[wWiIqQr]?([[({])/g, "$1").replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
      depth += (bare.match(/[[({]|\b(do|begin)\b/g) ?? []).length - (bare.match(/[\])}]|\bend\b/g) ?? []).length;
      const goesOn = /[,\\|+&.=]\s*$/.test(bare) || /^\s*(\.|&\.|\|)/.test(lines[at + 1] ?? "");
      if (depth <= 0 && !goesOn) break;
      at++;
    } while (at < lines.length);
    found.push(statement.join("\n"));
  }
  return { code: kept.join("\n"), found };
}
