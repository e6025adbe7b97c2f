/** Runs one of the TypeScript files in scripts/: bundles it with esbuild (Node 20 reads no types) and imports the bundle. */
import { mkdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const [script, ...args] = process.argv.slice(2);
if (!script) throw new Error("usage: node scripts/run.mjs SCRIPT.ts [ARGS]");
const folder = resolve(import.meta.dirname, "..", "node_modules/.cache/refit");
mkdirSync(folder, { recursive: true });
const outfile = resolve(folder, `${basename(script, ".ts")}.mjs`);
await build({
  entryPoints: [resolve(script)],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  logLevel: "warning",
});
process.argv = [process.argv[0], resolve(script), ...args];
await import(pathToFileURL(outfile).href);
