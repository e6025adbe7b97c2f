import { type Digest, digest, type Text, unknownText } from "./digest.ts";

export type EntryKind =
  | "file"
  | "folder"
  /** `mkdir -p` over something unknown: the folder that was there, or a new one with this mode and owner. */
  | "ensured"
  | "link"
  /** Known not to be there, where the ground would have it unknown. */
  | "absent";

/** What a path is. Immutable. */
export interface Entry {
  readonly kind: EntryKind;
  readonly mode: Text;
  readonly owner: Text;
  /** Of a file: what it holds. Of a link: where it points. */
  readonly content: Text;
  readonly digest: Digest;
}

/** Longer contents are kept as a digest. */
const LONGEST_CONTENT = 4096;

export function entryOf(kind: EntryKind, mode: Text, owner: Text, content: Text = ""): Entry {
  const kept = content.length > LONGEST_CONTENT ? unknownText("content", content) : content;
  return { kind, mode, owner, content: kept, digest: digest("entry", kind, mode, owner, kept) };
}

export const ABSENT = entryOf("absent", "", "");

export function isLeaf(entry: Entry): boolean {
  return entry.kind === "file" || entry.kind === "link" || entry.kind === "absent";
}
