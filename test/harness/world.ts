/** Runs the command line in this process, in a folder of its own. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { type ExitCode, run } from "../../src/cli/index.ts";
import type { Transform } from "../../src/transform/index.ts";
import { shoutNote } from "./samples.ts";

export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  readonly tty?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly transforms?: readonly Transform[];
}

export interface World {
  readonly folder: string;
  read(path: string): string;
  refit(args: readonly string[], options?: RunOptions): Promise<Outcome>;
}

/** A temporary folder with `files`, gone when the test ends. */
export function world(files: Readonly<Record<string, string | Uint8Array>> = {}): World {
  const folder = mkdtempSync(join(tmpdir(), "refit-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return {
    folder,
    read: (path) => readFileSync(join(folder, path), "utf8"),
    async refit(args, { stdin = "", tty = false, env = {}, transforms = [shoutNote] } = {}) {
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      const terminal = (chunks: Buffer[]) => ({
        isTTY: tty,
        write: (text: string | Uint8Array) => void chunks.push(Buffer.from(text)),
      });
      const code = await run(
        args,
        {
          cwd: folder,
          env,
          stdin: Readable.from([Buffer.from(stdin)]),
          stdout: terminal(out),
          stderr: terminal(err),
        },
        async () => transforms,
      );
      const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString("utf8");
      return { code, out: text(out), err: text(err) };
    },
  };
}
