/** Corepack, which fetches a package manager when one is called for the first time: https://github.com/nodejs/corepack#readme */
import type { Invocation, Surroundings } from "../types.ts";
import { nodeVersion } from "./versions.ts";

/** Names that say where it keeps what it fetched. */
export const COREPACK_PLACES: readonly string[] = ["COREPACK_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"];

/**
 * The folder where it keeps what it fetched, and which version it took (seen with Corepack 0.17 to 0.34): absolute, or with `~` for the home
 * folder of who runs it. Undefined where that is not known. See `sources/folderUtils.ts`. `base` is the image that Node comes with.
 */
export function corepackHome(
  env: ReadonlyMap<string, string | undefined>,
  base: string | undefined,
): string | undefined {
  if (hasOldCorepack(base)) return undefined;
  const name = COREPACK_PLACES.find((each) => env.has(each));
  if (name === undefined) return "~/.cache/node/corepack";
  const folder = env.get(name);
  if (folder === undefined || !/^\/[\w./-]*[\w]$/.test(folder)) return undefined;
  return name === "COREPACK_HOME" ? folder : `${folder}/node/corepack`;
}

/** Before 0.13 it had a folder of another name (`~/.node/corepack`). Node 16 has a newer one since 16.18, Node 18 since 18.9. */
function hasOldCorepack(base: string | undefined): boolean {
  const [major, minor] = nodeVersion(base) ?? [Number.POSITIVE_INFINITY, 0];
  return major < 16 || major === 17 || (major === 16 && minor < 18) || (major === 18 && minor < 9);
}

/** Where a command leaves the package manager that Corepack fetched for it: see `corepackHome`. Undefined where it fetches none, or elsewhere. */
export function fetchedItself({ call }: Invocation, { base, env, versions }: Surroundings): string | undefined {
  const isCorepack = versions?.get("corepack")?.split(" ").includes(call.tool) === true;
  return isCorepack ? corepackHome(env, base) : undefined;
}
