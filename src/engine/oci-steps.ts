/** What podman and buildah print while they build, read. Source: containers/buildah, imagebuildah/stage_executor.go. */
import { performance } from "node:perf_hooks";
import type { BuildStep } from "./types.ts";

/** `STEP 2/3: RUN make`; of a file with several stages `[1/2] STEP 2/3: RUN make`. */
const STEP = /^(?:\[(\d+)\/\d+\] )?STEP \d+(?:\/\d+)?: (.*)$/;
const CACHED = /^(?:\[\d+\/\d+\] )?--> Using cache [0-9a-f]{64}$/;
const COMMIT = /^(?:\[\d+\/\d+\] )?COMMIT\b/;
/** The instructions that BuildKit counts as steps, too. */
const WORKS = /^(RUN|COPY|ADD|WORKDIR)\b/i;

interface Step {
  readonly stage: string;
  readonly instruction: string;
  readonly begun: number;
  ended: number | undefined;
  cached: boolean;
}

/** Reads a build's output line by line, as it comes: the time between two lines is how long a step took. */
export class StepLog {
  readonly #steps: Step[] = [];
  readonly #onStep: (step: string) => void;
  #stage = "";

  constructor(onStep: (step: string) => void = () => {}) {
    this.#onStep = onStep;
  }

  read(line: string): void {
    const [, number, instruction] = STEP.exec(line) ?? [];
    if (instruction !== undefined) {
      this.#end();
      if (/^FROM\b/i.test(instruction)) this.#stage = stageName(number, instruction);
      this.#steps.push({ stage: this.#stage, instruction, begun: performance.now(), ended: undefined, cached: false });
      this.#onStep(instruction);
    } else if (COMMIT.test(line)) this.#end();
    else if (CACHED.test(line)) this.#cached();
  }

  #cached(): void {
    const last = this.#steps.at(-1);
    if (last) last.cached = true;
  }

  #end(): void {
    const last = this.#steps.at(-1);
    if (last) last.ended ??= performance.now();
  }

  /** The step that has not ended, as printed. */
  get current(): string | undefined {
    const last = this.#steps.at(-1);
    return last?.ended === undefined ? last?.instruction : undefined;
  }

  /** In the order in which they started; those that BuildKit does not count as steps, and FROM, are left out. */
  get steps(): readonly BuildStep[] {
    this.#end();
    return this.#steps
      .filter(({ instruction }) => WORKS.test(instruction))
      .map(({ stage, instruction, cached, begun, ended = begun }) => ({
        stage,
        instruction,
        cached,
        seconds: cached ? 0 : (ended - begun) / 1000,
      }));
  }
}

/** As BuildKit calls it: its own name or its number from 0; empty where it is the only one. */
function stageName(number: string | undefined, from: string): string {
  if (number === undefined) return "";
  return /\sAS\s+(\S+)\s*$/i.exec(from)?.[1] ?? `stage-${Number(number) - 1}`;
}
