/** Builds dist/: the command line tool (refit.js, chunks loaded when needed), the libraries (index.js, testing.js), and their types. */
import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });

/** What all bundles have in common. */
const common = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  chunkNames: "chunks/[name]-[hash]",
  // Some dependencies are CommonJS, whose `require` of a Node module has no meaning in an ES module.
  banner: {
    js: 'import { createRequire as refitCreateRequire } from "node:module"; const require = refitCreateRequire(import.meta.url);',
  },
  // yargs measures the width of its help in terminal columns, with Unicode tables that take longer to load than all the rest of it;
  // our help is ASCII. It looks on the disk for a version to show, and for a difference to explain it loads what testers need.
  alias: {
    "string-width": "./scripts/lib/ascii-width.mjs",
    "escalade/sync": "./scripts/lib/no-package.mjs",
    assert: "./scripts/lib/plain-assert.mjs",
  },
  // Less to read at each start. Names stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  // Taken from node_modules when they are needed: undici is large, and only for registries behind a proxy; fast-check's types are part of
  // those of testing.js.
  external: ["undici", "fast-check"],
  logLevel: "warning",
};
// The tool by itself: what it shares with the libraries would be cut out of its bundle, and each piece more costs time at its start.
await build({ ...common, entryPoints: { refit: "bin/refit.ts" } });
await build({ ...common, entryPoints: { index: "src/index.ts", testing: "src/testing.ts" } });
chmodSync(join(dist, "refit.js"), 0o755);

const tsc = join(root, "node_modules/.bin/tsc");
const types = join(dist, "types");
execFileSync(tsc, ["--project", "tsconfig.types.json", "--outDir", types], { cwd: root, stdio: "inherit" });

for (const file of readdirSync(types, { recursive: true })) {
  if (!file.endsWith(".d.ts")) continue;
  // tsc leaves the `.ts` of type imports in declarations; a consumer has `.d.ts` files beside no `.ts`.
  const path = join(types, file);
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace(/(from "\.{1,2}\/[^"]*|import\("\.{1,2}\/[^"]*)\.ts"/g, '$1.js"'),
  );
}
