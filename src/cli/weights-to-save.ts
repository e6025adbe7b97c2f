/** The file that `refit prove --save-weights` writes. */
import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UsageError, weightsFile } from "../config/index.ts";
import type { BuildStep } from "../engine/types.ts";
import { count } from "../report/index.ts";
import { complaintOf } from "./complaint.ts";
import type { Io } from "./io.ts";

export class WeightsToSave {
  readonly #path: string;
  readonly #io: Io;
  readonly #quiet: boolean;

  /** Throws a `UsageError` where no file can be written: measuring takes minutes, this does not. */
  constructor(path: string, quiet: boolean, io: Io) {
    this.#path = path;
    this.#io = io;
    this.#quiet = quiet;
    if (statSync(this.#file, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`${path} is a folder`);
    this.#orUsageError(() => accessSync(dirname(this.#file), constants.W_OK));
  }

  /** Throws a `UsageError` where nothing was measured, and where it can't be written. */
  write(steps: readonly BuildStep[]): void {
    if (steps.length === 0) throw new UsageError(`${this.#path} is not written, since no step was built`);
    this.#orUsageError(() => writeFileSync(this.#file, weightsFile(steps)));
    if (!this.#quiet)
      this.#io.stderr.write(`${this.#path} has the times of ${count(steps.length, "step")}, for --weights\n`);
  }

  get #file(): string {
    return resolve(this.#io.cwd, this.#path);
  }

  #orUsageError(act: () => void): void {
    try {
      act();
    } catch (error) {
      throw new UsageError(`--save-weights ${this.#path}: ${complaintOf(this.#path, error).message}`);
    }
  }
}
