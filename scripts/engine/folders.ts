import { resolve } from "node:path";

/** The project's root. Scripts and tests run there (npm sees to it). */
export const root = process.cwd();

/** What the engine scripts keep between runs; git ignores it. */
export const cacheFolder = resolve(root, ".cache/engine");
