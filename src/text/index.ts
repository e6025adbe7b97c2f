/** Texts and places in them. No other room does offset arithmetic. */
export { unifiedDiff } from "./diff.ts";
export { applyEdits } from "./edits.ts";
export { decodeBytes, encodeText } from "./encoding.ts";
export { Lines, type Position } from "./lines.ts";
export { type MappedText, mappedFrom, plain } from "./mapped.ts";
export { originOf } from "./origin.ts";
export * from "./span.ts";
