/** The property: what refit makes of a case builds the same image, or fails as the original does. */
import { openContext } from "../../../src/context/index.ts";
import { refit } from "../../../src/pipeline/index.ts";
import { transforms } from "../../../transforms/index.ts";
import { differences } from "../compare.ts";
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
    const found = differencesOf(old, now);
    return {
      ...outcome,
      kind: found.length === 0 ? "kept" : "broken",
      built: old.id !== undefined,
      differences: found,
    };
  });
}

function differencesOf(old: Built, now: Built): string[] {
  if (old.id !== undefined && now.id !== undefined) {
    return differences(old.id, now.id).map(({ at, kind, what }) => `${kind}: ${at}: ${what}`);
  }
  if (old.id === now.id) return [];
  return [`the build before ${said(old)}`, `the build after ${said(now)}`];
}

function said({ id, log }: Built): string {
  return id === undefined ? `fails:\n${log.trim().split("\n").slice(-12).join("\n")}` : "works";
}
