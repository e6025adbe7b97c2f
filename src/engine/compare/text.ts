/** How the contents of two files differ, for people. */
import { decodeBytes, unifiedDiff } from "../../text/index.ts";
import type { ImageTree } from "../types.ts";

/** Bytes of the largest file that a diff is shown of. */
const LARGEST = 256 * 1024;
const MOST_LINES = 16;
const LONGEST_LINE = 160;

/** A few lines of a unified diff; undefined where one of the files is no text, or too long. */
export function shortDiff(path: string, before: ImageTree, after: ImageTree): string | undefined {
  const [old, now] = [textOf(path, before), textOf(path, after)];
  if (old === undefined || now === undefined) return undefined;
  // The names of the files are told already.
  const lines = unifiedDiff(path, old, now).split("\n").slice(3, -1);
  const shown = lines.slice(0, MOST_LINES).map(printable);
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [`… and ${more} more ${more === 1 ? "line" : "lines"}`] : [])].join("\n");
}

function textOf(path: string, tree: ImageTree): string | undefined {
  if (tree.entries.get(path)!.size > LARGEST) return undefined;
  const bytes = tree.read(path);
  const text = decodeBytes(bytes);
  return /[\0\udc80-\udcff]/u.test(text) ? undefined : text;
}

/** A terminal must not obey what an image holds. */
function printable(line: string): string {
  const cut = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
  return cut.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, "\ufffd");
}
