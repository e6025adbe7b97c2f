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
import { links } from "./links.ts";
import { nodeModules } from "./node/modules.ts";
import { pythonModules } from "./python/modules.ts";
import type { Reference, References } from "./reference.ts";
import { interpreters } from "./scripts.ts";

export { type ProgramFile, programsIn } from "./programs.ts";

const KINDS: readonly References[] = [libraries, interpreters, links, accounts, commands, nodeModules, pythonModules];

/** References of `after` that resolved in `before` and do not any more. `config` is the configuration of both images. */
export function closureDifferences(before: ImageTree, after: ImageTree, config: ImageInfo["config"]): Difference[] {
  const [old, now] = [new Image(before, config), new Image(after, config)];
  const lost = new Map<string, Reference[]>();
  for (const kind of KINDS) {
    for (const reference of kind(now, old)) {
      const was = reference.resolve(now) === undefined ? reference.resolve(old) : undefined;
      if (was === undefined) continue;
      const at = goneAt(was, old, now);
      lost.set(at, [...(lost.get(at) ?? []), reference]);
    }
  }
  return [...lost].map(([at, references]) => ({ at, kind: "gone", what: describe(references) }));
}

/** What is gone where `path` led to: the name itself, or what lies behind a link that is still there. */
function goneAt(path: string, before: Image, after: Image): string {
  const placed = posix.join(before.real(posix.dirname(path)) ?? "/", posix.basename(path));
  return after.tree.entries.has(placed.slice(1)) ? (before.real(path) ?? path) : placed;
}

function describe([first, ...more]: readonly Reference[]): string {
  const { name, by, verb } = first!;
  const others = [...new Set(more.map((reference) => reference.by))].filter((other) => other !== by);
  const also = others.length === 0 ? "" : `; so it is for ${others.length === 1 ? others[0] : `${others.length} more`}`;
  const who = verb === "runs" ? `runs ${by}` : `${by} ${verb}`;
  return `${name}, which ${who}, is missing${also}`;
}
