/** Runs one of the TypeScript files in scripts/: bundles it with esbuild (Node 20 reads no types) and imports the bundle. */
import { mkdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./lib/bundle.mjs";

const [script, ...args] = process.argv.slice(2);
if (!script) throw new Error("usage: node scripts/run.mjs SCRIPT.ts [ARGS]");
const folder = resolve(import.meta.dirname, "..", "node_modules/.cache/refit");
mkdirSync(folder, { recursive: true });
const outfile = resolve(folder, `${basename(script, ".ts")}.mjs`);
await bundle(resolve(script), outfile);
process.argv = [process.argv[0], resolve(script), ...args];
await import(pathToFileURL(outfile).href);
