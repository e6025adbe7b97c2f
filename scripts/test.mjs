/** `npm test [-- NAME…]`: installs what is missing, builds, and runs the tests. Arguments go to vitest. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { build, installWhatIsMissing, root, runInstalled, say } from "./lib/steps.mjs";

installWhatIsMissing();
build();
say("Running the tests (vitest)");
process.exitCode = runInstalled("vitest", ["run", ...process.argv.slice(2)]);
say(
  `Left out: ${engineTests()} tests that need a container engine. On Debian, as root, npm run engine installs one and runs them.`,
);

/** Their number, without running them. */
function engineTests() {
  const args = ["list", "--config", "test/engine/vitest.config.ts"];
  const listed = execFileSync(join(root, "node_modules/.bin/vitest"), args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, REFIT_LIST_TESTS: "1" },
  });
  // Each line begins with the project: `[alone] test/engine/…`.
  return listed.split("\n").filter((line) => /^(\[\w+\] )?test\/engine\//.test(line)).length;
}
