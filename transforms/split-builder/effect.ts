/** What a command of a RUN does to the project folder and around it, in words for both of them. */
import { posix } from "node:path";
import { isInProject, isUnder, type Move, type Word } from "../../src/transform/index.ts";

/**
 * - `work` installs or builds the project
 * - `edit` changes single files of the project
 * - `own` gives parts of the project to other users
 * - `export` puts files of the project elsewhere
 * - `system` changes what lies around the project, or its folder itself
 * - `clean` removes caches
 * - `neutral` changes nothing
 */
export type Kind = "work" | "edit" | "own" | "export" | "system" | "clean" | "neutral" | "unknown";

/** Top-level names of the project that a command makes or removes. */
export interface Effect {
  readonly kind: Kind;
  /** What of the project it may look at, where it does not work on it: single entries that it names, or all. */
  readonly sees: "nothing" | "entries" | "all";
  /** Paths in the project of the entries that it sees, where it reads them only if they are there: settings of a tool. */
  readonly looksFor?: readonly string[];
  readonly made: readonly Made[];
  readonly removed: readonly string[];
  /** Those that it gives a mode which a folder that is copied does not get by itself. */
  readonly opened: readonly string[];
  /** Single files of the project that it copies or moves to a place that it names. */
  readonly moves: readonly Move[];
}

export interface Made {
  readonly name: string;
  /** Undefined where it is made below the top level: then `name` must be there already. */
  readonly isFolder: boolean | undefined;
}

/** One that names nothing of the project. */
export function only(kind: Kind): Effect {
  return { kind, sees: "nothing", made: [], removed: [], opened: [], moves: [] };
}

type Place = "elsewhere" | "folder" | "unknown" | { readonly name: string; readonly isTop: boolean };

/** What is made at a place. */
export function madeAt(place: Place, isFolder: boolean): readonly Made[] {
  return typeof place === "object" ? [{ name: place.name, isFolder: place.isTop ? isFolder : undefined }] : [];
}

/** Where a word leads: elsewhere, to the project folder itself, or to an entry of it. */
export function placeOf({ literal, raw }: Word, cwd: string | undefined, project: string): Place {
  const path = literal ?? (/^[\w./-]*\/\*[\w.-]*$|^~\//.test(raw) ? raw : undefined);
  if (path === undefined) return "unknown";
  if (path.startsWith("~/")) return isUnder(project, "/root") ? "unknown" : "elsewhere";
  if (cwd === undefined && !path.startsWith("/")) return "unknown";
  const absolute = posix.resolve(cwd ?? "/", path);
  if (absolute === project) return "folder";
  if (isUnder(project, absolute)) return "unknown";
  if (!isInProject(absolute, project)) return "elsewhere";
  const [name = "", ...below] = posix.relative(project, absolute).split("/");
  return name.startsWith("*") ? "unknown" : { name, isTop: below.length === 0 };
}

/** What words may name of the project; a URL and an option are no paths. */
export function seenIn(words: readonly Word[], cwd: string | undefined, project: string): Effect["sees"] {
  const places = words
    .filter(({ raw }) => !/^-|^["']?[a-z+]+:\/\//.test(raw))
    .map((word) => placeOf(word, cwd, project));
  if (places.includes("unknown") || places.includes("folder")) return "all";
  return places.every((place) => place === "elsewhere") ? "nothing" : "entries";
}
