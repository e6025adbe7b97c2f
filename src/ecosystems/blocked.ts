/** Checks for `installInputs`: each gives one sentence that names what blocks, or undefined. */
import { inFolder } from "../context/index.ts";
import type { BuildContext } from "../context/types.ts";
import type { Arguments } from "./call.ts";
import type { Surroundings } from "./types.ts";

export { inFolder };

export type Blocker = string | undefined;

/** The first option that is not in `harmless`. An option that refit does not know could name a file. */
export function unknownOption(args: Arguments, harmless: RegExp): Blocker {
  const unknown = [...args.options].find(([name]) => !harmless.test(name));
  return unknown && `the option ${unknown[0]} could make the install read other files`;
}

/** A link among `paths`: COPY of a link by its name copies what it leads to, COPY of its folder the link itself. */
export function linkAmong(context: BuildContext, paths: readonly string[]): Blocker {
  const link = paths.find((path) => context.isLink(path));
  return link && `${link} is a symbolic link`;
}

/** Why a file can't be read, where that is so. */
export function unread(context: BuildContext, path: string): string {
  if (context.ignores(path)) return `.dockerignore keeps out ${path}`;
  return context.isLink(path) ? `${path} is a symbolic link` : `the build context has no ${path}`;
}

/** The folders above `folder`, the root last. */
export function foldersAbove(folder: string): string[] {
  const above: string[] = [];
  for (let at = folder; at !== ""; ) {
    at = at.slice(0, Math.max(0, at.lastIndexOf("/")));
    above.push(at);
  }
  return above;
}

/** Files of the context below `folder`. */
export function filesBelow(context: BuildContext, folder: string): string[] {
  return context.list(folder).flatMap((name) => filesOf(context, inFolder(folder, name)));
}

/** All files of a folder, or the one at `path` alone. */
export function filesOf(context: BuildContext, path: string): string[] {
  return context.isFolder(path) ? filesBelow(context, path) : [path];
}

/** Where tools keep settings and caches in a home folder. */
const HOME_NAMES = [
  ...[".config", ".cache", ".local", ".npm", ".pip", ".yarn/berry", ".yarn/config", ".netrc"],
  ...[".node_modules", ".node_libraries", ".gitconfig"],
];

/** What a tool would take for its user's own, by one of `names`, since the context is copied into a home folder, or may be. */
export function homeSettings(
  context: BuildContext,
  folder: string,
  { cwd, env }: Surroundings,
  names: readonly string[] = HOME_NAMES,
): Blocker {
  const folders = [folder, ...foldersAbove(folder)];
  const places =
    cwd === undefined
      ? []
      : folders.map((_, up) =>
          cwd
            .split("/")
            .slice(0, -up || undefined)
            .join("/"),
        );
  const home = env.get("HOME");
  const isHome = (place: string) => (env.has("HOME") ? place === home : /^\/(root|home\/[^/]+)$/.test(place));
  if (cwd !== undefined && (home !== undefined || !env.has("HOME")) && !places.some(isHome)) return undefined;
  const found = folders
    .flatMap((at) => names.map((name) => inFolder(at, name)))
    .find((path) => context.has(path) || context.isFolder(path));
  return found && `${found} may lie in the home folder of who installs`;
}

/** Files by which version managers (pyenv, asdf, mise, nodenv) choose the program that runs. */
const VERSION_FILES = [".python-version", ".node-version", ".nvmrc", ".tool-versions", "mise.toml", ".mise.toml"];

/** Those of `folder` and above, relative to `folder`. Official images have no version manager. */
export function versionFiles(
  context: BuildContext,
  folder: string,
  base: string | undefined,
): { readonly files: readonly string[] } | { readonly blocked: string } {
  if (/^(docker\.io\/)?(library\/)?(node|python|golang)(:|@|$)/.test(base ?? "")) return { files: [] };
  const above = foldersAbove(folder).flatMap((at) => VERSION_FILES.map((name) => inFolder(at, name)));
  const found = above.find((path) => context.has(path));
  if (found !== undefined) return { blocked: `${found} may choose the program that installs` };
  return { files: VERSION_FILES.filter((name) => context.has(inFolder(folder, name))) };
}
