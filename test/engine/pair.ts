/** Two Dockerfiles that should make the same image, or one that runs the same, built for real. */
import { compareImages, settle } from "../../src/engine/compare/index.ts";
import type { Difference, ImageTree } from "../../src/engine/index.ts";
import { withTrees } from "../../src/engine/trees/index.ts";
import { type Build, build } from "./image.ts";
import { sessionHere } from "./session-here.ts";

const session = sessionHere();

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

/**
 * Builds both and compares what they hold. What two builds of the *same* file leave different (logs, caches, times inside files) says
 * nothing and is left out, and so is what is gone under `same-runtime`: whether it may be is `prove`'s to say.
 */
export async function compareBuilds({ before, after, context, flags = [], promise }: Pair): Promise<Outcome> {
  const [old, now] = [build(before, context, flags), build(after, context, flags)];
  if (old.id === undefined || now.id === undefined) {
    const kept = old.id === now.id;
    return { builds: old.id !== undefined, broken: kept ? [] : [describe("before", old), describe("after", now)] };
  }
  const opened = async (image: string, tree: ImageTree | undefined) => ({
    info: await session().engine.inspect(image),
    tree: tree!,
  });
  const { differences } = await withTrees(session(), [old.id, now.id], async (oldTree, nowTree) => {
    const [was, is] = [await opened(old.id!, oldTree), await opened(now.id!, nowTree)];
    const found = compareImages(was, is, "same-image");
    const allowed = ({ at, kind }: Difference) =>
      promise === "same-runtime" && (kind === "gone" || at.endsWith("/node_modules/.package-lock.json"));
    const left = { ...found, differences: found.differences.filter((difference) => !allowed(difference)) };
    if (left.differences.length === 0) return left;
    const again = build(before, context, [...flags, "--no-cache"]).id!;
    return withTrees(session(), [again], async (tree) => settle(left, was, is, await opened(again, tree)));
  });
  return { builds: true, broken: differences.map(({ at, kind, what }) => `${kind}: ${at}: ${what}`) };
}

function describe(which: string, { id, log }: Build): string {
  return id === undefined ? `the build ${which} fails:\n${log}` : `the build ${which} works`;
}
