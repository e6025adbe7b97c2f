/**
 * The closure of an image: whatever its files and its configuration refer to is there. What did not resolve in the original image
 * either says nothing, so that imprecise resolution does no harm.
 */
import { posix } from "node:path";
import type { Difference, ImageInfo, ImageTree } from "../types.ts";
import { accounts } from "./accounts.ts";
import { commands } from "./commands.ts";
import { libraries } from "./elf/libraries.ts";
import { Image } from "./image.ts";
import { javaModules } from "./java/modules.ts";
import { links } from "./links.ts";
import { nodeModules } from "./node/modules.ts";
import { pythonModules } from "./python/modules.ts";
import type { Reference, References } from "./reference.ts";
import { interpreters } from "./scripts.ts";
import { staticPrograms } from "./static.ts";

export { isElf } from "./elf/elf.ts";
export { type ProgramFile, programsIn } from "./programs.ts";

const KINDS: readonly References[] = [
  libraries,
  staticPrograms,
  interpreters,
  links,
  accounts,
  commands,
  nodeModules,
  pythonModules,
  javaModules,
];

/**
 * References of `after` that resolved in `before` and do not any more, or mean another file since theirs is gone. `config` is the
 * configuration of both images.
 */
export function closureDifferences(before: ImageTree, after: ImageTree, config: ImageInfo["config"]): Difference[] {
  const [old, now] = [new Image(before, config), new Image(after, config)];
  const lost = new Map<string, Loss[]>();
  for (const kind of KINDS) {
    for (const reference of kind(now, old)) {
      const [was, is] = [reference.resolve(old), reference.resolve(now)];
      if (was === undefined || was === is || (is !== undefined && isAsGood(old, was, now, is))) continue;
      const at = goneAt(was, old, now);
      lost.set(at, [...(lost.get(at) ?? []), { ...reference, instead: is }]);
    }
  }
  return [...lost].map(([at, losses]) => ({ at, kind: "gone", what: describe(losses) }));
}

interface Loss extends Reference {
  /** What it means now. */
  readonly instead: string | undefined;
}

/** Whether the file behind `was` is still there, or the one behind `is` has the same content. */
function isAsGood(before: Image, was: string, after: Image, is: string): boolean {
  const [old, now] = [before.real(was), after.real(is)];
  if (old === undefined || now === undefined || after.tree.entries.has(old.slice(1))) return true;
  const [oldEntry, entry] = [before.entry(old), after.entry(now)];
  if (oldEntry?.type !== "file" || entry?.type !== "file") return oldEntry?.type === entry?.type;
  return oldEntry.size === entry.size && before.tree.hash(old.slice(1)) === after.tree.hash(now.slice(1));
}

/** What is gone where `path` led to: the name itself, or what lies behind a link that is still there. */
function goneAt(path: string, before: Image, after: Image): string {
  const placed = posix.join(before.real(posix.dirname(path)) ?? "/", posix.basename(path));
  return after.tree.entries.has(placed.slice(1)) ? (before.real(path) ?? path) : placed;
}

function describe([first, ...more]: readonly Loss[]): string {
  const { name, by, verb, instead } = first!;
  const others = [...new Set(more.map((reference) => reference.by))].filter((other) => other !== by);
  const also = others.length === 0 ? "" : `; so it is for ${others.length === 1 ? others[0] : `${others.length} more`}`;
  const who = verb === "runs" ? `runs ${by}` : `${by} ${verb}`;
  return `${name}, which ${who}, is ${instead === undefined ? "missing" : `${instead} now`}${also}`;
}
