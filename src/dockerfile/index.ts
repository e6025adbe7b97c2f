/** The lossless document, written from BuildKit's rules, and typed views of its instructions. */
export { agreement } from "./agreement.ts";
export { expandWord } from "./expand.ts";
export type { Lookup } from "./lexer.ts";
export { type Mount, type MountOption, mountsOf } from "./mounts.ts";
export { formatReference, parseReference, type Reference } from "./reference.ts";
export { parseDockerfile } from "./scanner.ts";
export type * from "./types.ts";
export {
  type CopySource,
  type CopyView,
  copyView,
  type FromView,
  flagNamed,
  fromView,
  type Located,
  type Pair,
  pairsView,
} from "./views.ts";
