/** Requirements files: which files of the context they lead to (pip, _internal/req/req_file.py and constructors.py). */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { filesBelow, inFolder, unread } from "../blocked.ts";
import { linesOf, optionsOf, splitLine } from "./requirement-lines.ts";

interface Found {
  /** Relative to where pip runs. */
  readonly files: readonly string[];
  /** Paths that pip writes there: checkouts of editable requirements. */
  readonly writes: readonly string[];
}

export type Needs = Found | { readonly blocked: string };

const NOTHING: Found = { files: [], writes: [] };

interface Requirements extends Found {
  /** A line that names something from where pip runs. */
  readonly local: string | undefined;
}

/**
 * The files behind `-r start` of a pip that runs in `folder` of the context; paths relative to it. Nested files are found beside the one that
 * names them, archives from where pip runs.
 */
export function requirementFiles(
  context: BuildContext,
  folder: string,
  start: readonly string[],
  /** The text of a file that is none of the context's, by its path; it is not among the answer's. */
  made: ReadonlyMap<string, string> = new Map(),
): Requirements | { readonly blocked: string } {
  let local: string | undefined;
  const files = new Set<string>();
  const writes = new Set<string>();
  const waiting = [...start];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (/^https?:/i.test(file)) continue;
    const path = posix.normalize(file);
    if (files.has(path)) continue;
    const full = posix.join(folder, path);
    if (/^\/|^\w+:/.test(file) || /^\.\.(\/|$)/.test(full) || file.includes("${"))
      return { blocked: `the requirements file ${file} lies elsewhere` };
    const text = made.get(path) ?? context.read(full);
    if (text === undefined) return { blocked: unread(context, full) };
    const lines = linesOf(text);
    if (lines === undefined) return { blocked: `${full} is in another encoding than UTF-8` };
    files.add(path);
    for (const line of lines) {
      const nested = nestedFile(line);
      if (nested !== undefined) {
        waiting.push(/^\/|^https?:/i.test(nested) ? nested : posix.join(posix.dirname(path), nested));
        continue;
      }
      const needed = lineNeeds(context, folder, path, line);
      if ("blocked" in needed) return needed;
      if (needed.files.length + needed.writes.length > 0) local = line;
      for (const found of needed.files) files.add(found);
      for (const written of needed.writes) writes.add(written);
    }
  }
  return { files: [...files].filter((path) => !made.has(path)), writes: [...writes], local };
}

/**
 * The lines of the requirements files at `start`, absolute, and of those that they name. One of which there is no text, since it lies elsewhere, has
 * none.
 */
export function requirementLines(
  start: readonly string[],
  textOf: (path: string) => string | undefined,
): readonly string[] {
  const lines: string[] = [];
  const paths = new Set(start);
  for (const path of paths) {
    for (const line of linesOf(textOf(path) ?? "") ?? []) {
      lines.push(line);
      const nested = nestedFile(line);
      if (nested !== undefined) paths.add(posix.resolve(posix.dirname(path), nested));
    }
  }
  return lines;
}

/** Options that lead to no file of the project. */
const WITHOUT_FILES =
  /^(-i|--(index-url|pypi-url|extra-index-url|no-index|trusted-host|pre|prefer-binary|no-binary|only-binary|require-hashes|use-feature))$/;

/** Options behind a requirement; pip takes no notice of others there. */
const OF_A_REQUIREMENT = /^(--hash|--global-option|--install-option|-C|--config-settings?)$/;

/** The file that a line of options includes: pip looks at the first alone. */
function nestedFile(line: string): string | undefined {
  const { requirement, options } = splitLine(line);
  if (requirement !== "") return undefined;
  const found = optionsOf(options);
  const named = (names: readonly string[]) => found?.find(({ name }) => names.includes(name))?.value;
  return named(["-r", "--requirement"]) ?? named(["-c", "--constraint"]);
}

