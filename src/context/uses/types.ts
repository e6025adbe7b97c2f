/** How a project builds its Dockerfiles, as its Compose and Bake files say. */

/** One build of a Dockerfile. */
export interface BuildUse {
  /** For people: `service web in compose.yaml`, `target api in docker-bake.hcl`. */
  readonly name: string;
  /** The folder of the build context, absolute; undefined where it is no folder on this machine, or not known. */
  readonly context: string | undefined;
  /** The Dockerfile, absolute. */
  readonly dockerfile: string;
  readonly target: string | undefined;
  /** Build arguments given; a value is undefined where only the environment of who builds knows it. */
  readonly args: ReadonlyMap<string, string | undefined>;
  /** Names that get a context of their own, and are no images then: `additional_contexts`, `contexts`. */
  readonly contexts: readonly string[];
  /** What containers of it start in the place of what the Dockerfile says, or to see whether they are well. */
  readonly starts: readonly UseStart[];
}

/** Words of a program, or the script of a shell, with who has it: `service web in compose.yaml`. */
export type UseStart = { readonly by: string } & ({ readonly words: readonly string[] } | { readonly script: string });

/** A target, as either kind of file describes it, before paths are resolved. A value is `UNKNOWN` where only the environment knows it. */
export interface RawTarget {
  readonly context?: Scalar;
  readonly dockerfile?: Scalar;
  /** Of a service: whether it is built, and not just started in another way than another file says. */
  readonly builds?: true;
  /** The Dockerfile's text is in the file itself. */
  readonly inline?: boolean;
  readonly target?: Scalar;
  readonly args: ReadonlyMap<string, Scalar>;
  readonly contexts: readonly string[];
  /** By the key that has it: `command`. A list of words, or a text. */
  readonly starts?: ReadonlyMap<string, readonly Scalar[] | Scalar>;
}

export const UNKNOWN: unique symbol = Symbol("unknown");

export type Scalar = string | typeof UNKNOWN;

/** What a file could not be read for; `line` and `column` count from 1. */
export interface UseProblem {
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface UseFinder {
  /** All builds of the Dockerfile (absolute path) that such files describe, each once. */
  usesOf(dockerfile: string): readonly BuildUse[];
  /** Of files looked at so far that can't be read; each is given once. */
  problems(): readonly UseProblem[];
}
