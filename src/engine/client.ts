/** An engine's command line client: run, and its complaints put into words. */
import type { Readable } from "node:stream";
import { EngineError } from "./error.ts";
import { outageOf } from "./failure.ts";
import { type Ended, runProgram } from "./process.ts";

export interface Ask {
  readonly input?: Uint8Array | Readable | undefined;
  /** Seconds. */
  readonly timeout?: number | undefined;
  readonly onLine?: ((line: string) => void) | undefined;
  readonly onOutput?: ((line: string) => void) | undefined;
  /** Variables beside the client's own. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface Client {
  readonly program: string;
  /** Resolves when none of its programs runs any more. */
  idle(): Promise<void>;
  /** Whatever comes of it. Throws an `EngineError` where the engine can't be reached. */
  try(args: readonly string[], ask?: Ask): Promise<Ended>;
  /** What it prints. Throws an `EngineError` with what it says when it fails. */
  ask(args: readonly string[], ask?: Ask): Promise<Buffer>;
}

/** `signal` ends what runs and refuses what comes after. */
export function clientOf(
  program: string,
  options: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly cwd?: string | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Client {
  const running = new Set<Promise<unknown>>();
  const attempt = async (args: readonly string[], ask: Ask = {}) => {
    const run = runProgram(program, args, { ...options, ...ask, env: { ...options.env, ...ask.env } });
    running.add(run);
    const ended = await run.finally(() => running.delete(run));
    const outage = ended.code === 0 ? undefined : outageOf(ended.stderr);
    if (outage !== undefined) throw new EngineError(outage);
    return ended;
  };
  return {
    program,
    idle: async () => void (await Promise.allSettled(running)),
    try: attempt,
    ask: async (args, ask) => {
      const { code, stdout, stderr } = await attempt(args, ask);
      if (code === 0) return stdout;
      const said = stderr.trim().split("\n").at(-1) || "it says no reason";
      throw new EngineError(
        `${program} ${args[0]} failed: ${said.replace(/^(Error|Error response from daemon|ERROR): /, "")}`,
      );
    },
  };
}