function lineNeeds(context: BuildContext, folder: string, file: string, line: string): Needs {
  const where = inFolder(folder, file);
  const { requirement, options } = splitLine(line);
  const found = optionsOf(options);
  if (found === undefined) return { blocked: `refit does not follow \`${line}\` of ${where}` };
  if (requirement !== "") {
    const unknown = found.find(({ name }) => !OF_A_REQUIREMENT.test(name) && !WITHOUT_FILES.test(name));
    return unknown
      ? { blocked: `refit does not follow \`${line}\` of ${where}` }
      : requirementNeeds(context, folder, requirement, where);
  }
  const needs = found.map(({ name, value = "" }): Needs => {
    if (name === "-f" || name === "--find-links") return linkFiles(context, folder, value, posix.dirname(file));
    if (name === "-e" || name === "--editable") return editableNeeds(value, `\`-e ${value}\` in ${where}`);
    return WITHOUT_FILES.test(name) ? NOTHING : { blocked: `refit does not follow \`${line}\` of ${where}` };
  });
  return together(needs);
}

/** All that several need, or what blocks the first. */
export function together(needs: readonly Needs[]): Needs {
  const files: string[] = [];
  const writes: string[] = [];
  for (const needed of needs) {
    if ("blocked" in needed) return needed;
    files.push(...needed.files);
    writes.push(...needed.writes);
  }
  return { files, writes };
}

const VERSION_CONTROL = /^(git|hg|svn|bzr)(\+(https?|ssh|git|lp|svn|sftp|ftp|static-http))?:/i;
const ARCHIVE = /\.(whl|zip|tar|tgz|tbz|txz|tlz|tar\.(gz|bz2|xz|lz|lzma))$/i;

/** What a project depends on may stand in its manifest, but pip has no option for that alone. */
const NOT_ALONE = "and pip can't install what a project depends on without the project";

/** An editable checkout goes into `src` (pip, _internal/locations, `get_src_prefix`); any other is a folder. */
export function editableNeeds(value: string, said: string): Needs {
  const egg = /[#&]egg=([\w.-]+)/.exec(value)?.[1];
  if (!VERSION_CONTROL.test(value)) return { blocked: `${said} builds from the sources, ${NOT_ALONE}` };
  if (egg === undefined) return { blocked: `${said} does not say how the package is called` };
  return {
    files: [],
    writes: [...new Set([egg, egg.toLowerCase().replace(/[-_.]+/g, "-")])].map((name) => `src/${name}`),
  };
}

/** A requirement by name or address needs no file; a local archive needs itself; a local folder can't be told. */
export function requirementNeeds(context: BuildContext, folder: string, requirement: string, where: string): Needs {
  const word = requirement
    .split(/^\w+(?:\+\w+)?:/.test(requirement) ? "; " : ";")[0]!
    .trim()
    .replace(/^[\w.-]+\s*(\[[^\]]*\])?\s*@\s*/, "");
  if (/^(https?|ftp):/i.test(word) || VERSION_CONTROL.test(word)) return NOTHING;
  const path = posix.normalize(word.replace(/\[[^\]]*\]$/, ""));
  const isPath = /^[.~]|\/|^\w+:|\$\{/.test(word) || ARCHIVE.test(path);
  if (!isPath) return NOTHING;
  const full = posix.join(folder, path);
  if (ARCHIVE.test(path) && !path.startsWith("/") && context.has(full)) return { files: [path], writes: [] };
  return {
    blocked:
      full === "." || context.isFolder(full)
        ? `${where} builds ${word} from its sources, ${NOT_ALONE}`
        : `${where} installs from ${word}`,
  };
}

/**
 * What `--find-links` looks through: an address, or a folder or page of the context. In a file of `beside`, pip takes what lies there, if it
 * is there.
 */
export function linkFiles(context: BuildContext, folder: string, links: string, beside = "."): Needs {
  if (/^https?:/i.test(links)) return NOTHING;
  const blocked = { blocked: `the install looks for packages in ${links}` };
  if (/^[/~]|^\w+:|\$\{/.test(links) || links === "") return blocked;
  const place = [posix.join(beside, links), posix.normalize(links)].find((path) =>
    isThere(context, posix.join(folder, path)),
  );
  const path = place?.replace(/\/$/, "");
  if (path === undefined || path === ".") return blocked;
  const full = posix.join(folder, path);
  // A page may link to files beside it.
  if (!context.isFolder(full)) return blocked;
  return {
    files: filesBelow(context, full).map((found) => posix.join(path, found.slice(full.length + 1))),
    writes: [],
  };
}

function isThere(context: BuildContext, path: string): boolean {
  return context.has(path) || context.isFolder(path);
}
