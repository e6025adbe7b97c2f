import type { Script, Setting, Word } from "./types.ts";

/** What variables hold; undefined where it is not known. */
export interface Values {
  get(name: string): string | undefined;
}

/** The environment under what a script assigns. It is not copied: a long file has many variables, and many scripts. */
export class Variables implements Values {
  readonly #beneath: Values;
  readonly #own: Map<string, string | undefined>;

  constructor({ env, cwd }: Setting) {
    this.#beneath = env;
    this.#own = new Map([["PWD", cwd]]);
  }

  get(name: string): string | undefined {
    return this.#own.has(name) ? this.#own.get(name) : this.#beneath.get(name);
  }

  set(name: string, value: string | undefined): void {
    this.#own.set(name, value);
  }
}

/** The environment, and what the script itself assigns; a variable that is assigned different values is unknown. */
export function valuesIn({ commands }: Script, setting: Setting): Values {
  const values = new Variables(setting);
  const assigned = new Set<string>();
  for (const { assignments, words } of commands) {
    for (const { name, value } of words.length === 0 ? assignments : []) {
      const text = value === undefined ? "" : value.literal;
      values.set(name, assigned.has(name) && values.get(name) !== text ? undefined : text);
      assigned.add(name);
    }
  }
  return values;
}

/** The word's text with the known ones of `values` put in; undefined where that is not all of it. */
export function textOf(word: Word, values: Values): string | undefined {
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

/** The word's text, with `*`, `?` and braces as they stand in the script; undefined where more is unknown than what they stand for. */
export function textOrPatternOf(word: Word, values: Values): string | undefined {
  const text = textOf(word, values);
  if (text !== undefined || word.opaque) return text;
  if (word.variables.some((name) => values.get(name) === undefined)) return undefined;
  return word.raw.replaceAll(/["']/g, "").replace(/\$\{?(\w+)\}?/g, (_, name: string) => values.get(name) ?? "");
}
