/** Dependencies that lie in the project's own folders instead of a registry. */
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, inFolder } from "../blocked.ts";
import { allStrings, type PackageJson } from "./manifest.ts";

const LOCAL = /^(file:|link:|portal:|patch:|exec:|\.{0,2}\/|~\/|\.{1,2}$|[A-Za-z]:)|\.(tgz|tar\.gz|tar)$/;

/** Fields by which package managers replace what a dependency asks for. */
const OVERRIDES = ["overrides", "resolutions", "pnpm"];

/**
 * Tarballs of the context that `manifest` installs from. A folder (`file:../lib`) can't be told: what of it is installed is up to its own
 * `files`, scripts and dependencies.
 */
export function localTarballs(
  context: BuildContext,
  folder: string,
  manifest: PackageJson,
): { readonly files: readonly string[] } | { readonly blocked: string } {
  const files: string[] = [];
  for (const { name, specifier } of manifest.dependencies) {
    if (/^https?:|^git[+:]/.test(specifier) || !LOCAL.test(specifier)) continue;
    const path = /^(?:file:)?(?:\.\/)?([^:~.][^:]*\.(?:tgz|tar\.gz))$/.exec(specifier)?.[1];
    const tarball = path === undefined || /(^|\/)\.\.(\/|$)|^\//.test(path) ? undefined : inFolder(folder, path);
    if (tarball === undefined || !context.has(tarball))
      return { blocked: `${manifest.path} installs ${name} from ${specifier}` };
    files.push(tarball);
  }
  return { files };
}

/** An override or a patch that names a local path. */
export function localOverride(manifest: PackageJson): Blocker {
  for (const field of OVERRIDES) {
    const local = allStrings(manifest.raw[field]).find((value) => /^(file|link|portal|patch):|^\.{1,2}\//.test(value));
    if (local !== undefined) return `the ${field} field of ${manifest.path} points to ${local}`;
  }
  return undefined;
}
