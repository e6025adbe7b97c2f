/** Real builds: both files built, their images compared, nothing left behind. */
export { EngineError } from "./error.ts";
export type * from "./types.ts";
