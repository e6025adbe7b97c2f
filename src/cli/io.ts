import type { Readable } from "node:stream";

/** The world as a command sees it. Files are read and written directly; everything a terminal shows goes through here. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
}

export interface Terminal {
  readonly isTTY: boolean;
  /** Characters in a line, of a terminal. */
  readonly columns?: number | undefined;
  write(text: string | Uint8Array): void;
}

/** 0: nothing left to do, or all done. 1: `--check` found something. 2: something failed. */
export type ExitCode = 0 | 1 | 2;

/** Whether to colour: on a terminal, unless NO_COLOR (no-color.org) says no. */
export function colours(io: Io, terminal: Terminal): boolean {
  return terminal.isTTY && !io.env.NO_COLOR && io.env.TERM !== "dumb";
}

/** This process. Its streams are dear to open, so each is opened when it is first asked for. */
export function processIo(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    get stdin() {
      return process.stdin;
    },
    stdout: lazyTerminal(() => process.stdout),
    stderr: lazyTerminal(() => process.stderr),
  };
}

function lazyTerminal(stream: () => NodeJS.WriteStream): Terminal {
  let open: NodeJS.WriteStream | undefined;
  const opened = (): NodeJS.WriteStream => {
    // A reader that stops listening (`refit | head`) is no error.
    open ??= stream().on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
    return open;
  };
  return {
    get isTTY() {
      return opened().isTTY === true;
    },
    get columns() {
      return opened().columns;
    },
    write: (text) => void opened().write(text),
  };
}
