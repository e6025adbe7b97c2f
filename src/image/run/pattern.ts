import type { Word } from "unbash";

/** A `case` pattern made of literal text, `*` and `?`; undefined for any other. */
export function patternOf(word: Word): RegExp | undefined {
  if (!word.parts) return new RegExp(`^${escaped(word.value)}$`, "s");
  let source = "";
  for (const part of word.parts) {
    if (part.type === "Literal" || part.type === "SingleQuoted") source += escaped(part.value);
    else if (part.type === "Glob" && part.kind !== "bracket") source += part.kind === "star" ? ".*" : ".";
    else if (part.type === "DoubleQuoted" && part.parts.every(({ type }) => type === "Literal")) {
      source += part.parts.map((inner) => (inner.type === "Literal" ? escaped(inner.value) : "")).join("");
    } else return undefined;
  }
  return new RegExp(`^${source}$`, "s");
}

/** A name's pattern in a path, of literal text, `*` and `?`: what it matches in a folder. Hidden names only where it begins with a dot. */
export function namePattern(pattern: string): RegExp | undefined {
  if (/[[\]\\]/.test(pattern)) return undefined;
  const source = pattern
    .replace(/[^*?]+/g, escaped)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${/^[*?]/.test(pattern) ? "(?!\\.)" : ""}${source}$`, "s");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
