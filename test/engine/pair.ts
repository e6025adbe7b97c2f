/** Two Dockerfiles that should make the same image, built for real. */

import { differences } from "./compare.ts";
import { type Build, build, type Contents, contentsOf } from "./image.ts";

export interface Pair {
  readonly before: string;
  readonly after: string;
  /** The folder that holds the build context. */
  readonly context: string;
  readonly flags?: readonly string[];
}

export interface Outcome {
  /** Whether the file before builds at all; where it does not, the one after must not either. */
  readonly builds: boolean;
  readonly differences: readonly string[];
  /** What BuildKit said of the build that failed and should not have. */
  readonly log: string;
}

/**
 * Builds both and compares what they hold. What two builds of the *same* file leave different (logs, caches, times inside files)
 * says nothing and is left out.
 */
export function compareBuilds({ before, after, context, flags = [] }: Pair): Outcome {
  const [old, now] = [build(before, context, flags), build(after, context, flags)];
  if (old.id === undefined || now.id === undefined) {
    const same = old.id === now.id;
    return {
      builds: old.id !== undefined,
      differences: same ? [] : [describe(old, now)],
      log: same ? "" : old.log + now.log,
    };
  }
  const found = differences(contentsOf(old.id), contentsOf(now.id));
  return {
    builds: true,
    differences: found.length > 0 ? withoutNoise(found, { before, context, flags }, old.id) : [],
    log: now.log,
  };
}

function describe(old: Build, now: Build): string {
  const word = ({ id }: Build) => (id === undefined ? "fails" : "works");
  return `the build before ${word(old)}, the build after ${word(now)}`;
}

function withoutNoise(
  found: readonly string[],
  { before, context, flags = [] }: Omit<Pair, "after">,
  old: string,
): string[] {
  const again = build(before, context, [...flags, "--no-cache"]);
  const unsteady = new Set(differences(contentsOf(old), contentsOf(again.id!)).map(pathOf));
  return found.filter((difference) => !unsteady.has(pathOf(difference)));
}

/** `- app/dist`, `~ app/dist {…`. */
function pathOf(difference: string): string {
  return difference.split(" ")[1]!;
}

/** Contents with nothing that a running container needs taken out: each entry of `after` must be in `before`, and the same. */
export function onlyIn(after: Contents, before: Contents): string[] {
  return differences(before, after).filter((difference) => !difference.startsWith("-"));
}
