/** Node 20 reads no types: what scripts import from TypeScript is bundled first. */
import { build } from "esbuild";

/** Bundles `entry` with all that it imports of this project into `outfile`. Packages stay imports. */
export async function bundle(entry, outfile) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    logLevel: "warning",
  });
}
