/** `npm test [-- NAME…]`: installs what is missing, builds, and runs the tests. Arguments go to vitest. */
import { build, installWhatIsMissing, runInstalled, say } from "./lib/steps.mjs";

installWhatIsMissing();
build();
say("Running the tests (vitest)");
process.exitCode = runInstalled("vitest", ["run", ...process.argv.slice(2)]);
