/** BuildKit's shell lexer: quotes, escapes and variables. frontend/dockerfile/shell/lex.go. */
import type { Piece } from "./go-text.ts";
import { Result, Words } from "./lexed.ts";
import { substitute, trimMatch } from "./pattern.ts";

/** The value of a variable; null where it surely has none; undefined where that is not known. */
export type Lookup = (name: string) => string | null | undefined;

export interface LexerOptions {
  /** `\` or `` ` ``. */
  readonly escape: string;
  readonly lookup: Lookup;
  /** Quotes stay in the result. */
  readonly rawQuotes?: boolean;
  /** Escape characters stay in the result. */
  readonly rawEscapes?: boolean;
  /** A variable without value stays as it is written. */
  readonly keepUnset?: boolean;
  /** `<< EOF` is one word, as BuildKit has it since 0.14. */
  readonly spacedHeredocs?: boolean;
}

export interface Lexed {
  /** Undefined where a variable's value is not known. */
  readonly text: string | undefined;
  readonly words: readonly Piece[];
}

/** Deeper `${a:-${b:-…}}` than anyone writes; BuildKit itself knows no limit. */
const MAX_DEPTH = 500;

const nameStart = /[\p{L}_]/u;
const nameChar = /[\p{L}\p{Nd}_]/u;
const digit = /\p{Nd}/u;

/** The text expanded, and its words; undefined where BuildKit reports an error. */
export function lex(source: string, options: LexerOptions): Lexed | undefined {
  try {
    const lexer = new Lexer(source, options);
    const words = new Words();
    const text = lexer.until(undefined, options.rawEscapes ?? false, words);
    return { text, words: words.finish(source.length) };
  } catch (error) {
    if (error instanceof LexError) return undefined;
    throw error;
  }
}

class LexError extends Error {}

class Lexer {
  readonly #source: string;
  readonly #options: LexerOptions;
  #at = 0;
  #depth = 0;
  #rawEscapes = false;

