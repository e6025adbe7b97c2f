/** What a COPY from the build context brings into an image (BuildKit, solver/llbsolver/file and frontend/dockerfile/dockerfile2llb/convert.go). */
import { posix } from "node:path";
import { inFolder } from "./toolchain/paths.ts";
import type { BuildContext } from "./types.ts";

export interface Copied {
  /** Path in the image, absolute, to path in the context. */
  readonly places: ReadonlyMap<string, string>;
  /** Whether one of the sources is a folder, whose content is copied. */
  readonly bringsFolder: boolean;
}

/**
 * What `sources` (expanded, wildcards allowed) bring to `destination` (expanded, as written) in `cwd`. A lone file goes into `destination`
 * where that is spelled as a folder or is `cwd` itself; a folder that only the image knows is not seen. With `keepsFolders` (--parents)
 * files keep the folders that they have in the context.
 */
export function copiedBy(
  context: BuildContext,
  sources: readonly string[],
  destination: string,
  cwd: string,
  keepsFolders = false,
): Copied {
  const target = posix.resolve(cwd, destination);
  const found = sources.flatMap((source) => matching(context, contextPath(source)));
  const isFolder = isFolderDestination(destination, cwd) || found.length > 1;
  const places = new Map<string, string>();
  for (const path of found) {
    if (keepsFolders) {
      const files = context.isFolder(path) ? filesBelow(context, path) : [path];
      for (const file of files) places.set(posix.join(target, file), file);
    } else if (!context.isFolder(path)) places.set(isFolder ? posix.join(target, posix.basename(path)) : target, path);
    else
      for (const file of filesBelow(context, path))
        places.set(posix.join(target, file.slice(path === "" ? 0 : path.length + 1)), file);
  }
  return { places, bringsFolder: found.some((path) => context.isFolder(path)) };
}

/** Whether a destination is spelled as a folder, or is the working directory. */
export function isFolderDestination(destination: string, cwd: string): boolean {
  return /(^|\/)\.{0,2}$/.test(destination) || posix.resolve(cwd, destination) === posix.resolve(cwd);
}

/**
 * What `source` (wildcards allowed) names on the way to `path`: `path` itself or a folder above it, "" for the root; undefined where it
 * leaves `path` out. Of several there is never more than one, since a wildcard stays within its segment.
 */
export function namedBy(source: string, path: string): string | undefined {
  const pattern = contextPath(source);
  if (pattern === "") return "";
  const [segments, names] = [pattern.split("/"), path.split("/")];
  if (segments.length > names.length) return undefined;
  return segmentsMatch(segments, names) ? names.slice(0, segments.length).join("/") : undefined;
}

/** Whether `source` could name something below `folder`. */
export function couldNameBelow(source: string, folder: string): boolean {
  if (folder === "") return true;
  const [segments, names] = [contextPath(source).split("/"), folder.split("/")];
  return segments.length > names.length && segmentsMatch(segments.slice(0, names.length), names);
}

function segmentsMatch(segments: readonly string[], names: readonly string[]): boolean {
  const isLiteral = !/[*?[\\]/.test(segments.join());
  return segments.every((segment, index) => {
    const name = names[index]!;
    return segment === name || (!isLiteral && segmentPattern(segment)?.test(name) === true);
  });
}

/** A source as a path in the context: `/app/`, `./app` and `../app` are all `app`. */
function contextPath(source: string): string {
  return posix.join("/", source).replace(/^\/|\/$/g, "");
}

/** Files and folders that a source names; Go's filepath.Match, segment by segment. */
function matching(context: BuildContext, pattern: string): string[] {
  if (pattern === "") return [""];
  if (!/[*?[\\]/.test(pattern)) return context.has(pattern) || context.isFolder(pattern) ? [pattern] : [];
  let found = [""];
  for (const segment of pattern.split("/")) {
    const name = segmentPattern(segment);
    found = found.flatMap((folder) =>
      context
        .list(folder)
        .filter((entry) => name?.test(entry))
        .map((entry) => inFolder(folder, entry)),
    );
  }
  return found;
}

function segmentPattern(segment: string): RegExp | undefined {
  const source = segment.replace(/\\(.)|([.+^${}()|])|(\*)|(\?)/g, (_, escaped, special, star) =>
    escaped !== undefined
      ? `\\${escaped}`
      : special !== undefined
        ? `\\${special}`
        : star !== undefined
          ? "[^/]*"
          : "[^/]",
  );
  try {
    return new RegExp(`^${source.replaceAll("[\\^", "[^")}$`);
  } catch {
    return undefined;
  }
}

function filesBelow(context: BuildContext, folder: string): readonly string[] {
  if (folder === "") return context.files();
  return context.list(folder).flatMap((name) => {
    const path = inFolder(folder, name);
    return context.isFolder(path) ? filesBelow(context, path) : [path];
  });
}
