/** Who builds a Dockerfile: Compose and Bake files in its folder and above. */
import { dirname } from "node:path";
import { buildFilesIn, foldersFrom } from "./places.ts";
import type { UseFinder } from "./types.ts";

export type { BuildUse, UseFinder, UseStart } from "./types.ts";

const NONE: UseFinder = { usesOf: () => [], problems: () => [] };

/** For the Dockerfiles named (absolute paths). What reads such files is loaded only where there is one. */
export async function openUses(dockerfiles: readonly string[], cwd: string): Promise<UseFinder> {
  const folders = new Set(dockerfiles.flatMap((file) => foldersFrom(dirname(file), cwd)));
  if (![...folders].some((folder) => buildFilesIn(folder).length > 0)) return NONE;
  return (await import("./read.ts")).useFinder(cwd);
}
