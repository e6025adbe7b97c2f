/** Requirements files: which files of the context they lead to (pip, req_file.py). */
import { posix } from "node:path";
import type { BuildContext } from "../context/types.ts";
import { filesBelow, inFolder } from "./blocked.ts";

type Files = { readonly files: readonly string[] } | { readonly blocked: string };

interface Requirements {
  readonly files: readonly string[];
  /** A line that names something from where pip runs. */
  readonly local: string | undefined;
}

/**
 * The files behind `-r start` of a pip that runs in `folder` of the context; paths relative to it. Nested files are found beside the one that
 * names them, everything else from where pip runs.
 */
export function requirementFiles(
  context: BuildContext,
  folder: string,
  start: readonly string[],
): Requirements | { readonly blocked: string } {
  let local: string | undefined;
  const files = new Set<string>();
  const waiting = [...start];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (/^https?:/.test(file)) continue;
    const path = posix.normalize(file);
    if (files.has(path)) continue;
    const full = inFolder(folder, path);
    if (path.startsWith("/") || path.startsWith(".."))
      return { blocked: `the requirements file ${file} lies elsewhere` };
    const text = context.read(full);
    if (text === undefined) return { blocked: missing(context, full) };
    files.add(path);
    for (const line of linesOf(text)) {
      const needed = lineNeeds(context, folder, path, line);
      if ("blocked" in needed) return needed;
      if (needed.files.length > 0) local = line;
      for (const found of needed.files) files.add(found);
      waiting.push(...(needed.nested ?? []));
    }
  }
  return { files: [...files], local };
}

function missing(context: BuildContext, path: string): string {
  if (context.ignores(path)) return `.dockerignore keeps out ${path}`;
  return context.has(path) ? `${path} can't be read` : `the build context has no ${path}`;
}

/** Lines with continuations joined and comments gone. */
function linesOf(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/\\\r?\n/g, "")
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/(^|\s+)#.*$/, "").trim())
    .filter((line) => line !== "");
}

const OPTIONS_WITHOUT_FILES =
  /^(-i|--index-url|--extra-index-url|--no-index|--trusted-host|--pre|--prefer-binary|--no-binary|--only-binary|--require-hashes|--use-feature)\b/;

function lineNeeds(
  context: BuildContext,
  folder: string,
  file: string,
  line: string,
): { readonly files: readonly string[]; readonly nested?: readonly string[] } | { readonly blocked: string } {
  const nested = /^(?:-r|-c|--requirement|--constraint)(?:\s+|=|\b)(.+)$/.exec(line)?.[1]?.trim();
  if (nested !== undefined)
    return { files: [], nested: [/^https?:/.test(nested) ? nested : posix.join(posix.dirname(file), nested)] };
  const links = /^(?:-f|--find-links)(?:\s+|=)(.+)$/.exec(line)?.[1]?.trim();
  if (links !== undefined) return linkFiles(context, folder, links);
  if (OPTIONS_WITHOUT_FILES.test(line)) return { files: [] };
  if (line.startsWith("-")) return { blocked: `${inFolder(folder, file)} has \`${line}\`` };
  return archiveNeeds(context, folder, line, inFolder(folder, file));
}

/** A requirement by name or address needs no file; a local archive needs itself; a local folder can't be told. */
export function archiveNeeds(context: BuildContext, folder: string, requirement: string, where: string): Files {
  const word = requirement.split(/\s*(?:;|\s--)/)[0]?.replace(/^[\w.[\]-]+\s*@\s*/, "") ?? "";
  if (/^(https?|git\+\w+|hg\+\w+|svn\+\w+|bzr\+\w+):/.test(word)) return { files: [] };
  if (!/^file:|^\.|^~|\/|\.(whl|zip|tar\.gz|tgz|tar\.bz2)$|\$\{/.test(word)) return { files: [] };
  const path = posix.normalize(word);
  return /\.(whl|zip|tar\.gz|tgz|tar\.bz2)$/.test(path) && context.has(inFolder(folder, path))
    ? { files: [path] }
    : { blocked: `${where} installs from ${word}` };
}

/** What `--find-links` looks through: an address, or a folder of the context. */
export function linkFiles(context: BuildContext, folder: string, links: string): Files {
  if (/^https?:/.test(links)) return { files: [] };
  const path = posix.normalize(links).replace(/\/$/, "");
  const full = inFolder(folder, path);
  if (path === "." || path.startsWith("/") || !context.isFolder(full))
    return { blocked: `the install looks for packages in ${links}` };
  return { files: filesBelow(context, full).map((found) => (folder === "" ? found : found.slice(folder.length + 1))) };
}
