/** A RUN's script: its commands, its dialect, what escapes it, and how scripts join. */
export { DEFAULT_SHELL, dialectOf, NO_OPTIONS, shellOptionsOf } from "./dialect.ts";
export { parseScript } from "./parse.ts";
export type * from "./types.ts";
