/** The commands that need a container engine. One module, since each that is loaded by itself cuts the bundle of all others in smaller pieces. */
export { cleanUp } from "./clean.ts";
export { proveFiles } from "./prove.ts";
export { Prover } from "./prover.ts";
export { writeTests } from "./tests.ts";
