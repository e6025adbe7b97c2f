import { posix } from "node:path";
import { couldNameBelow, namedBy } from "../context/index.ts";

/** Whether a step runs again; `unsure` where only a build can tell. */
export type Rerun = "cached" | "unsure" | "runs";

const ORDER: readonly Rerun[] = ["cached", "unsure", "runs"];

export function worst(...reruns: readonly Rerun[]): Rerun {
  return ORDER[Math.max(0, ...reruns.map((rerun) => ORDER.indexOf(rerun)))]!;
}

/** A path (no leading slash, "" for all) at which a file tree differs after the edit, surely or perhaps. */
export interface Place {
  readonly path: string;
  readonly sure: boolean;
  /** A file, or a link, right at `path`; else it may be one below. */
  readonly isFile: boolean;
}

/** Nobody knows what differs. */
export const ANYWHERE: Place = { path: "", sure: false, isFile: false };

/** The build context, or what a stage ends with: where steps copy and mount from. */
export interface Origin {
  readonly places: readonly Place[];
  /** All that differs is the content of files: none came, and none went. */
  readonly isContent?: boolean;
  /** Whether a symlink may lead from `source` to somewhere else. */
  mayLink(source: string): boolean;
}

export interface Seen {
  readonly rerun: Rerun;
  /** What differs, with its path below what the source names: "" for the source itself. */
  readonly places: readonly (Place & { readonly named: string })[];
}

/** How much of what differs in `origin` is in what `source` names; `source` is a pattern, or undefined where nobody knows. */
export function seenThrough(source: string | undefined, origin: Origin): Seen {
  const places = origin.places.flatMap((place) => {
    const named = source === undefined ? undefined : namedBy(source, place.path);
    if (named !== undefined) return { ...place, named, path: posix.relative(`/${named}`, `/${place.path}`) };
    return isPerhapsIn(source, place, origin) ? { ...ANYWHERE, named: source ?? "" } : [];
  });
  return { rerun: worst(...places.map(({ sure }) => (sure ? "runs" : "unsure"))), places };
}

function isPerhapsIn(source: string | undefined, place: Place, origin: Origin): boolean {
  if (source === undefined || origin.mayLink(source)) return true;
  if (!place.isFile && couldNameBelow(source, place.path)) return true;
  return namedBy(merged(source), merged(`/${place.path}`).slice(1)) !== undefined;
}

/** `/bin` and its like are links to the folders of that name in `/usr`, in most base images. */
function merged(path: string): string {
  return path.replace(/^\/?(?=(bin|sbin|lib|lib32|lib64)(\/|$))/, "/usr/");
}
