/** Two Dockerfiles that should make the same image, or one that runs the same, built for real. */
import { type Difference, differences } from "./compare.ts";
import { type Build, build } from "./image.ts";

export interface Pair {
  readonly before: string;
  readonly after: string;
  /** The folder that holds the build context. */
  readonly context: string;
  readonly flags?: readonly string[];
  readonly promise: "same-image" | "same-runtime";
}

export interface Outcome {
  /** Whether the file before builds at all; where it does not, the one after must not either. */
  readonly builds: boolean;
  /** For people, each on its line. Empty when the promise is kept. */
  readonly broken: readonly string[];
}

/** npm's own list of what it installed: shorter where development dependencies stay behind. */
const INVENTORY = /(^|\/)node_modules\/\.package-lock\.json$/;

/** Logs are named for the moment: npm's `_logs/2026-01-31T09_30_00_000Z-debug-0.log`. */
const TIME_IN_NAME = /\d{4}-\d\d-\d\dT[\d_]+Z/;

/** npm's logs, and code that V8 compiled for pnpm: named for or filled by the moment, though two runs may agree by chance. */
const OF_THE_MOMENT = /(^|\/)\.npm\/_logs\/|^tmp\/v8-compile-cache-/;

/**
 * Builds both and compares what they hold. What two builds of the *same* file leave different (logs, caches, times inside files)
 * says nothing and is left out.
 */
export function compareBuilds({ before, after, context, flags = [], promise }: Pair): Outcome {
  const [old, now] = [build(before, context, flags), build(after, context, flags)];
  if (old.id === undefined || now.id === undefined) {
    const kept = old.id === now.id;
    return { builds: old.id !== undefined, broken: kept ? [] : [describe("before", old), describe("after", now)] };
  }
  const allowed = ({ at, kind }: Difference) =>
    OF_THE_MOMENT.test(at) || (promise === "same-runtime" && (kind === "gone" || INVENTORY.test(at)));
  let found = differences(old.id, now.id).filter((difference) => !allowed(difference));
  if (found.length > 0) {
    const again = build(before, context, [...flags, "--no-cache"]);
    const timeless = ({ at }: Difference) => at.replace(TIME_IN_NAME, "");
    const unsteady = new Set(differences(old.id, again.id!).map(timeless));
    found = found.filter((difference) => !unsteady.has(timeless(difference)));
  }
  return { builds: true, broken: found.map(({ at, kind, what }) => `${kind}: ${at}: ${what}`) };
}

function describe(which: string, { id, log }: Build): string {
  return id === undefined ? `the build ${which} fails:\n${log}` : `the build ${which} works`;
}
