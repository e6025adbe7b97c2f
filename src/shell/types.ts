/** A RUN's script: its commands, and what escapes it. */
import type { MappedText, Span } from "../text/index.ts";
import type { Variables } from "./variables.ts";

/**
 * Which program reads a script. `sh` is a POSIX shell that could be any of dash, ash and bash: only what all three agree on may be
 * relied upon. `windows` (cmd, PowerShell) and `unknown` are left alone.
 */
export type Dialect = "dash" | "ash" | "bash" | "sh" | "windows" | "unknown";

/** The options a SHELL instruction starts the shell with: `["/bin/bash", "-eo", "pipefail", "-c"]`. */
export interface ShellOptions {
  readonly errexit: boolean;
  readonly nounset: boolean;
  readonly pipefail: boolean;
  readonly xtrace: boolean;
}

export interface Word {
  /** The word's value when no expansion is needed to know it, quotes removed; undefined otherwise. */
  readonly literal: string | undefined;
  /** As written. */
  readonly raw: string;
  /** Names of shell variables that the word expands. Meaningless when `opaque`. */
  readonly variables: readonly string[];
  /** Holds a command substitution, arithmetic, or an expansion that could read or set anything. */
  readonly opaque: boolean;
  /** In the script's text; `Script.source` maps it to the file. */
  readonly span: Span;
}

export interface Redirect {
  readonly operator: string;
  readonly target: Word | undefined;
  readonly span: Span;
}

export interface Assignment {
  readonly name: string;
  readonly value: Word | undefined;
  readonly span: Span;
}

/** A simple command, wherever it stands in the script. */
export interface Command {
  /** The literal name as written (`/usr/bin/npm`), or undefined where it is computed. */
  readonly name: string | undefined;
  /** All words, the name first. Empty for a bare assignment or redirection. */
  readonly words: readonly Word[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  readonly span: Span;
  /** Runs in the script's own shell: not inside `( )`, a pipeline, `$( )`, or the background. */
  readonly inMainShell: boolean;
  /** Runs whenever the script gets that far without a failure: not inside `if`, a loop, a function, behind `||`. */
  readonly unconditional: boolean;
}

export type EscapeKind =
  | "cwd"
  | "variable"
  | "export"
  | "function"
  | "alias"
  | "option"
  | "errexit"
  | "umask"
  | "ulimit"
  | "trap"
  | "redirection"
  | "background"
  | "daemon"
  | "exit"
  | "exec"
  | "positional"
  | "ifs"
  | "stdin"
  /** What is new in each container: `/dev/shm`, `/proc`, mounts, the host name. */
  | "container"
  /** The working directory is removed or replaced: a new RUN would start in the new one. */
  | "workdir"
  /** The program that reads the scripts is replaced. */
  | "shell"
  /** A locale is made that the environment asks for. */
  | "locale"
  /** The entry of the user that runs the step: its groups and home are looked up when a container starts. */
  | "user"
  /** A second name for a file: a later write through one name keeps both only within one layer. */
  | "hard-link"
  | "unknown";

/** One thing that a second script in the same shell (or container) could notice of the first. */
export interface Escape {
  readonly kind: EscapeKind;
  /** What it is, for people: "`cd src` changes the working directory". */
  readonly what: string;
  readonly span: Span;
  /** `( … )` around the script holds it back. */
  readonly isolable: boolean;
}

/** What a script starts in, as far as it is known; a step's state fits. */
export interface Setting {
  /** Absolute, or undefined. */
  readonly cwd: string | undefined;
  readonly user: string | undefined;
  /** Known environment; a name mapped to undefined is set, to something unknown. */
  readonly env: ReadonlyMap<string, string | undefined>;
}

export interface Script {
  readonly source: MappedText;
  readonly dialect: Dialect;
  readonly options: ShellOptions;
  /** What holds the same all through it. */
  readonly variables: Variables;
  /** Every simple command, in order of the text, nested scripts included. */
  readonly commands: readonly Command[];
  /** Why nothing is known about this script: a syntax error, a dialect refit does not read. */
  readonly unknown: string | undefined;
}
