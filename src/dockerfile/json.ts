import { skipSpace, wellFormed, wordEnd } from "./go-text.ts";

/** What BuildKit makes of arguments that may be a JSON array. Spans are in the arguments' text. */
export type JsonReading =
  | { readonly kind: "none" }
  | { readonly kind: "strings"; readonly strings: readonly JsonPiece[]; readonly trailing: boolean }
  /** A JSON array that holds something else than strings: refused. */
  | { readonly kind: "other"; readonly trailing: boolean };

interface JsonPiece {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads an array of strings. `afterWord` skips HEALTHCHECK's CMD first. `trailing` says that text follows the array: BuildKit up to 0.13
 * ignores it, later versions take the whole for shell form. frontend/dockerfile/parser/line_parsers.go, parseJSON.
 */
export function readJson(text: string, afterWord = false): JsonReading {
  const at = skipSpace(text, afterWord ? wordEnd(text, 0) : 0);
  if (text[at] !== "[") return { kind: "none" };
  return readStrings(text, at) ?? readOther(text, at);
}

function readStrings(text: string, open: number): JsonReading | undefined {
  const strings: JsonPiece[] = [];
  let at = skipJsonSpace(text, open + 1);
  while (text[at] !== "]" || strings.length > 0) {
    const end = stringEnd(text, at);
    if (end === undefined) return undefined;
    const value = stringValue(text.slice(at, end));
    if (value === undefined) return undefined;
    strings.push({ value, start: at, end });
    at = skipJsonSpace(text, end);
    if (text[at] === "]") break;
    if (text[at] !== ",") return undefined;
    at = skipJsonSpace(text, at + 1);
  }
  return { kind: "strings", strings, trailing: isTrailed(text, at + 1) };
}

/** Any other JSON array, or none. */
function readOther(text: string, open: number): JsonReading {
  const close = closingBracket(text, open);
  if (close === undefined) return { kind: "none" };
  try {
    JSON.parse(text.slice(open, close + 1));
    return { kind: "other", trailing: isTrailed(text, close + 1) };
  } catch {
    return { kind: "none" };
  }
}

/** The bracket that closes the one at `open`, brackets in strings aside. */
function closingBracket(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      const end = stringEnd(text, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (char === "[") depth++;
    else if (char === "]" && --depth === 0) return at;
  }
  return undefined;
}

/** Behind the quote that closes the string at `start`. */
function stringEnd(text: string, start: number): number | undefined {
  if (text[start] !== '"') return undefined;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return undefined;
}

function stringValue(literal: string): string | undefined {
  try {
    return wellFormed(JSON.parse(literal));
  } catch {
    return undefined;
  }
}

function isTrailed(text: string, at: number): boolean {
  return skipJsonSpace(text, at) < text.length;
}

function skipJsonSpace(text: string, at: number): number {
  while (text[at] === " " || text[at] === "\t" || text[at] === "\r" || text[at] === "\n") at++;
  return at;
}
