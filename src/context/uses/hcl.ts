/**
 * Reads as much of HashiCorp's configuration language as Bake files of people use: blocks, attributes, strings with `${…}`, lists, objects,
 * variables, comparisons and conditions (HCL native syntax specification). What goes beyond that (functions, `for`) has the value UNKNOWN.
 * A parser of the whole language is a WebAssembly program of several megabytes.
 */
import { UNKNOWN } from "./types.ts";

export type Value = string | number | boolean | null | typeof UNKNOWN | readonly Value[] | ValueObject;
export interface ValueObject {
  readonly [key: string]: Value;
}

/** An attribute's value under the variables in force. */
export type Expression = (scope: Scope) => Value;
export type Scope = (name: string) => Value;

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: ReadonlyMap<string, Expression>;
  readonly blocks: readonly Block[];
}

/** Thrown for text that is none of this language. `at` is an offset. */
export class HclError extends Error {
  override readonly name = "HclError";
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

export function parseHcl(text: string): Block {
  const parser = new Parser(text);
  return parser.body("", []);
}

interface Token {
  readonly kind: "name" | "number" | "string" | "heredoc" | "punctuation" | "newline" | "end";
  readonly text: string;
  readonly at: number;
}

const TOKENS =
  /(?<space>[ \t\r]+|(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\/)|(?<newline>\n)|(?<name>[\p{L}_][\p{L}\p{N}_-]*)|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<heredoc><<-?)(?=[\w-]+[ \t\r]*\n)|(?<quote>")|(?<punctuation>\.\.\.|=>|==|!=|<=|>=|&&|\|\||[{}[\]()=:,.?!<>+\-*/%])/uy;

class Parser {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokenize();
  }

  #tokenize(): void {
    const text = this.#text;
    for (let at = 0; at < text.length; ) {
      TOKENS.lastIndex = at;
      const groups = TOKENS.exec(text)?.groups;
      if (!groups) throw new HclError(`unexpected ${JSON.stringify(text[at])}`, at);
      if (groups.quote !== undefined) {
        const end = endOfString(text, at);
        this.#tokens.push({ kind: "string", text: text.slice(at + 1, end - 1), at });
        at = end;
      } else if (groups.heredoc !== undefined) {
        const [all = "", , body = ""] =
          /^<<-?([\w-]+)[ \t\r]*\n([\s\S]*?)^[ \t]*\1[ \t\r]*$/m.exec(text.slice(at)) ?? [];
        if (all === "") throw new HclError("a heredoc has no end", at);
        this.#tokens.push({ kind: "heredoc", text: body, at });
        at += all.length;
      } else {
        const [kind, matched] = Object.entries(groups).find(([, value]) => value !== undefined)! as [string, string];
        if (kind !== "space") this.#tokens.push({ kind: kind as Token["kind"], text: matched, at });
        at += matched.length;
      }
    }
    this.#tokens.push({ kind: "end", text: "the end of the file", at: text.length });
  }

