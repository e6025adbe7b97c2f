import type { Problem } from "../dockerfile/types.ts";
import type { Outcome } from "../pipeline/types.ts";
import type { Position } from "../text/index.ts";

/** A problem with its place for people; a file that could not be read has no place. */
export interface PlacedProblem {
  readonly code: Problem["code"];
  readonly message: string;
  readonly at: Position | undefined;
}

/** All that a report says of one file. */
export interface FileReport {
  /** As the user would type it. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly problems: readonly PlacedProblem[];
  readonly outcomes: readonly Outcome[];
  readonly settled: boolean;
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
export interface Reporter {
  begin(): Said;
  file(report: FileReport): Said;
  end(totals: Totals): Said;
}

export interface Said {
  readonly out?: string;
  readonly err?: string;
}

/** How much to say. */
export type Verbosity = "quiet" | "normal" | "verbose";
