/** Paths on a command line, as seen from the build context; and folders that are there before it. */
import { posix } from "node:path";
import { isUnder } from "../context/index.ts";

/** Below which absolute folder the context lies, for a project `folder` of it that is at `cwd`. */
function rootOf(folder: string, cwd: string): string {
  return folder !== "" && cwd.endsWith(`/${folder}`) ? cwd.slice(0, -folder.length - 1) || "/" : cwd;
}

/**
 * Where `path` lies for a command that runs in `cwd`, which is `folder` of the context: relative to it, or "outside" of all that the context
 * brings there. Undefined for an absolute path where `cwd` is not known.
 */
export function placeOf(
  path: string,
  folder: string,
  cwd: string | undefined,
): { readonly path: string } | "outside" | undefined {
  if (!path.startsWith("/") || cwd === undefined) {
    if (path.startsWith("/")) return undefined;
    return /^\.\.(\/|$)/.test(posix.join(folder, path)) ? "outside" : { path: posix.normalize(path) };
  }
  const root = rootOf(folder, cwd);
  const isInside = root === "/" || path === root || path.startsWith(`${root}/`);
  return isInside ? { path: posix.relative(cwd, posix.normalize(path)) || "." } : "outside";
}

/** What every image has in its root folder (Filesystem Hierarchy Standard 3.0), and where Go's official images work. */
const AT_ROOT = /^\/(bin|boot|dev|etc|go|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(\/|$)/;

/** Whether `path`, if it is absolute, lies in the folder of a project. Where that is the root folder, what images have there by themselves does not. */
export function isInProject(path: string, project: string): boolean {
  return project === "/" ? path.startsWith("/") && !AT_ROOT.test(path) : isUnder(path, project);
}

/** Whether every image has a folder at the absolute `path` (Filesystem Hierarchy Standard 3.0). */
export function isSystemFolder(path: string): boolean {
  return /^\/((usr\/(local\/)?)?(bin|sbin|lib|include|share|etc)|etc|home|mnt|opt|root|srv|tmp|usr|usr\/local|var)\/?$/.test(
    path,
  );
}
