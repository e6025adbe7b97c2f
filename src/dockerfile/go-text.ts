/** Character classes of the Go programs that decide what a Dockerfile says. */
import type { Span } from "../text/index.ts";

/** Go's unicode.IsSpace, for a UTF-16 unit (every such character is one). */
export function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return (
    unit === 0x85 ||
    unit === 0xa0 ||
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

/** What parts a keyword from its arguments: Go's `[\t\v\f\r ]`, and nothing outside ASCII. */
export function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || (unit >= 0x0b && unit <= 0x0d);
}

/** The first offset from `at` on, at most `end`, that holds no blank to a program that looks at bytes, not characters. */
export function skipBlankBytes(text: string, at: number, end: number): number {
  while (at < end && (isBlank(text.charCodeAt(at)) || isSpaceByte(text.charCodeAt(at)))) at++;
  return at;
}

/** The invalid bytes 0x85 and 0xA0, which Go takes for the characters U+0085 and U+00A0 there. */
function isSpaceByte(unit: number): boolean {
  return unit === 0xdc85 || unit === 0xdca0;
}

/** The end of the run without blanks that begins at `start`. */
export function wordEnd(text: string, start: number, end = text.length): number {
  while (start < end && !isBlank(text.charCodeAt(start))) start++;
  return start;
}

/** The first offset from `at` on, at most `end`, that holds no space. */
export function skipSpace(text: string, at: number, end = text.length): number {
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The end of the text in `[start, end)` when spaces behind it are left out. */
export function trimmedEnd(text: string, start = 0, end = text.length): number {
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

/** A part of a text and where it stands in it. */
export interface Piece extends Span {
  readonly text: string;
}

/** The words between runs of blanks, as BuildKit splits FROM, COPY and EXPOSE. Quotes mean nothing to it. */
export function splitBlanks(text: string): Piece[] {
  const words: Piece[] = [];
  for (let start = 0; start < text.length; ) {
    const end = wordEnd(text, start);
    if (end > start) words.push({ text: text.slice(start, end), start, end });
    start = end + 1;
  }
  return words;
}

/** Invalid bytes and unpaired surrogates, as Go shows them: U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
