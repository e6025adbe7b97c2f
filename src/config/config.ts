import type { Level } from "../pipeline/types.ts";
import { configFinder, type FileConfig, readConfig } from "./file.ts";

/** What the flags say; what is undefined was not given. */
export interface Flags {
  readonly level?: Level | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly also?: readonly string[] | undefined;
  /** Whether smaller base images are tried too. */
  readonly slim?: boolean | undefined;
  /** Absolute path. */
  readonly context?: string | undefined;
  readonly offline?: boolean | undefined;
  /** Absolute path of a file of step times. */
  readonly weights?: string | undefined;
  /** Absolute path of the config file to use instead of the nearest. */
  readonly config?: string | undefined;
}

/** Everything that is decided for one Dockerfile. */
export interface Config {
  readonly level: Level;
  readonly only: readonly string[] | undefined;
  readonly skip: readonly string[];
  /** Transforms that run only when asked. */
  readonly also: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** Absolute path of the build context, or undefined for the Dockerfile's folder. */
  readonly context: string | undefined;
  readonly offline: boolean;
  /** Absolute path of a file of step times. */
  readonly weights: string | undefined;
}

/**
 * Answers the config for a Dockerfile's folder: the flags, then the config file, then the defaults. Throws a `ConfigError` when
 * the config file is wrong.
 */
export function configSource(flags: Flags): (folder: string) => Config {
  const find = flags.config === undefined ? configFinder() : constant(readConfig(flags.config));
  return (folder) => merge(flags, find(folder));
}

function constant(file: FileConfig): () => FileConfig {
  return () => file;
}

function merge(flags: Flags, file: FileConfig): Config {
  return {
    level: flags.level ?? file.level ?? "standard",
    only: flags.only ?? file.only,
    skip: flags.skip ?? file.skip ?? [],
    // --only leaves out what the file asks for besides.
    also: [...(flags.also ?? (flags.only ? [] : file.also) ?? []), ...(flags.slim ? ["slim-base"] : [])],
    options: file.options ?? {},
    context: flags.context ?? file.context,
    offline: flags.offline ?? file.offline ?? false,
    weights: flags.weights ?? file.weights,
  };
}
