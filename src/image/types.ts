/** The model's view of a Dockerfile: stages, and each step with the state it starts in. */
import type { ImageAnswer } from "../bases/index.ts";
import type { UseStart } from "../context/index.ts";
import type { BuildContext } from "../context/types.ts";
import type { Dockerfile, Instruction } from "../dockerfile/types.ts";
import type { PackageAnswer } from "../ecosystems/index.ts";
import type { Invocation } from "../ecosystems/types.ts";
import type { Variables } from "../shell/index.ts";
import type { Dialect, Script, ShellOptions } from "../shell/types.ts";
import type { StepTimes } from "./step-times.ts";

/** What a step starts in. `undefined` where the base image decides and refit can't know. */
export interface StepState {
  /** Absolute, or undefined before the first absolute WORKDIR of a base whose own is unknown. */
  readonly cwd: string | undefined;
  readonly user: string | undefined;
  readonly shell: Shell;
  /**
   * ENV and ARG in force; a name mapped to undefined is set to something unknown. Names of the base image are listed where its configuration
   * is known.
   */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** The folders that PATH names before the first that is not known, absolute. */
  readonly searched: readonly string[];
}

export interface Shell {
  readonly dialect: Dialect;
  readonly options: ShellOptions;
  /** The words of SHELL, or of the default. */
  readonly words: readonly string[];
}

/** One instruction of a stage, FROM left out. */
export interface Step {
  readonly stage: Stage;
  /** Among the stage's steps. */
  readonly index: number;
  readonly instruction: Instruction;
  readonly before: StepState;
  /** What ENV sets before it, or an official image, that no build argument has a say in. */
  readonly fixed: Variables;
  /** For a RUN in shell form, heredoc form included. */
  readonly script: Script | undefined;
  /** Commands of the script that an ecosystem knows, in order. */
  readonly invocations: readonly Invocation[];
}

export type Base =
  | { readonly kind: "scratch" }
  | { readonly kind: "stage"; readonly index: number }
  /** `reference` is undefined where variables leave it unknown. */
  | { readonly kind: "image"; readonly reference: string | undefined };

export interface Stage {
  readonly index: number;
  /** Lower case, as BuildKit compares it. */
  readonly name: string | undefined;
  readonly from: Instruction;
  readonly base: Base;
  readonly steps: readonly Step[];
  /** After the last step. */
  readonly after: StepState;
}

export type { ImageAnswer, PackageAnswer };

/** Why a digest is not known, or what it is. */
export type Resolution = { readonly digest: string } | { readonly unresolved: string };

/** Everything that a transform may know. Worked out once per pass, read-only. */
export interface Facts {
  readonly dockerfile: Dockerfile;
  readonly stages: readonly Stage[];
  readonly context: BuildContext | undefined;
  /** By image reference as written. An absent name was not asked for. */
  readonly digests: ReadonlyMap<string, Resolution>;
  /** Configurations of images that files name, as written. An absent name was not asked for. */
  readonly images: ReadonlyMap<string, ImageAnswer>;
  /** What package databases of base images tell, by `questionText`. An absent text was not asked for. */
  readonly packages: ReadonlyMap<string, PackageAnswer>;
  /** Names of images that a build gives a context of its own, and which build: they are no images of a registry then. */
  readonly namedContexts: ReadonlyMap<string, string>;
  /** Names of stages, in lower case, that a build of the project asks for, and which build. */
  readonly targets: ReadonlyMap<string, string>;
  /** What containers of the last stage are made to start by who builds the file, beside what it says itself. */
  readonly starts: readonly UseStart[];
  /** How long steps took, where a build was measured. */
  readonly times?: StepTimes | undefined;
  /** Build arguments that are given, where a forecast is about one build. A rewrite is about all of them. */
  readonly buildArgs?: ReadonlyMap<string, string> | undefined;
  /** Whether smaller base images are tried where a stage does not build. */
  readonly slims?: boolean | undefined;
  /** Whether a server of fewer files is tried where a stage does not build. */
  readonly serves?: boolean | undefined;
  /** The folder that images are taken to work in where their own is not known: see `assumedFolders`. */
  readonly workdir?: string | undefined;
}
