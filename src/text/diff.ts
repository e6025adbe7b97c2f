import { type StructuredPatchHunk, structuredPatch } from "diff";

/** Past so many differing lines the exact diff takes seconds (it is O(N·D)); one hunk for the whole file says the same. */
const MAX_EDIT_LENGTH = 2_000;

/**
 * A unified diff that `git apply` and `patch -p1` accept, or the empty string where nothing changed. `path` has `/`; one that
 * is absolute is written relative to the root, as git has no others.
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const patch = structuredPatch("", "", before, after, "", "", { context: 3, maxEditLength: MAX_EDIT_LENGTH });
  const hunks = patch?.hunks ?? [wholeFile(before, after)];
  const inside = path.replace(/^\/+/, "");
  const [from, to] = [quoted(`a/${inside}`), quoted(`b/${inside}`)];
  return [
    `diff --git ${from} ${to}`,
    `--- ${from}${tab(path)}`,
    `+++ ${to}${tab(path)}`,
    ...hunks.flatMap(printed),
    "",
  ].join("\n");
}

/** `patch` takes a name up to the first blank unless a tab ends it. */
function tab(path: string): string {
  return path.includes(" ") ? "\t" : "";
}

/** git's C-style quoting of a name with control characters, quotes or backslashes. Other characters may stand as they are. */
function quoted(path: string): string {
  if (!/["\\\u0000-\u001f\u007f]/.test(path)) return path;
  const names: Record<string, string> = { "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
  const octal = (c: string) => `\\${c.charCodeAt(0).toString(8).padStart(3, "0")}`;
  return `"${path.replace(/["\\\u0000-\u001f\u007f]/g, (c) => names[c] ?? octal(c))}"`;
}

function printed(hunk: StructuredPatchHunk): string[] {
  const range = (start: number, lines: number) => `${lines === 0 ? start - 1 : start}${lines === 1 ? "" : `,${lines}`}`;
  const head = `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`;
  return [head, ...hunk.lines];
}

function wholeFile(before: string, after: string): StructuredPatchHunk {
  const old = linesOf(before);
  const now = linesOf(after);
  const marked = (lines: string[], sign: string) =>
    lines.flatMap((line) =>
      line.endsWith("\n") ? [sign + line.slice(0, -1)] : [sign + line, "\\ No newline at end of file"],
    );
  return {
    oldStart: 1,
    oldLines: old.length,
    newStart: 1,
    newLines: now.length,
    lines: [...marked(old, "-"), ...marked(now, "+")],
  };
}

/** With their line ends; the last may lack one. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
