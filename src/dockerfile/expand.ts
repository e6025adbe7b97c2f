import { type Lookup, lex } from "./lexer.ts";

/**
 * A word as BuildKit expands it in ENV, COPY, WORKDIR and the like: quotes and escapes removed, variables replaced. Undefined where a
 * variable's value is unknown (`lookup` gives undefined) or BuildKit would report an error. A `lookup` of null means surely unset.
 * BuildKit, frontend/dockerfile/shell/lex.go, ProcessWord.
 */
export function expandWord(raw: string, lookup: Lookup, escapeChar: string): string | undefined {
  if (!/["'$`\\]/.test(raw)) return raw;
  return lex(raw, { escape: escapeChar, lookup, spacedHeredocs: true })?.text;
}
