/** The command line: arguments and a world in, an exit code out. */
export { type ExitCode, type Io, processIo, type Terminal } from "./io.ts";
export { type LoadTransforms, run } from "./run.ts";
