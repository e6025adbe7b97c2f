import { posix } from "node:path";
import { type BuildContext, copiedBy, isFolderDestination } from "../context/index.ts";
import { copyView, flagNamed, type Instruction } from "../dockerfile/index.ts";
import { ANYWHERE, type Origin, type Place, type Rerun, seenThrough, worst } from "./cache-places.ts";

/** A COPY or ADD with what it copies. */
export interface CopyStep {
  readonly instruction: Instruction;
  /** Undefined where it copies from an image, whose content stays. */
  readonly origin: Origin | undefined;
  /** Of the build context, where it copies from there and it is known. */
  readonly context: BuildContext | undefined;
  readonly cwd: string | undefined;
  /** A word as BuildKit expands it; undefined where that is not known. */
  readonly expand: (word: string) => string | undefined;
}

export interface CopyEffect {
  /** By what it copies alone. */
  readonly rerun: Rerun;
  /** What differs in the image because of it. */
  readonly places: readonly Place[];
  /** Whether it may write over `path`, with files that do not differ. */
  overwrites(path: string): boolean;
}

const IS_REMOTE = /^([a-z][a-z0-9+.-]*:\/\/|git@)/i;

/** What a COPY or ADD makes of an edit; its folder destinations and landing places are those of `copiedBy`. */
export function copyEffect({ instruction, origin, context, cwd, expand }: CopyStep): CopyEffect {
  const view = copyView(instruction);
  const words = view?.sources.filter(({ heredoc }) => !heredoc).map(({ text }) => expand(text)) ?? [];
  const sources = words.filter((source) => !(instruction.keyword === "ADD" && IS_REMOTE.test(source ?? "")));
  const written = view && expand(view.destination.text);
  const isKnown = written !== undefined && (written.startsWith("/") || cwd !== undefined);
  const target = isKnown ? posix.resolve(cwd ?? "/", written).slice(1) : undefined;
  const isFolder = isKnown && (isFolderDestination(written, cwd ?? "/") || sources.length > 1);

  const has = (...names: string[]) => names.some((name) => flagNamed(instruction, name));
  // What ADD unpacks, what --chmod levels and what --exclude leaves out may be the same as before.
  const isSure = instruction.keyword === "COPY" && !has("chmod", "exclude", "parents");
  const seen = origin ? sources.map((source) => seenThrough(source, origin)) : [];
  const places = seen.flatMap((each) =>
    each.places.map(({ named, path, sure, isFile }): Place => {
      if (target === undefined || has("parents")) return { ...ANYWHERE, path: target ?? "" };
      const name = path === "" && isFile && isFolder ? posix.basename(named) : path;
      return { path: posix.join(target, name), sure: sure && isSure, isFile: isFile && (name !== "" || isFolder) };
    }),
  );
  const rerun = worst(...seen.map((each) => (has("exclude") && each.rerun === "runs" ? "unsure" : each.rerun)));

  const known = context && isKnown && sources.every((source) => source !== undefined);
  let brought: ReadonlyMap<string, string> | undefined;
  return {
    rerun,
    places,
    overwrites(path) {
      if (target === undefined) return true;
      if (!known) return isWithin(path, target) || isWithin(target, path);
      brought ??= copiedBy(context, sources as string[], written, cwd ?? "/").places;
      return brought.has(`/${path}`);
    },
  };
}

function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}
