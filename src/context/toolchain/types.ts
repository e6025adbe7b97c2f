import type { BuildContext } from "../types.ts";

/** What builds make and what they make it from, as the tools' own configuration says. Paths are relative to the project folder. */
export interface Outputs {
  /** Files and folders that the tools write. All of them exist after the build. */
  readonly outputs: readonly string[];
  /** Folders and files that the tools compile into the outputs. */
  readonly sources: readonly string[];
  /** Files and folders whose every file is put into the outputs, in one form or another: pages, what lies beside them, code of Babel's. */
  readonly whole: readonly string[];
  /** Those of `sources` whose packages are put into the outputs with them, so that none need be there at run time. */
  readonly bundled: readonly string[];
  /** Those of `outputs` that are machine code. */
  readonly programs?: readonly string[];
  /** Folders below the project's own whose packages they install. */
  readonly installs?: readonly string[];
}

/** The same of one tool. */
export interface Made extends Pick<Outputs, "outputs" | "sources"> {
  readonly whole?: readonly string[];
  /** Those of `outputs` that are a file, whatever their name says. */
  readonly programs?: readonly string[];
  /** Whether its sources are `Outputs.bundled`. */
  readonly bundles: boolean;
}

export type Build = Made | Unknown;

/** Why refit does not know: one clause that names the file or word in the way. */
export interface Unknown {
  readonly unknown: string;
}

/** A command line that ran in the project folder: the tool's name, then its words. */
export type Argv = readonly [tool: string, ...words: string[]];

/** A reader of one tool's command line and configuration. */
export type Reader = (words: readonly string[], project: BuildContext) => Build;

export function unknown(reason: string): Unknown {
  return { unknown: reason };
}

export const NOTHING: Made = { outputs: [], sources: [], bundles: true };

/** What several builds make, or why that is not known of the first such. */
export function together(builds: readonly Build[]): Build {
  const made: Made[] = [];
  for (const build of builds) {
    if ("unknown" in build) return build;
    made.push(build);
  }
  const all = (what: "outputs" | "sources" | "whole" | "programs") => [
    ...new Set(made.flatMap((build) => build[what] ?? [])),
  ];
  return {
    outputs: all("outputs"),
    sources: all("sources"),
    whole: all("whole"),
    programs: all("programs"),
    bundles: made.every(({ bundles }) => bundles),
  };
}
