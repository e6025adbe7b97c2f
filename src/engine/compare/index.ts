/** Are two images the same under a promise, and if not, is it the rewrite or do builds of the original differ by themselves? */
import type { PromiseName } from "../../promises/types.ts";
import type { Explained, UnsteadyPath } from "../types.ts";
import { ownOfBases } from "./bases.ts";
import { configDifferences } from "./config.ts";
import { addedUp, explainPaths, type PathRule } from "./explain.ts";
import { folded } from "./fold.ts";
import { contentRule, nameRule } from "./moment.ts";
import { movedPackages } from "./moved-packages.ts";
import { INVENTORIES, isShortened } from "./node-packages.ts";
import { type PathDifference, pathDifferences } from "./paths.ts";
import { cacheRule, downloadRule, runtimeRules } from "./runtime.ts";
import { type StandIn, standIn } from "./standalone.ts";
import { isReducedDatabase } from "./system-packages.ts";
import type { CompareOptions, Comparison, OpenImage } from "./types.ts";

export { settle } from "./settle.ts";
export { leftByServer, type StandIn, standIn } from "./standalone.ts";
export type { Bases, CompareOptions, Comparison, OpenImage } from "./types.ts";

/**
 * Compares configuration and file trees under `promise`. Already sorted out: what is gone by a declared rule, and what a declared rule
 * says is of the moment (`unsteady`, always with its rule). Where `differences` are left, the caller builds the original afresh and asks `settle`.
 */
export function compareImages(
  before: OpenImage,
  after: OpenImage,
  promise: PromiseName,
  options: CompareOptions = {},
): Comparison {
  const all = pathDifferences(before.tree, after.tree);
  const own = options.bases && promise === "same-runtime" ? ownOfBases(before, after, options.bases) : undefined;
  const stand = promise === "same-runtime" ? standIn(before, after) : undefined;
  const moved = promise === "same-runtime" ? movedPackages(before.tree, after.tree) : undefined;
  const changing: PathRule = (path) => own?.rule(path) ?? moved?.(path);
  const { explained, added, left } = explain(all, before, after, promise, options, changing, stand);
  const unsteady: UnsteadyPath[] = [];
  const differences = left.filter(({ at, path, kind }) => {
    const rule =
      kind === "content" ? contentRule(path, before.tree, after.tree) : nameRuleOf(kind, path, before, after);
    if (rule !== undefined) unsteady.push({ at, rule });
    return rule === undefined;
  });
  return {
    differences: [
      ...configDifferences(before.info, after.info).filter(
        (difference) => !own?.isOfConfig(difference) && !(stand && difference.at === "Cmd"),
      ),
      ...folded(differences),
    ],
    explained,
    added,
    unsteady,
    ofBases: new Set(
      all.filter(({ kind, path }) => kind === "content" && own?.rule(path) !== undefined).map(({ at }) => at),
    ),
  };
}

function nameRuleOf(kind: string, path: string, before: OpenImage, after: OpenImage): string | undefined {
  return kind === "gone" || kind === "added" ? nameRule(path, before.tree, after.tree) : undefined;
}

interface Sorted {
  readonly explained: readonly Explained[];
  readonly added: readonly Explained[];
  readonly left: readonly PathDifference[];
}

function explain(
  all: readonly PathDifference[],
  before: OpenImage,
  after: OpenImage,
  promise: PromiseName,
  options: CompareOptions,
  /** What may be gone, new or another one. */
  changing: PathRule,
  stand?: StandIn,
): Sorted {
  if (promise === "same-image") return { explained: [], added: [], left: all };
  const rules =
    promise === "same-runtime"
      ? [...runtimeRules(before, after, options, changing), ...(stand ? [stand.gone] : [])]
      : [cacheRule];
  const gone = all.filter(({ kind }) => kind === "gone");
  const lost = explainPaths(gone, before.tree, rules);
  const more = explainPaths(
    all.filter(({ kind }) => kind === "added"),
    after.tree,
    [downloadRule, changing, ...(stand ? [stand.added] : [])],
  );
  const stays = new Set([...lost.left, ...more.left]);
  const contents = promise === "same-runtime" ? all.filter(({ kind }) => kind === "content") : [];
  const changed = new Map(
    contents.flatMap((difference) => {
      const rule = isShorter(difference.path, before, after) ? INVENTORIES : stand?.changed(difference.path);
      return rule === undefined ? [] : [[difference, rule]];
    }),
  );
  const isLeft = (difference: PathDifference) =>
    ["gone", "added"].includes(difference.kind)
      ? stays.has(difference)
      : !changed.has(difference) && changing(difference.path) === undefined;
  return {
    explained: addedUp([lost.explained, [...changed.values()].map((rule) => ({ rule, paths: 1, bytes: 0 }))]),
    added: more.explained,
    left: all.filter(isLeft),
  };
}

/** An inventory that lost what is gone. */
function isShorter(path: string, before: OpenImage, after: OpenImage): boolean {
  return isShortened(path, before.tree, after.tree) || isReducedDatabase(path, before.tree, after.tree);
}
