/** Programs run without a shell, each in a process group of its own, so that it ends whole and a Ctrl-C meets refit alone. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { EngineError, MissingProgram } from "./error.ts";

export interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string | undefined;
  readonly input?: Uint8Array | Readable | undefined;
  /** Seconds; then it is ended. */
  readonly timeout?: number | undefined;
  /** Ends it; `runProgram` then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each line on standard error as it comes. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** The same for standard output. */
  readonly onOutput?: ((line: string) => void) | undefined;
}

export interface Ended {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** How long a program may take to end by itself when asked to. BuildKit's client cancels its build in that time. */
const GRACE_MS = 5000;

/** Runs a program to its end, whatever its exit code. Throws an `EngineError` where there is no such program. */
export async function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const { env, cwd, signal } = options;
  signal?.throwIfAborted();
  const child = spawn(program, args, { env: { ...env }, cwd, detached: true, stdio: "pipe" });
  const stop = () => endGroup(child);
  let timedOut = false;
  const timer =
    options.timeout === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          stop();
        }, options.timeout * 1000);
  signal?.addEventListener("abort", stop);
  try {
    const closed = once(child, "close");
    const [stdout, stderr] = await Promise.all([
      bytesOf(child.stdout, options.onOutput),
      linesOf(child.stderr, options.onLine),
      feed(child, options.input),
      closed,
    ]);
    signal?.throwIfAborted();
    return { code: child.exitCode ?? undefined, stdout, stderr, timedOut };
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    if (syscall?.startsWith("spawn") !== true) throw error;
    if (code === "ENOENT") throw new MissingProgram(`there is no program ${program} in PATH`);
    throw new EngineError(`${program} can't be run (${code})`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** Asks, then insists. The docker client leaves its plugins behind when it alone is killed. */
function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  const group = -child.pid;
  signalTo(group, "SIGINT");
  const insist = setTimeout(() => signalTo(group, "SIGKILL"), GRACE_MS);
  child.once("close", () => clearTimeout(insist));
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function bytesOf(stream: Readable, onLine: RunOptions["onLine"]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const tell = teller(onLine);
  for await (const chunk of stream) {
    chunks.push(chunk);
    tell(chunk.toString("latin1"));
  }
  return Buffer.concat(chunks);
}

async function linesOf(stream: Readable, onLine: RunOptions["onLine"]): Promise<string> {
  let text = "";
  const tell = teller(onLine);
  stream.setEncoding("utf8");
  for await (const chunk of stream) {
    text += chunk;
    tell(chunk);
  }
  return text;
}

/** Takes text piece by piece and tells of each line that is whole. */
function teller(onLine: RunOptions["onLine"]): (piece: string) => void {
  if (!onLine) return () => {};
  let rest = "";
  return (piece) => {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line.replace(/\r$/, ""));
  };
}

/** A program that ends without reading all of its input says by its exit code what it thinks of that. */
async function feed({ stdin }: ChildProcess, input: RunOptions["input"]): Promise<void> {
  if (stdin === null) return;
  try {
    if (input === undefined || input instanceof Uint8Array) {
      stdin.on("error", () => {});
      stdin.end(input);
    } else await pipeline(input, stdin);
  } catch (error) {
    if (!["EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
