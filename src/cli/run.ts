import type { Transform } from "../transform/index.ts";
import type { ExitCode, Io } from "./io.ts";
import { version } from "./version.ts";

/** Loads the transforms; called only by commands that need them. */
export type LoadTransforms = () => Promise<readonly Transform[]>;

/** A command that was asked for, with its arguments checked. */
export type Command = (io: Io, load: LoadTransforms) => Promise<ExitCode>;

/** Errors that the user can mend. By name: loading the classes would load what is behind them. */
const mendable = ["UsageError", "ConfigError", "EngineError"];

/** The whole program: arguments in, exit code out. Never throws. */
export async function run(argv: readonly string[], io: Io, load: LoadTransforms): Promise<ExitCode> {
  try {
    if (argv.length === 1 && argv[0] === "--version") {
      // Loads nothing else: editors and scripts ask this often.
      io.stdout.write(`${version}\n`);
      return 0;
    }
    const { parseArguments } = await import("./arguments.ts");
    const asked = parseArguments(argv);
    if (typeof asked !== "string") return await asked(io, load);
    io.stdout.write(`${asked}\n`);
    return 0;
  } catch (error) {
    if (error instanceof Error && mendable.includes(error.name)) {
      io.stderr.write(`refit: ${error.message}\n`);
    } else {
      io.stderr.write(bugReport(error));
    }
    return 2;
  }
}

/** What is said of an error that no user can have caused. */
export function bugReport(error: unknown, path?: string): string {
  const where = path === undefined ? "" : ` while it read ${path}, which is left as it was`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `refit: this is a bug of refit${where}. Please report it with these lines:\nrefit ${version}\n${stack}\n`;
}