  constructor(source: string, options: LexerOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** Up to `stop`, or to the end. */
  until(stop: string | undefined, rawEscapes: boolean, words?: Words): string | undefined {
    if (++this.#depth > MAX_DEPTH) throw new LexError("nested too deeply");
    const outer = this.#rawEscapes;
    this.#rawEscapes = rawEscapes;
    const result = new Result();
    for (;;) {
      const start = this.#at;
      const char = this.#peek();
      if (char === "" && stop !== undefined) throw new LexError(`no ${stop}`);
      if (char === "" || char === stop) break;
      const { text, raw } = this.#part(char);
      result.add(text);
      words?.add(text ?? "", start, raw);
    }
    if (stop !== undefined) this.#at++;
    this.#rawEscapes = outer;
    this.#depth--;
    return result.text;
  }

  /** `raw` parts hold a word together even where they contain spaces. */
  #part(char: string): { text: string | undefined; raw: boolean } {
    switch (char) {
      case "'":
        return { text: this.#singleQuoted(), raw: true };
      case '"':
        return { text: this.#doubleQuoted(), raw: true };
      case "$":
        return { text: this.#dollar(), raw: false };
      case "<":
        if (this.#options.spacedHeredocs) return { text: this.#angle(), raw: true };
    }
    this.#at++;
    if (char !== this.#options.escape) return { text: char, raw: false };
    const escaped = this.#next();
    return { text: (this.#rawEscapes ? char : "") + escaped, raw: true };
  }

  #angle(): string {
    const match = /<(<[\t\r ]*)?/y;
    match.lastIndex = this.#at;
    const [text] = match.exec(this.#source)!;
    this.#at += text.length;
    return text;
  }

  #singleQuoted(): string {
    const end = this.#source.indexOf("'", this.#at + 1);
    if (end < 0) throw new LexError("no closing quote");
    const quoted = this.#source.slice(this.#at, end + 1);
    this.#at = end + 1;
    return this.#options.rawQuotes ? quoted : quoted.slice(1, -1);
  }

  #doubleQuoted(): string | undefined {
    const { escape: escapeChar, rawQuotes } = this.#options;
    const quote = rawQuotes ? '"' : "";
    const result = new Result();
    this.#at++;
    result.add(quote);
    for (;;) {
      const char = this.#peek();
      if (char === "") throw new LexError("no closing quote");
      if (char === "$") {
        result.add(this.#dollar());
        continue;
      }
      this.#at++;
      if (char === '"') break;
      if (char !== escapeChar) {
        result.add(char);
        continue;
      }
      const escaped = this.#peek();
      if (this.#rawEscapes) result.add(char);
      if (escaped === '"' || escaped === "$" || escaped === escapeChar) {
        this.#at++;
        result.add(escaped);
      } else if (escaped !== "") {
        result.add(char);
      }
    }
    result.add(quote);
    return result.text;
  }

  #dollar(): string | undefined {
    this.#at++;
    if (this.#peek() !== "{") {
      const name = this.#name();
      return name === "" ? "$" : this.#value(name, `$${name}`);
    }
    this.#at++;
    if (/^[{}:]?$/.test(this.#peek())) throw new LexError("bad substitution");
    const name = this.#name();
    const operator = this.#next();
    if (operator === "}") return this.#value(name, `\${${name}}`);
    if (operator === "/") return this.#replacement(name);
    return operator === ":" ? this.#modified(name, this.#next(), true) : this.#modified(name, operator, false);
  }

  /** `${name-word}` and its kin; `nullIsUnset` for the forms with a colon. */
  #modified(name: string, operator: string, nullIsUnset: boolean): string | undefined {
    if (!nullIsUnset && !/^[-+?#%]$/.test(operator)) throw new LexError("unsupported modifier");
    const isPattern = operator === "#" || operator === "%";
    // Refused since 0.14; before, the colon was ignored.
    if (nullIsUnset && isPattern && this.#options.spacedHeredocs) throw new LexError("unsupported modifier");
    const word = this.until("}", isPattern);
    const value = this.#options.lookup(name);
    if (value === undefined) return undefined;
    const modifier = (nullIsUnset ? ":" : "") + operator;
    if (value === null && this.#options.keepUnset) return `\${${name}${modifier}${word}}`;
    const isUnset = value === null || (nullIsUnset && value === "");
    switch (operator) {
      case "-":
        return isUnset ? word : value;
      case "+":
        return isUnset ? "" : word;
      case "?":
        if (isUnset) throw new LexError(`${name} must be set`);
        return value;
      case "#":
      case "%":
        return word === undefined ? undefined : trimMatch(value ?? "", operator, word);
      default:
        throw new LexError("unsupported modifier");
    }
  }

  #replacement(name: string): string | undefined {
    const all = this.#peek() === "/";
    if (all) this.#at++;
    const pattern = this.until("/", true);
    const replacement = this.until("}", true);
    const value = this.#options.lookup(name);
    if (value === null && this.#options.keepUnset) return `\${${name}/${pattern}/${replacement}}`;
    if (value === undefined || pattern === undefined || replacement === undefined) return undefined;
    return substitute(value ?? "", pattern, replacement, all);
  }

  #value(name: string, written: string): string | undefined {
    const value = this.#options.lookup(name);
    return value === null ? (this.#options.keepUnset ? written : "") : value;
  }

  #name(): string {
    const start = this.#at;
    const first = this.#peek();
    if (/^[@*#?$!-]$/.test(first)) {
      this.#at++;
      return first;
    }
    const allowed = digit.test(first) ? digit : nameChar;
    if (allowed === nameChar && !nameStart.test(first)) return "";
    while (allowed.test(this.#peek())) this.#next();
    return this.#source.slice(start, this.#at);
  }

  /** A whole code point, or the empty string at the end. */
  #peek(): string {
    const code = this.#source.codePointAt(this.#at);
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  #next(): string {
    const char = this.#peek();
    this.#at += char.length;
    return char;
  }
}
