/** What a Node app needs at run time, as opposed to when it is built. */
export { type Needs, needsOf } from "./crossing.ts";
export { Decline } from "./decline.ts";
export { readNodeWords } from "./node-words.ts";
export { isForCompilers, Packages } from "./packages.ts";
export { isProductionOnly, pruneCommand } from "./prune.ts";
export { Running, type Start } from "./running.ts";
export { importsIn, isReadable, names, wordsIn } from "./source-text.ts";