  get #token(): Token {
    return this.#tokens[this.#next]!;
  }

  #is(text: string): boolean {
    return this.#token.kind === "punctuation" && this.#token.text === text;
  }

  #accept(text: string): boolean {
    const accepted = this.#is(text);
    if (accepted) this.#next++;
    return accepted;
  }

  #fail(): never {
    throw new HclError(
      `unexpected ${this.#token.kind === "newline" ? "end of line" : this.#token.text}`,
      this.#token.at,
    );
  }

  #skipNewlines(): void {
    while (this.#token.kind === "newline") this.#next++;
  }

  body(type: string, labels: readonly string[]): Block {
    const attributes = new Map<string, Expression>();
    const blocks: Block[] = [];
    for (;;) {
      this.#skipNewlines();
      if (this.#token.kind === "end" && type === "") break;
      if (type !== "" && this.#accept("}")) break;
      const { kind, text: name } = this.#token;
      if (kind !== "name" && kind !== "string") this.#fail();
      this.#next++;
      if (this.#accept("=")) attributes.set(name, this.#whole());
      else blocks.push(this.#block(name));
    }
    return { type, labels, attributes, blocks };
  }

  #block(type: string): Block {
    const labels: string[] = [];
    while (this.#token.kind === "string" || this.#token.kind === "name") {
      labels.push(this.#token.text);
      this.#next++;
    }
    if (!this.#accept("{")) this.#fail();
    return this.body(type, labels);
  }

  /** An expression up to the end of its line, or of what it stands in; UNKNOWN where refit can't read it. */
  #whole(): Expression {
    const start = this.#next;
    try {
      const expression = this.#expression();
      if (this.#atEnd()) return expression;
    } catch (error) {
      if (!(error instanceof HclError)) throw error;
    }
    this.#next = start;
    let depth = 0;
    while (this.#token.kind !== "end" && !(depth === 0 && this.#atEnd())) {
      if (this.#token.kind === "punctuation") {
        if ("{[(".includes(this.#token.text)) depth++;
        else if ("}])".includes(this.#token.text)) depth--;
      }
      this.#next++;
    }
    return () => UNKNOWN;
  }

  #atEnd(): boolean {
    return ["newline", "end"].includes(this.#token.kind) || ["}", "]", ")", ","].some((text) => this.#is(text));
  }

  #expression(): Expression {
    const condition = this.#binary(0);
    if (!this.#accept("?")) return condition;
    this.#skipNewlines();
    const [yes, , no] = [this.#expression(), this.#accept(":") || this.#fail(), this.#expression()];
    return (scope) => {
      const value = condition(scope);
      return value === UNKNOWN ? UNKNOWN : value === true || value === "true" ? yes(scope) : no(scope);
    };
  }

  #binary(level: number): Expression {
    const operators = LEVELS[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = Object.keys(operators).find((text) => this.#accept(text));
      if (operator === undefined) return left;
      this.#skipNewlines();
      const [before, after] = [left, this.#binary(level + 1)];
      left = (scope) => {
        const one = before(scope);
        const other = after(scope);
        return one === UNKNOWN || other === UNKNOWN ? UNKNOWN : operators[operator]!(one, other);
      };
    }
  }

  #unary(): Expression {
    if (!this.#accept("!")) return this.#postfix();
    const operand = this.#unary();
    return (scope) => {
      const value = operand(scope);
      return value === UNKNOWN ? UNKNOWN : value !== true && value !== "true";
    };
  }

  #postfix(): Expression {
    let value = this.#primary();
    for (;;) {
      if (this.#accept(".")) {
        const key = this.#token.text;
        this.#next++;
        const object = value;
        value = (scope) => member(object(scope), key);
      } else if (this.#is("[") || this.#is("(")) this.#fail();
      else return value;
    }
  }

  #primary(): Expression {
    const token = this.#token;
    this.#next++;
    switch (token.kind) {
      case "number":
        return () => Number(token.text);
      case "string":
      case "heredoc":
        return templateOf(token.text, token.kind === "heredoc");
      case "name":
        if (token.text === "true" || token.text === "false") return () => token.text === "true";
        return token.text === "null" ? () => null : (scope) => scope(token.text);
      default:
        this.#next--;
        if (this.#accept("(")) return this.#parenthesised();
        if (this.#accept("[")) return this.#list();
        return this.#accept("{") ? this.#object() : this.#fail();
    }
  }

  #parenthesised(): Expression {
    this.#skipNewlines();
    const inner = this.#expression();
    this.#skipNewlines();
    return this.#accept(")") ? inner : this.#fail();
  }

  #list(): Expression {
    const items: Expression[] = [];
    for (this.#skipNewlines(); !this.#accept("]"); this.#skipNewlines()) {
      if (this.#token.kind === "name" && this.#token.text === "for") this.#fail();
      items.push(this.#expression());
      this.#skipNewlines();
      if (!this.#accept(",") && !this.#is("]")) this.#fail();
    }
    return (scope) => items.map((item) => item(scope));
  }

  #object(): Expression {
    const entries: (readonly [string, Expression])[] = [];
    for (this.#skipNewlines(); !this.#accept("}"); this.#skipNewlines()) {
      const { kind, text: key } = this.#token;
      if ((kind !== "name" && kind !== "string") || key === "for" || key.includes("${")) this.#fail();
      this.#next++;
      if (!this.#accept("=") && !this.#accept(":")) this.#fail();
      this.#skipNewlines();
      entries.push([key, this.#whole()]);
      this.#accept(",");
    }
    return (scope) => Object.fromEntries(entries.map(([key, value]) => [key, value(scope)]));
  }
}

type Operator = (one: Value, other: Value) => Value;

const LEVELS: readonly Readonly<Record<string, Operator>>[] = [
  { "||": (one, other) => one === true || other === true },
  { "&&": (one, other) => one === true && other === true },
  { "==": (one, other) => one === other, "!=": (one, other) => one !== other },
];

function member(object: Value, key: string): Value {
  if (typeof object !== "object" || object === null || Array.isArray(object)) return UNKNOWN;
  return (object as ValueObject)[key] ?? UNKNOWN;
}

/** The offset behind the closing quote; quotes inside `${…}` belong to the expression there. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === '"') return at + 1;
    else if (character === "\n") break;
    else if (text.startsWith("${", at) && !text.startsWith("$${", at - 1)) at = endOfBraces(text, at + 1) - 1;
  }
  throw new HclError("a string has no end", start);
}

/** The offset behind the brace that closes the one at `open`. */
function endOfBraces(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at + 1;
    else if (text[at] === '"') at = endOfString(text, at) - 1;
  }
  throw new HclError("`${` has no end", open);
}

function templateOf(text: string, isHeredoc: boolean): Expression {
  const parts: Expression[] = [];
  let literal = "";
  for (let at = 0; at < text.length; ) {
    if (text.startsWith("$${", at)) {
      literal += "${";
      at += 3;
    } else if (text.startsWith("%{", at)) return () => UNKNOWN;
    else if (text.startsWith("${", at)) {
      const end = endOfBraces(text, at + 1);
      const said = literal;
      parts.push(() => said, embedded(text.slice(at + 2, end - 1)));
      literal = "";
      at = end;
    } else if (text[at] === "\\" && !isHeredoc) {
      literal += ESCAPES[text[at + 1] ?? ""] ?? text[at + 1] ?? "";
      at += 2;
    } else literal += text[at++];
  }
  const rest = literal;
  if (parts.length === 0) return () => rest;
  parts.push(() => rest);
  return (scope) => {
    const values = parts.map((part) => part(scope));
    return values.every((value) => ["string", "number", "boolean"].includes(typeof value))
      ? values.map(String).join("")
      : UNKNOWN;
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

function embedded(text: string): Expression {
  const block = parseHcl(`value = ${text.replaceAll("\n", " ")}\n`);
  return block.attributes.get("value") ?? (() => UNKNOWN);
}
