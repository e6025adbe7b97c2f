import type { Problem } from "../dockerfile/types.ts";
import type { Proof } from "../engine/types.ts";
import type { EditedFile, LeaveOut, Outcome } from "../pipeline/types.ts";
import type { Position } from "../text/index.ts";

/** A problem with its place for people; a file that could not be read, or that no engine could build, has no place. */
export interface PlacedProblem {
  readonly code: Problem["code"] | "engine";
  readonly message: string;
  readonly at: Position | undefined;
}

/** All that a report says of one file. */
export interface FileReport {
  /** As the user would type it. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** What is edited beside the Dockerfile, by paths as the user would type them. */
  readonly files: readonly EditedFile[];
  readonly problems: readonly PlacedProblem[];
  readonly outcomes: readonly Outcome[];
  readonly settled: boolean;
  /** With `--prove`: of the text `after`; undefined where nothing could be tried. */
  readonly proof?: Proof | undefined;
  /** What a proof failed with, and `after` is without. */
  readonly leftOut?: readonly LeaveOut[] | undefined;
}

/** All that `refit prove` says of one file. */
export interface ProofReport {
  /** As the user would type it. */
  readonly path: string;
  /** Why there is no proof. */
  readonly problems: readonly PlacedProblem[];
  readonly proof?: Proof | undefined;
}

export interface ProofTotals {
  readonly files: number;
  readonly kept: number;
  readonly broken: number;
  readonly undecided: number;
  /** Files without a proof because of a problem. */
  readonly problems: number;
}

export interface Totals {
  readonly files: number;
  readonly changed: number;
  readonly applied: number;
  readonly declined: number;
  /** Files left as they were because of a problem. */
  readonly problems: number;
}

/** One output form. Texts go to standard output or standard error; what is empty is not written. */
export interface Reporter<Report = FileReport, Sum = Totals> {
  begin(): Said;
  file(report: Report): Said;
  end(totals: Sum): Said;
}

export type ProofReporter = Reporter<ProofReport, ProofTotals>;

export interface Said {
  readonly out?: string;
  readonly err?: string;
}

/** How much to say. */
export type Verbosity = "quiet" | "normal" | "verbose";
