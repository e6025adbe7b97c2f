import { build } from "esbuild";

await build({ entryPoints: ["src/index.ts"], bundle: true, platform: "node", packages: "external", outdir: "dist" });
