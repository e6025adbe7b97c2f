/** What `same-runtime` lets go, and what it lets change. */
import { posix } from "node:path";
import {
  cacheOf,
  copiedProgramOf,
  downloadsOf,
  intermediateOf,
  isAskedFor,
  isBuildInput,
  isComposer,
  isPlaceholder,
  isRunAsIs,
  isTemporary,
} from "../../ecosystems/index.ts";
import type { ImageTree } from "../types.ts";
import { besideDeployments } from "./deployments.ts";
import type { PathRule } from "./explain.ts";
import { copiedInto, foldersOf, isUntouched, type Places } from "./inputs.ts";
import { type Mentions, mentionsIn } from "./mentions.ts";
import { developmentPackages, inventoryRule, packagesOfPages } from "./node-packages.ts";
import { nodeTools } from "./node-tools.ts";
import { besideStandalone } from "./standalone.ts";
import { systemPackages } from "./system-packages.ts";
import type { CompareOptions, OpenImage } from "./types.ts";

/** Caches and indexes, under every promise but `same-image`. */
export const cacheRule: PathRule = (path) => {
  const name = cacheOf(`/${path}`);
  return name && `caches of ${name}`;
};

/** What a step that fetches ahead may add to, under every promise but `same-image`. */
export const downloadRule: PathRule = (path) => {
  const name = downloadsOf(`/${path}`);
  return name && `caches of ${name}`;
};

/** The rules of `same-runtime`, `first` and then the most telling. What the container's command names goes by none of them. */
export function runtimeRules(
  before: OpenImage,
  after: OpenImage,
  options: CompareOptions,
  first: PathRule,
): readonly PathRule[] {
  const { context, dockerfile, stage } = options;
  const places: Places =
    context && dockerfile !== undefined ? copiedInto(dockerfile, stage, context) : new Map<string, string>();
  const mentions = mentionsIn(after, foldersOf(places));
  const rules: readonly PathRule[] = [
    first,
    besideStandalone(after),
    besideDeployments(before.tree, options),
    developmentPackages(before.tree),
    packagesOfPages(before.tree, after.tree, mentions.isNamed),
    inventoryRule,
    systemPackages(before.tree, after.tree),
    nodeTools(before.tree, after.tree, (path) => places.has(path)),
    (path) => (isComposer(`/${path}`) ? "build toolchain" : undefined),
    cacheRule,
    (path) =>
      context && isExpendableInput(path, before.tree, after.tree, places, context, mentions)
        ? "build inputs"
        : undefined,
    (path) => {
      const name = intermediateOf(`/${path}`, (file) => before.tree.entries.has(file.slice(1)));
      return name && `intermediate outputs of ${name}`;
    },
    (path) => (isInstalled(path, before.tree, after.tree) ? "programs that are installed elsewhere" : undefined),
    (path) => (isTemporary(`/${path}`) ? "temporary files" : undefined),
  ];
  return rules.map(
    (rule): PathRule =>
      (path) =>
        mentions.isStarted(path) ? undefined : rule(path),
  );
}

/** Whether a build's program is there in one of the folders for programs as well, byte for byte. */
function isInstalled(path: string, before: ImageTree, after: ImageTree): boolean {
  const name = copiedProgramOf(`/${path}`, (file) => before.entries.has(file.slice(1)));
  const isCopy = (other: string) =>
    other.endsWith(`/bin/${name}`) &&
    after.entries.get(other)?.type === "file" &&
    after.read(other).equals(before.read(path));
  return name !== undefined && before.entries.get(path)?.type === "file" && [...after.entries.keys()].some(isCopy);
}

/** A file of the context as it was copied, which no running app reads or nothing that is left names. */
function isExpendableInput(
  path: string,
  before: ImageTree,
  after: ImageTree,
  places: Places,
  context: NonNullable<CompareOptions["context"]>,
  mentions: Mentions,
): boolean {
  const source = places.get(path);
  if (source === undefined || isAskedFor(`/${path}`) || !isUntouched(path, before, source, context)) return false;
  const folder = posix.dirname(path);
  // The folder would go as well, and the app may write there.
  if (isPlaceholder(path) && mentions.isNamed(folder) && filesIn(folder, before).length === 1) return false;
  if (isBuildInput(source)) return true;
  return !mentions.isNamed(path) && !(isRunAsIs(path) && filesIn(folder, after).some(isKinOf(path)));
}

function filesIn(folder: string, { entries }: ImageTree): string[] {
  return [...entries.keys()].filter((path) => posix.dirname(path) === folder);
}

function isKinOf(path: string): (other: string) => boolean {
  return (other) => posix.extname(other) === posix.extname(path);
}
