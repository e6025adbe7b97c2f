/** The command line: arguments and a world in, an exit code out. */
export { type ExitCode, processIo } from "./io.ts";
export { run } from "./run.ts";
