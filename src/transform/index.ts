/**
 * The kit: the one thing a transform imports besides its own folder. Holds what a transform is, and re-exports what it may ask
 * of the other rooms; nothing here does io.
 */
export type { BuildContext } from "../context/types.ts";
export type { Directive, Dockerfile, Flag, Heredoc, Instruction, JsonString, Keyword } from "../dockerfile/types.ts";
export type { Footprint, InstallInputs, Invocation, Purpose, Surroundings } from "../ecosystems/types.ts";
export type { Base, Facts, Resolution, Shell, Stage, Step, StepState } from "../image/types.ts";
export type { PromiseName } from "../promises/types.ts";
export type { Command, Dialect, Escape, EscapeKind, Script, ShellOptions, Word } from "../shell/types.ts";
export type { MappedText } from "../text/mapped.ts";
export * from "../text/span.ts";
export { choices } from "./options.ts";
export * from "./types.ts";
export { UsageError } from "./usage-error.ts";
