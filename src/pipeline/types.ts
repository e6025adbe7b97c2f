import type { UseStart } from "../context/index.ts";
import type { BuildContext } from "../context/types.ts";
import type { Problem } from "../dockerfile/types.ts";
import type { FactsInput, StepTimes } from "../image/index.ts";
import type { PromiseName } from "../promises/types.ts";
import type { Position } from "../text/index.ts";
import type { Transform } from "../transform/types.ts";

export type Level = "safe" | "standard";

/** What a user may choose; everything has a default. */
export interface Settings {
  /** `safe` runs only transforms that promise the same image. Default: `standard`, all of them. */
  readonly level?: Level | undefined;
  /** Names of the only transforms to run. */
  readonly only?: readonly string[] | undefined;
  /** Names of transforms to run that run only when asked. */
  readonly also?: readonly string[] | undefined;
  /** Names of transforms not to run. */
  readonly skip?: readonly string[] | undefined;
  /** Each transform's own options, by its name, unchecked. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

export interface RefitInput extends Settings {
  readonly transforms: readonly Transform[];
  readonly context?: BuildContext | undefined;
  /**
   * Builds of this file that a rewrite must be right for, as far as they differ from a plain build over `context`: a place is declined
   * where its promise would not hold for one of them.
   */
  readonly uses?: readonly Use[] | undefined;
  /** By image reference as written; see `Facts`. */
  readonly digests?: FactsInput["digests"];
  /** Configurations of images; see `Facts`. */
  readonly images?: FactsInput["images"];
  /** What package databases of base images tell; see `Facts`. */
  readonly packages?: FactsInput["packages"];
  /** How long steps took, to weigh what a rewrite costs; without them the ecosystems' own weights count. */
  readonly times?: StepTimes | undefined;
  /** Places that must stay as they are, though a transform has edits for them: each becomes an outcome with the code `left-out`. */
  readonly leaveOut?: readonly LeaveOut[] | undefined;
  /** Throws at a broken promise, where users get an outcome of kind `broken`. For tests. */
  readonly strict?: boolean | undefined;
}

/** One build of a Dockerfile in its project, by Compose or Bake. */
export interface Use {
  /** For people: `service web in compose.yaml`. */
  readonly name: string;
  readonly context: BuildContext | undefined;
  /** Build arguments given; undefined for a value that is not known. */
  readonly args: ReadonlyMap<string, string | undefined>;
  /** The stage that is built, where it is named. */
  readonly target?: string | undefined;
  /** Names that get a context of their own. */
  readonly contexts: readonly string[];
  /** What its containers start in the place of what the file says. */
  readonly starts?: readonly UseStart[] | undefined;
}

/** A place of one transform that must be left alone, since a proof failed with it. */
export interface LeaveOut {
  readonly transform: string;
  /** In the source that comes in, as outcomes have it. */
  readonly at: Position;
  /** One sentence without final period. */
  readonly why: string;
}

/** What became of one place. Deferred places are seen again in the next pass. */
export type OutcomeKind = "applied" | "declined" | "deferred" | "broken";

export interface Outcome {
  readonly kind: OutcomeKind;
  readonly transform: string;
  /** In the source that came in, whatever the pass. */
  readonly at: Position;
  /** The thing that blocks it, where it is not the place itself. */
  readonly because?: Position | undefined;
  /** One sentence without final period: why it pays, or what blocks it. */
  readonly message: string;
  /** A stable kebab-case word: `applied`, a decline's own code, `undecided`, `overlap`, `broken-promise`. */
  readonly code: string;
  /** Counts from 1. */
  readonly pass: number;
}

/** What one transform took in one pass. */
export interface RewriteStep {
  readonly transform: string;
  readonly promise: PromiseName;
  /** The text with this step and all before it. */
  readonly after: string;
  /** Files of the build context with this step and all before it. */
  readonly files: readonly EditedFile[];
  /** In the source that came in. */
  readonly places: readonly Position[];
}

/** A file of the build context that a rewrite edits together with the Dockerfile. */
export interface EditedFile {
  /** In the build context. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface Result {
  readonly before: string;
  readonly after: string;
  /** What is edited beside the Dockerfile. */
  readonly files: readonly EditedFile[];
  /** Not empty: the file was left as it was, and this is why. */
  readonly problems: readonly Problem[];
  /** What was applied in any pass, and what was not: as the last pass saw it, or the first for a transform that applied nothing. */
  readonly outcomes: readonly Outcome[];
  /** In the order in which they were taken; the text of the last is `after`. */
  readonly steps: readonly RewriteStep[];
  readonly passes: number;
  /** False when passes did not come to rest: a bug of ours. The text still keeps every promise. */
  readonly settled: boolean;
}
