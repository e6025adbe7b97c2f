/**
 * `.dockerignore` as BuildKit applies it: the rules of moby/patternmatcher (patternmatcher.go, ignorefile/ignorefile.go) and of the
 * walk in tonistiigi/fsutil (filter.go). Not the rules of `.gitignore`: patterns are anchored at the root, and the last match wins.
 */
import { posix } from "node:path";

interface Pattern {
  readonly text: string;
  readonly exception: boolean;
  readonly matches: (path: string) => boolean;
}

/** Which patterns matched a folder: what is below it inherits that. */
type Inherited = readonly boolean[];

export class Dockerignore {
  readonly #patterns: readonly Pattern[];
  /** Whether every exception is a plain path, so that a folder which holds none of them can be left out unseen. */
  readonly #plainExceptions: boolean;
  readonly #folders = new Map<string, { readonly ignored: boolean; readonly inherited: Inherited }>();

  constructor(text: string) {
    this.#patterns = text
      .replace(/^\uFEFF/, "")
      .split("\n")
      .flatMap(patternOf);
    this.#plainExceptions = this.#patterns.every((pattern) => !pattern.exception || !/[*[\]?^\\]/.test(stem(pattern)));
  }

  /** Whether `path` (no leading slash) stays out of the context. For a folder: whether it would, were it not for exceptions below it. */
  ignores(path: string): boolean {
    return this.#hidden(path) || this.#match(path).ignored;
  }

  /** Whether the walk never enters `folder`, so that nothing below it can be there. */
  skips(folder: string): boolean {
    if (folder === "") return false;
    if (this.#hidden(folder)) return true;
    if (!this.#match(folder).ignored || !this.#plainExceptions) return false;
    return !this.#patterns.some((pattern) => pattern.exception && `${stem(pattern)}/`.startsWith(`${folder}/`));
  }

  #hidden(path: string): boolean {
    const parent = parentOf(path);
    return parent !== "" && this.skips(parent);
  }

  #match(path: string): { readonly ignored: boolean; readonly inherited: Inherited } {
    const known = this.#folders.get(path);
    if (known) return known;
    const parent = parentOf(path);
    const above = parent === "" ? [] : this.#folderMatch(parent).inherited;
    let ignored = false;
    const inherited = this.#patterns.map((pattern, index) => {
      const relevant = pattern.exception === ignored;
      const matched = above[index] === true || (relevant && pattern.matches(path));
      if (matched) ignored = !pattern.exception;
      return matched;
    });
    return { ignored, inherited };
  }

  #folderMatch(folder: string) {
    const known = this.#folders.get(folder) ?? this.#match(folder);
    this.#folders.set(folder, known);
    return known;
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** One line of the file; comments, blank lines and what Go's `filepath.Match` refuses give nothing. */
function patternOf(line: string): Pattern[] {
  const text = line.trim();
  if (line.startsWith("#") || text === "") return [];
  const exception = text.startsWith("!");
  const cleaned = clean(exception ? text.slice(1).trim() : text);
  if (cleaned === "") return [];
  return [{ text: cleaned, exception, matches: matcherOf(cleaned) }];
}

/** Go's `filepath.Clean`, without the leading slash. */
function clean(path: string): string {
  if (path === "") return "";
  const normal = posix.normalize(path);
  const short = normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
  return short.length > 1 && short.startsWith("/") ? short.slice(1) : short;
}

/** The pattern without a final wildcard segment. */
function stem(pattern: Pattern): string {
  return pattern.text.replace(/\/\*\*?$/, "");
}

function matcherOf(pattern: string): (path: string) => boolean {
  if (!/[*?[\]\\]/.test(pattern)) return (path) => path === pattern;
  // Here alone `**` also stands for a part of a name: `**.log` means `server.log`.
  const suffix = /^\*\*([^*?[\]\\]*)$/.exec(pattern)?.[1];
  if (suffix !== undefined) return (path) => path.endsWith(suffix) || `/${path}` === suffix;
  const prefix = /^([^*?[\]\\]*)\*\*$/.exec(pattern)?.[1];
  if (prefix !== undefined) return (path) => path.startsWith(prefix);
  const regexp = regexpOf(pattern);
  return (path) => regexp?.test(path) ?? false;
}

/** Undefined for a pattern that Go refuses; such a build fails. */
function regexpOf(pattern: string): RegExp | undefined {
  let source = "";
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? "";
    if (pattern.startsWith("**", at)) {
      at += pattern[at + 2] === "/" ? 2 : 1;
      source += at + 1 === pattern.length ? ".*" : "(.*/)?";
    } else if (char === "*") source += "[^/]*";
    else if (char === "?") source += "[^/]";
    else if (char === "\\") source += `\\${pattern[++at] ?? char}`;
    // Go leaves `|`, `{` and `}` unescaped, by an overflow in patternmatcher's table of characters.
    else source += /[.+()$/]/.test(char) ? `\\${char}` : char;
  }
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}
