/** The kit: what a transform is. */
import type { Facts } from "../image/types.ts";
import type { PromiseName } from "../promises/types.ts";
import type { Edit, Span } from "../text/index.ts";

/** Coarse order of the pipeline; inside a phase, by name. */
export type Phase = "order" | "split" | "serve" | "slim" | "merge" | "clean" | "pin";

/** A place that a transform has an opinion about. */
export interface Place<Data = unknown> {
  readonly at: Span;
  readonly data: Data;
}

/** Edits of a file of the build context, and its text that they speak of. */
export interface FileEdits {
  /** In the build context. */
  readonly path: string;
  readonly before: string;
  readonly edits: readonly Edit[];
}

/** Either the edits, all or nothing, or why the place is left alone. */
export type Proposal =
  | {
      readonly edits: readonly Edit[];
      /** Edits of files of the build context that go with those of the Dockerfile: all are made, or none. */
      readonly files?: readonly FileEdits[];
      /** What changes and why it pays, one sentence without final period. */
      readonly why: string;
      /** It was looked at in every folder that the base image could work in, and is to be proved so: see `wherever`. */
      readonly wherever?: boolean;
    }
  | {
      /** One sentence without final period, naming what in the file blocks it. */
      readonly declined: string;
      /** A stable kebab-case word for counting: `escapes-background`. */
      readonly code: string;
      /** The blocking thing, where it is not the place itself. */
      readonly because?: Span;
    };

export interface OptionsSpec<Options> {
  readonly defaults: Options;
  /** One line per option, for docs and --help. */
  readonly describe: Readonly<Record<keyof Options & string, string>>;
  /** Throws a `UsageError` from src/config for what it can't take. */
  parse(raw: unknown): Options;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of transforms holds many Data and Options types
export interface Transform<Data = any, Options = any> {
  /** The folder's name. */
  readonly name: string;
  /** One sentence in the imperative, the gain after a comma, no final period. */
  readonly summary: string;
  readonly phase: Phase;
  readonly promise: PromiseName;
  readonly status: "preview" | "stable" | "deprecated";
  readonly since: string;
  /** It runs only where it is named: what it promises takes a proof with an engine, or brings a tool that the file did not have. */
  readonly asked?: true;
  /** What it promises takes a proof with an engine: without one, nothing of it is written. */
  readonly needsProof?: true;
  /** Snapshot cases shown in the docs. */
  readonly examples: readonly [string, ...string[]];
  readonly options?: OptionsSpec<Options>;
  /** Looks, and changes nothing. */
  find(facts: Facts, options: Options): Iterable<Place<Data>>;
  rewrite(place: Place<Data>, facts: Facts, options: Options): Proposal;
}

export function defineTransform<Data, Options = undefined>(
  transform: Transform<Data, Options>,
): Transform<Data, Options> {
  return transform;
}
