import type { Word } from "./types.ts";

/** The word's text with the known ones of `values` put in; undefined where that is not all of it. */
export function textOf(word: Word, values: ReadonlyMap<string, string | undefined>): string | undefined {
  if (word.literal !== undefined) return word.literal;
  if (word.opaque || word.variables.length === 0) return undefined;
  let known = true;
  const text = word.raw.replace(/^"(.*)"$/s, "$1").replace(/\$\{?(\w+)\}?/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) known = false;
    return value ?? "";
  });
  return known && !/["'\\`$*?[{]/.test(text) ? text : undefined;
}
