/** Packages that are installed together with the root of a workspace. */
import { posix } from "node:path";
import { matchingFolders } from "../../context/index.ts";
import type { BuildContext } from "../../context/types.ts";
import { foldersAbove, inFolder } from "../blocked.ts";
import { objectOf, type PackageJson, parseJson, readPackageJson, stringsOf } from "./manifest.ts";

export interface Workspace {
  /** In the context. */
  readonly folder: string;
  readonly manifest: PackageJson;
}

/** The members that `patterns` (relative to `folder`) name, or why they can't be listed. */
export function workspacesOf(
  context: BuildContext,
  folder: string,
  patterns: readonly string[],
): readonly Workspace[] | { readonly blocked: string } {
  const matched = new Set<string>();
  for (const pattern of patterns) {
    const excludes = pattern.startsWith("!");
    const segments = (excludes ? pattern.slice(1) : pattern).replace(/^\.\/|\/+$/g, "").split("/");
    if (segments.some((segment) => segment === ".." || /[[\]{}()?\\]/.test(segment)))
      return { blocked: `refit can't list the workspaces ${pattern}` };
    for (const found of matchingFolders(context, folder, segments)) {
      if (excludes) matched.delete(found);
      else matched.add(found);
    }
  }
  matched.delete(folder);
  const link = [...matched].find(context.isLink);
  if (link !== undefined) return { blocked: `the workspace ${link} is a symbolic link` };
  const members: Workspace[] = [];
  for (const found of [...matched].sort()) {
    const manifest = readPackageJson(context, inFolder(found, "package.json"));
    if (manifest) members.push({ folder: found, manifest });
    else if (context.has(inFolder(found, "package.json"))) return { blocked: `${found}/package.json can't be read` };
  }
  const blocked = members.map(memberBlocker).find((reason) => reason !== undefined);
  return blocked === undefined ? members : { blocked };
}

/** What of a member an install reads besides its `package.json`, as far as it can't be told. */
function memberBlocker({ manifest, folder }: Workspace): string | undefined {
  if (objectOf(manifest.raw.directories)?.bin !== undefined)
    return `the install links the bin folder of ${folder}/package.json`;
  if (manifest.raw.workspaces !== undefined) return `${folder}/package.json has workspaces of its own`;
  return undefined;
}

/**
 * Programs of a member that the install links. It makes them executable and ends their first line as Unix does (npm's bin-links, fix-bin.js),
 * which a later COPY would undo; a file that is as it makes it stays so. One that is not there is only linked.
 */
export function memberPrograms(
  context: BuildContext,
  { manifest, folder }: Workspace,
): { readonly files: readonly string[] } | { readonly blocked: string } {
  const { bin } = manifest.raw;
  const paths = typeof bin === "string" ? [bin] : stringsOf(bin).map(([, path]) => path);
  const files = paths.map((path) => posix.join(folder, path)).filter((path) => context.has(path));
  const stays = (path: string) =>
    path.startsWith(`${folder}/`) && context.mode(path) === 0o755 && !/^[^\n]*\r/.test(context.read(path) ?? "");
  const changed = files.find((path) => !stays(path));
  return changed === undefined
    ? { files }
    : { blocked: `the install makes ${changed} executable, as a bin of ${folder}/package.json` };
}

/** The patterns of `package.json`: a list, or an object with `packages`. */
export function workspacePatterns(manifest: PackageJson): readonly string[] {
  const field = manifest.raw.workspaces;
  const patterns = Array.isArray(field) ? field : objectOf(field)?.packages;
  return Array.isArray(patterns) ? patterns.filter((pattern) => typeof pattern === "string") : [];
}

/** A folder above `folder` that could make it a member of a workspace: the install then works on that one. */
export function rootAbove(context: BuildContext, folder: string): string | undefined {
  return foldersAbove(folder)
    .flatMap((above) => [inFolder(above, "pnpm-workspace.yaml"), inFolder(above, "package.json")])
    .find((path) =>
      path.endsWith("yaml") ? context.has(path) : objectOf(parseJson(context.read(path)))?.workspaces !== undefined,
    );
}
