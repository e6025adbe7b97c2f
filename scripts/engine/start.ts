/** Installs a Docker Engine where it is missing, starts it, and makes the base images named (all of them by default). */
import { baseNames, isBaseName, lightBases } from "./bases.ts";
import { startEngine } from "./engine.ts";

const asked = process.argv.slice(2);
const names = asked.filter(isBaseName);
if (names.length < asked.length) throw new Error(`the base images are ${baseNames.join(", ")}`);
await startEngine(names.length > 0 ? names : lightBases);
