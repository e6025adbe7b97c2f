/** Corepack, which fetches a package manager when one is called for the first time: https://github.com/nodejs/corepack#readme */
import type { Invocation, Surroundings } from "../types.ts";

/** Names that say where it keeps what it fetched. */
export const COREPACK_PLACES: readonly string[] = ["COREPACK_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"];

/**
 * The folder where it keeps what it fetched, and which version it took (seen with Corepack 0.17 to 0.34): absolute, or with `~` for the home
 * folder of who runs it. Undefined where that is not known. See `sources/folderUtils.ts`.
 */
export function corepackHome(env: ReadonlyMap<string, string | undefined>): string | undefined {
  const name = COREPACK_PLACES.find((each) => env.has(each));
  if (name === undefined) return "~/.cache/node/corepack";
  const folder = env.get(name);
  if (folder === undefined || !/^\/[\w./-]*[\w]$/.test(folder)) return undefined;
  return name === "COREPACK_HOME" ? folder : `${folder}/node/corepack`;
}

/** Where a command leaves the package manager that Corepack fetched for it: see `corepackHome`. Undefined where it fetches none, or elsewhere. */
export function fetchedItself({ call }: Invocation, { env, versions }: Surroundings): string | undefined {
  const isCorepack = versions?.get("corepack")?.split(" ").includes(call.tool) === true;
  return isCorepack ? corepackHome(env) : undefined;
}
