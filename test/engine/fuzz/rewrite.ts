/** The property: what refit makes of a case builds the same image, or fails as the original does. */
import { openContext } from "../../../src/context/index.ts";
import { compareImages } from "../../../src/engine/compare/index.ts";
import { withTrees } from "../../../src/engine/trees/index.ts";
import { refit } from "../../../src/pipeline/index.ts";
import { transforms } from "../../../transforms/index.ts";
import type { Builds, Built } from "./builds.ts";
import { type EngineCase, textOf } from "./case.ts";

export interface RewriteOutcome {
  readonly kind: "kept" | "broken" | "unchanged";
  /** Names of the transforms that changed the file. */
  readonly transforms: readonly string[];
  /** Whether the original builds. */
  readonly built: boolean;
  readonly after: string;
  /** For people, one line each. */
  readonly differences: readonly string[];
}

/** Rewrites the case as `--level safe` does, and builds both. */
export async function proveRewrite(one: EngineCase, builds: Builds): Promise<RewriteOutcome> {
  return builds.over(one.context, async (folder) => {
    const before = textOf(one);
    const { after, steps } = refit(before, { transforms, context: openContext(folder), level: "safe", strict: true });
    const names = [...new Set(steps.map(({ transform }) => transform))];
    const outcome = { transforms: names, after, built: false, differences: [] };
    if (after === before) return { ...outcome, kind: "unchanged" };
    const [old, now] = [await builds.build(before, folder), await builds.build(after, folder)];
    const found = await differencesOf(old, now, builds);
    return {
      ...outcome,
      kind: found.length === 0 ? "kept" : "broken",
      built: old.id !== undefined,
      differences: found,
    };
  });
}

async function differencesOf(old: Built, now: Built, { session }: Builds): Promise<string[]> {
  if (old.id !== undefined && now.id !== undefined) {
    const [before, after] = [await session.engine.inspect(old.id), await session.engine.inspect(now.id)];
    const { differences } = await withTrees(session, [old.id, now.id], (oldTree, newTree) =>
      compareImages({ info: before, tree: oldTree! }, { info: after, tree: newTree! }, "same-image"),
    );
    return differences.map(({ at, kind, what }) => `${kind}: ${at}: ${what}`);
  }
  if (old.id === now.id) return [];
  return [`the build before ${said(old)}`, `the build after ${said(now)}`];
}

function said({ id, log }: Built): string {
  return id === undefined ? `fails:\n${log.trim().split("\n").slice(-12).join("\n")}` : "works";
}
