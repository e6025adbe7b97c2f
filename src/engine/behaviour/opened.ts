/** Files that a program opened, held against the tree of another image. */
import { cacheOf, isTemporary } from "../../ecosystems/index.ts";
import { ENGINE_FILES } from "../../shell/index.ts";
import type { Image } from "../closure/image.ts";
import { renamedTo } from "../compare/moment.ts";
import { movedTo } from "../compare/moved-packages.ts";
import type { Difference, TreeEntry } from "../types.ts";
import type { Opened } from "./strace.ts";

/** Whether a path is the image's own while it runs, and not the kernel's, or what engines put there. */
function isOfImage(path: string): boolean {
  return !/^\/(proc|sys|dev|\.refit-trace)\/|^\/etc\/mtab$/.test(path) && !ENGINE_FILES.includes(path);
}

/** An index of libraries, which are opened themselves. It differs wherever any library does. */
const INDEX = "/etc/ld.so.cache";

export interface ComparedFiles {
  /** How many files and folders of the original they are. */
  readonly files: number;
  readonly differences: readonly Difference[];
}

/**
 * What the original has at each opened path must be in the new image as well: type, content, mode and owner, wherever links lead to in it.
 * Paths that the original's image does not have are the program's own doing. That a file was asked for by stat(2) alone says little: most of
 * these are looks whether something optional is there.
 */
export function compareOpened(
  opened: readonly Opened[],
  before: Image,
  after: Image,
  unsteady: ReadonlySet<string> = new Set(),
): ComparedFiles {
  const paths = new Map<string, { readonly real: string; made: boolean }>();
  for (const { path, real, made } of opened) {
    for (const asked of real === undefined ? [path] : [path, real]) {
      const at = isOfImage(asked) ? before.real(asked) : undefined;
      if (at === undefined || at === "/" || !isOfImage(at)) continue;
      const known = paths.get(asked);
      if (known) known.made &&= made;
      else paths.set(asked, { real: at, made });
    }
  }
  const differences = new Map<string, Difference>();
  const moved = movedTo(before.tree, after.tree);
  for (const [path, { real, made }] of paths) {
    if (differences.has(real)) continue;
    const difference = compareAt(path, real, made, before, after, unsteady, moved);
    if (difference) differences.set(real, difference);
  }
  return { files: new Set([...paths.values()].map(({ real }) => real)).size, differences: [...differences.values()] };
}

function compareAt(
  path: string,
  at: string,
  made: boolean,
  before: Image,
  after: Image,
  unsteady: ReadonlySet<string>,
  moved: (path: string) => string | undefined,
): Difference | undefined {
  const asked = path === at ? "" : ` as ${path}`;
  const opened = `the original opens it${asked} while it runs`;
  const place = moved(at.slice(1)) ?? renamedTo(at.slice(1), before.tree, after.tree);
  const now = after.real(place === undefined ? path : `/${place}`);
  const [old, entry] = [before.entry(at)!, now === undefined ? undefined : after.entry(now)];
  if (now === undefined || entry === undefined) {
    // Programs find their caches empty, or make them: npm looks for old logs whenever it starts a script, pnpm for its code compiled.
    const isRefilled = cacheOf(at) !== undefined && (old.type === "folder" || isTemporary(at));
    return made || isRefilled ? undefined : { at, kind: "gone", what: `missing; ${opened}` };
  }
  const change = changed(old, entry);
  if (change) return { at, ...change, what: `${change.what}; ${opened}` };
  const comparable = old.type === "file" && at !== INDEX && !unsteady.has(at);
  if (!comparable || old.identity === entry.identity) return undefined;
  const same = old.size === entry.size && before.tree.hash(at.slice(1)) === after.tree.hash(now.slice(1));
  return same ? undefined : { at, kind: "content", what: `other content; ${opened}` };
}

function changed(old: TreeEntry, now: TreeEntry): Pick<Difference, "kind" | "what"> | undefined {
  if (old.type !== now.type) return { kind: "type", what: `${old.type} → ${now.type}` };
  if (old.mode !== now.mode) return { kind: "mode", what: `mode ${old.mode.toString(8)} → ${now.mode.toString(8)}` };
  const [was, is] = [old, now].map(({ uid, gid }) => `${uid}:${gid}`);
  return was === is ? undefined : { kind: "owner", what: `owner ${was} → ${is}` };
}
