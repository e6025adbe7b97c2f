/** What `same-runtime` lets go, and what it lets change. */
import { cacheOf, intermediateOf, isBuildInput, isTemporary } from "../../ecosystems/index.ts";
import type { ImageTree } from "../types.ts";
import type { GoneRule } from "./explain.ts";
import { copiedInto, foldersOf, isUntouched, type Places } from "./inputs.ts";
import { type Mentions, mentionsIn } from "./mentions.ts";
import { developmentPackages, inventoryRule } from "./node-packages.ts";
import { systemPackages } from "./system-packages.ts";
import type { CompareOptions, OpenImage } from "./types.ts";

/** Caches and indexes, under every promise but `same-image`. */
export const cacheRule: GoneRule = (path) => {
  const name = cacheOf(`/${path}`);
  return name && `caches of ${name}`;
};

/** The rules of `same-runtime`, the most telling first. What the container's command names goes by none of them. */
export function runtimeRules(before: OpenImage, after: OpenImage, options: CompareOptions): readonly GoneRule[] {
  const { context, dockerfile, stage } = options;
  const places: Places =
    context && dockerfile !== undefined ? copiedInto(dockerfile, stage, context) : new Map<string, string>();
  const mentions = mentionsIn(after, foldersOf(places));
  const rules: readonly GoneRule[] = [
    developmentPackages(before.tree),
    inventoryRule,
    systemPackages(before.tree, after.tree),
    cacheRule,
    (path) => (context && isExpendableInput(path, before.tree, places, context, mentions) ? "build inputs" : undefined),
    (path) => {
      const name = intermediateOf(`/${path}`);
      return name && `intermediate outputs of ${name}`;
    },
    (path) => (isTemporary(`/${path}`) ? "temporary files" : undefined),
  ];
  return rules.map(
    (rule): GoneRule =>
      (path) =>
        mentions.isStarted(path) ? undefined : rule(path),
  );
}

/** A file of the context as it was copied, which no running app reads or nothing that is left names. */
function isExpendableInput(
  path: string,
  before: ImageTree,
  places: Places,
  context: NonNullable<CompareOptions["context"]>,
  mentions: Mentions,
): boolean {
  const source = places.get(path);
  if (source === undefined || !isUntouched(path, before, source, context)) return false;
  return isBuildInput(source) || !mentions.isNamed(path);
}
