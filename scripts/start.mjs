/** `npm start`: installs what is missing, builds, and shows what refit makes of the example. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build, installWhatIsMissing, must, root, run, say } from "./lib/steps.mjs";

installWhatIsMissing();
build();

for (const { name } of readdirSync(join(root, "examples"), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
)) {
  const path = `examples/${name}/Dockerfile`;
  say(`What refit would change in ${path}: node dist/refit.js ${path}`);
  must(run(process.execPath, ["dist/refit.js", path]));
}
say("Nothing was written. `node dist/refit.js --write PATH` writes; `node dist/refit.js --help` says more.");
