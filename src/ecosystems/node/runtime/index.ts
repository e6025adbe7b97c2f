/** What a Node app needs at run time, as opposed to when it is built. */
export { readNodeWords } from "./node-words.ts";
export { isUnasked, mayBeUnasked, packageOf } from "./packages.ts";
export { importsIn, isReadable, names, wordsIn } from "./source-text.ts";
