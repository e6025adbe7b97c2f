/** `npm run check`: all that CI runs without a Docker engine, cheapest first. Every step runs; those that failed are named at the end. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installWhatIsMissing, root, run, runInstalled, say } from "./lib/steps.mjs";

installWhatIsMissing();

const steps = [
  ["format and lint", () => runInstalled("biome", ["ci", "."])],
  ["types", () => runInstalled("tsc", ["--noEmit"])],
  ["generated files", () => run(process.execPath, ["scripts/run.mjs", "scripts/gen.ts", "--check"])],
  ["unused code", () => runInstalled("knip", [])],
  ["build", () => run(process.execPath, ["scripts/build.mjs"])],
  ["tests", () => runInstalled("vitest", ["run"])],
  ["package shape", () => runInstalled("publint", ["--strict"])],
  ["packed tarball", packedTarballRuns],
];

const failed = [];
for (const [name, step] of steps) {
  say(name);
  if (step() !== 0) failed.push(name);
}
say(failed.length === 0 ? "All is well" : `Failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Installs the tarball in an empty folder, as a user would, and runs the binary and the library. */
function packedTarballRuns() {
  const folder = mkdtempSync(join(tmpdir(), "refit-packed-"));
  const inFolder = { cwd: folder };
  try {
    const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
      cwd: root,
    });
    const [{ filename }] = JSON.parse(packed);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
    writeFileSync(join(folder, "Dockerfile"), "FROM debian:12\nRUN mkdir /a\nRUN mkdir /b\n");
    const library =
      'import { refit } from "refit"; if (!refit("FROM a\\nRUN mkdir /a\\nRUN mkdir /b\\n").after) process.exit(1);';
    return (
      run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", `./${filename}`], inFolder) ||
      run(join(folder, "node_modules/.bin/refit"), ["--version"], inFolder) ||
      run(join(folder, "node_modules/.bin/refit"), ["--offline", "Dockerfile"], inFolder) ||
      run(process.execPath, ["--input-type=module", "--eval", library], inFolder)
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
