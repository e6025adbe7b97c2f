import { isSpace, type Piece } from "./go-text.ts";

/**
 * The words of ENV, LABEL and ARG: parted by spaces, unless quoted or escaped. Quotes and escapes stay in them.
 * BuildKit, frontend/dockerfile/parser/line_parsers.go, parseWords.
 */
export function splitQuoted(text: string, escapeChar: string): Piece[] {
  const words: Piece[] = [];
  let start = -1;
  let quote = "";
  let end = text.length;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (start < 0) {
      if (isSpace(text.charCodeAt(at))) continue;
      start = at;
    }
    if (char === escapeChar && quote !== "'") {
      // A lone escape character at the very end is dropped, and ends a quotation.
      if (at + 1 === text.length) end = at;
      at++;
    } else if (quote) {
      if (char === quote) quote = "";
    } else if (char === "'" || char === '"') {
      quote = char;
    } else if (isSpace(text.charCodeAt(at))) {
      words.push({ text: text.slice(start, at), start, end: at });
      start = -1;
    }
  }
  if (start >= 0 && end > start) words.push({ text: text.slice(start, end), start, end });
  return words;
}
