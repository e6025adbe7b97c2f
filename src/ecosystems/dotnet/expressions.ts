/** MSBuild's `$(…)`, as far as paths need it. Every value is a set of those that conditions leave possible. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { foldersAbove } from "../blocked.ts";

/** What a text may stand for; undefined where that is not known. */
export type Values = readonly string[] | undefined;

/** Stands for the root of the build context, so that a path that leaves it can be told. */
export const ROOT = "/<context>";

/** More possible values than these are too many to follow. */
const MOST = 16;

export interface Scope {
  readonly context: BuildContext;
  /** The file that is being read, by its path in the context. */
  readonly file: string;
  /** By name in lower case, dashes and all. */
  property(name: string): Values;
}

/** What `text` may be once its properties are in place. */
export function expand(text: string, scope: Scope): Values {
  const start = text.indexOf("$(");
  if (start < 0) return [text];
  const end = closing(text, start + 2);
  if (end < 0) return undefined;
  const inner = text.slice(start + 2, end);
  const heads = /^[\w-]+$/.test(inner) ? scope.property(inner.toLowerCase()) : call(inner, scope);
  const tails = expand(text.slice(end + 1), scope);
  if (!heads || !tails || heads.length * tails.length > MOST) return undefined;
  return [...new Set(heads.flatMap((head) => tails.map((tail) => `${text.slice(0, start)}${head}${tail}`)))];
}

/** Where the parenthesis that is open at `from` closes. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  return -1;
}

/** A property function that gives a path. */
function call(inner: string, scope: Scope): Values {
  const text = inner.trim();
  const [head = "", name = ""] = /^\[(?:\w+\.)*(\w+\]::\w+)\(/.exec(text) ?? [];
  if (head === "" || closing(text, head.length) !== text.length - 1) return undefined;
  const words = text.slice(head.length, -1);
  const args = argumentsIn(words).map((word) => expand(word, scope));
  const known = (at: number): Values => args[at];
  const map = (values: Values, to: (value: string) => string): Values => values && [...new Set(values.map(to))];
  switch (name) {
    case "MSBuild]::GetPathOfFileAbove": {
      const from = args.length > 1 ? known(1) : [`${ROOT}/${scope.file}/..`];
      return above(known(0), from, scope.context, (folder, file) => posix.join(folder, file));
    }
    case "MSBuild]::GetDirectoryNameOfFileAbove":
      return above(known(1), known(0), scope.context, (folder) => folder);
    case "Path]::Combine":
    case "MSBuild]::NormalizePath":
    case "MSBuild]::NormalizeDirectory": {
      if (args.some((values) => values?.length !== 1)) return undefined;
      const path = posix.resolve(`${ROOT}/${scope.file}/..`, ...args.map((values) => slashes(values?.[0] ?? "")));
      return [name.endsWith("Directory") ? `${path}/` : path];
    }
    case "MSBuild]::EnsureTrailingSlash":
      return map(known(0), (path) => `${slashes(path).replace(/\/$/, "")}/`);
    case "Path]::GetFullPath":
      return map(known(0), (path) => posix.normalize(slashes(path)));
    case "Path]::GetDirectoryName":
      return map(known(0), (path) => posix.dirname(slashes(path)));
    default:
      return undefined;
  }
}

function argumentsIn(words: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= words.length; at++) {
    const character = words[at];
    if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (character === undefined || (character === "," && depth === 0)) {
      found.push(words.slice(from, at).trim());
      from = at + 1;
    }
  }
  return found.map((word) => word.replace(/^(['"`])(.*)\1$/s, "$2"));
}

/** Looks for a file in a folder and those above it, in the context. */
function above(
  names: Values,
  from: Values,
  context: BuildContext,
  to: (folder: string, file: string) => string,
): Values {
  const [name, start] = [names?.length === 1 ? names[0] : undefined, from?.length === 1 ? from[0] : undefined];
  if (name === undefined || start === undefined) return undefined;
  const folder = inContext(posix.resolve(ROOT, slashes(start)));
  if (folder === undefined) return [""];
  const found = [folder, ...foldersAbove(folder)].find((each) => context.has(posix.join(each, slashes(name))));
  return [found === undefined ? "" : to(posix.join(ROOT, found), slashes(name))];
}

/** The path in the context of an absolute one, or undefined where it lies elsewhere. */
export function inContext(path: string): string | undefined {
  if (path === ROOT) return "";
  return path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : undefined;
}

/** As MSBuild reads paths where there is no backslash in names. */
export function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}
