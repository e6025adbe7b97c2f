/**
 * What a configuration file in JavaScript or TypeScript exports, read without running it: literals, `path.join(__dirname, …)` and the
 * like, and one hop from a name to the `const` that holds its value. Whatever is computed is `COMPUTED`, never guessed.
 */
import { posix } from "node:path";
import type { Span } from "../../text/index.ts";
import { type Node, programAsWritten, programOf } from "./parse-module.ts";

/** A value that only running the file would tell. */
export const COMPUTED = Symbol("computed");

export type StaticValue = string | number | boolean | null | undefined | typeof COMPUTED | StaticObject | StaticValue[];
export interface StaticObject {
  readonly [key: string]: StaticValue;
}

export interface StaticModule {
  /** The default export or `module.exports`; calls such as `defineConfig(…)` and functions that only return a value are looked through. */
  readonly exported: StaticValue;
  /** Modules that it imports or requires by a literal name. */
  readonly imports: readonly string[];
}

/** Undefined for a text that is no module that Babel or TypeScript accept. `file` is its path in the project, for `__dirname`. */
export function readModule(source: string, file: string): StaticModule | undefined {
  const program = programOf(source);
  return program && new Reader(program, posix.dirname(posix.join("/", file))).module();
}

/** The object literal that a module exports, where all that it exports is written there. */
export interface Literal {
  /** In the text, braces included. */
  readonly span: Span;
  /** Whether it spreads other objects. */
  readonly isOpen: boolean;
}

/** Undefined where the export is computed, or changed behind the literal. */
export function literalIn(source: string): Literal | undefined {
  const program = programAsWritten(source);
  return program && new Reader(program, "/").literal();
}

/** Wrappers that hand their argument on unchanged. */
const IDENTITY = new Set(["defineConfig", "defineNuxtConfig", "mergeRsbuildConfig"]);

class Reader {
  readonly #body: readonly Node[];
  readonly #folder: string;
  readonly #constants = new Map<string, Node>();

  constructor(program: Node, folder: string) {
    this.#body = program.body;
    this.#folder = folder;
    for (const statement of this.#body) {
      const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      if (declaration?.type === "VariableDeclaration" && declaration.kind === "const") {
        for (const { id, init } of declaration.declarations)
          if (id.type === "Identifier") this.#constants.set(id.name, init);
      }
    }
  }

  module(): StaticModule {
    const source = this.#source();
    return { exported: source ? this.#value(source) : COMPUTED, imports: this.#imports() };
  }

  literal(): Literal | undefined {
    const source = this.#source();
    if (source?.type !== "ObjectExpression") return undefined;
    const { start, end, properties } = source;
    return { span: { start, end }, isOpen: properties.some(isOpenProperty) };
  }

  /** What the module exports, as it is written. */
  #source(): Node | undefined {
    const exports = this.#body.flatMap((statement) => {
      if (statement.type === "ExportDefaultDeclaration") return [statement.declaration];
      if (statement.type === "TSExportAssignment") return [statement.expression];
      const assigned = statement.type === "ExpressionStatement" && statement.expression;
      return assigned?.type === "AssignmentExpression" && isModuleExports(assigned.left) ? [assigned.right] : [];
    });
    return exports.length === 1 && !this.#isTouched(exports[0]) ? this.#exported(exports[0]) : undefined;
  }

  #imports(): string[] {
    const found: string[] = [];
    for (const statement of this.#body) {
      if (statement.type === "ImportDeclaration" && statement.importKind !== "type") found.push(statement.source.value);
      for (const { init } of statement.type === "VariableDeclaration" ? statement.declarations : []) {
        const call = init?.type === "MemberExpression" ? init.object : init;
        if (isRequire(call)) found.push(call.arguments[0].value);
      }
    }
    return found;
  }

  /** Whether a statement of the file changes what an exported name holds: `config.output.path = …`. */
  #isTouched(exported: Node): boolean {
    const name = exported?.type === "Identifier" ? exported.name : undefined;
    return this.#body.some((statement) => {
      const left = statement.type === "ExpressionStatement" && statement.expression.left;
      return (name !== undefined && left && rootOf(left) === name) || CONTROL.has(statement.type);
    });
  }

  #exported(node: Node): Node | undefined {
    const inner = unwrap(node);
    if (inner.type === "Identifier" && inner.name !== "undefined")
      return this.#hop(inner.name, undefined, (value) => this.#exported(value));
    if (inner.type === "CallExpression" && IDENTITY.has(inner.callee.name) && inner.arguments.length === 1)
      return this.#exported(inner.arguments[0]);
    if (["ArrowFunctionExpression", "FunctionExpression", "FunctionDeclaration"].includes(inner.type)) {
      const returned = onlyReturn(inner);
      return returned && this.#exported(returned);
    }
    return inner;
  }

  /** Reads what a constant of the file holds, each one once on the way; `unknown` where there is none. */
  #hop<Value>(name: string, unknown: Value, read: (node: Node) => Value): Value {
    const node = this.#constants.get(name);
    if (!node) return unknown;
    this.#constants.delete(name);
    const value = read(node);
    this.#constants.set(name, node);
    return value;
  }

  #value(node: Node): StaticValue {
    const inner = unwrap(node);
    switch (inner.type) {
      case "StringLiteral":
      case "NumericLiteral":
      case "BooleanLiteral":
      case "Literal":
        return inner.value;
      case "NullLiteral":
        return null;
      case "TemplateLiteral":
        return this.#template(inner);
      case "Identifier":
        if (inner.name === "__dirname") return this.#folder;
        return inner.name === "undefined"
          ? undefined
          : this.#hop<StaticValue>(inner.name, COMPUTED, (value) => this.#value(value));
      case "MemberExpression":
        return isMember(inner, "dirname", "MetaProperty") ? this.#folder : COMPUTED;
      case "ArrayExpression":
        return inner.elements.map((item: Node) => (item ? this.#value(item) : undefined));
      case "ObjectExpression":
        return this.#object(inner);
      case "CallExpression":
        return this.#call(inner);
      default:
        return COMPUTED;
    }
  }

  #template(node: Node): StaticValue {
    let text = node.quasis[0].value.cooked;
    for (const [index, expression] of node.expressions.entries()) {
      const value = this.#value(expression);
      if (typeof value !== "string") return COMPUTED;
      text += value + node.quasis[index + 1].value.cooked;
    }
    return text;
  }

  /** A spread makes every key computed, unless a later one of the same name settles it. */
  #object(node: Node): StaticValue {
    const entries = new Map<string, StaticValue>();
    let open = false;
    for (const property of node.properties) {
      const key = property.key?.name ?? property.key?.value;
      if (isOpenProperty(property)) {
        open = true;
        entries.clear();
      } else entries.set(String(key), property.value ? this.#value(property.value) : COMPUTED);
    }
    const object = Object.fromEntries(entries);
    return open
      ? new Proxy(object, { get: (target, key) => (Object.hasOwn(target, key) ? Reflect.get(target, key) : COMPUTED) })
      : object;
  }

  /** `path.join`, `path.resolve`, `fileURLToPath(new URL("…", import.meta.url))` and `process.cwd()`. */
  #call(node: Node): StaticValue {
    const name = node.callee.property?.name ?? node.callee.name;
    if (isMember(node.callee, "cwd", "Identifier", "process")) return "/";
    const [first] = node.arguments;
    if (name === "fileURLToPath" && first?.type === "NewExpression" && first.callee.name === "URL")
      return this.#join("resolve", [this.#folder, this.#value(first.arguments[0])]);
    if (name === "dirname" && first?.type === "CallExpression") return isFileUrl(first) ? this.#folder : COMPUTED;
    if (name !== "join" && name !== "resolve") return COMPUTED;
    return this.#join(
      name,
      node.arguments.map((argument: Node) => this.#value(argument)),
    );
  }

  #join(how: "join" | "resolve", parts: readonly StaticValue[]): StaticValue {
    if (!parts.every((part) => typeof part === "string")) return COMPUTED;
    // `resolve` starts at the working directory, where tools run: the project.
    return how === "join" ? posix.join(...parts) : posix.resolve("/", ...parts);
  }
}

/** A spread, or a name that is computed: it may be any key. */
function isOpenProperty({ type, computed }: Node): boolean {
  return type.startsWith("Spread") || computed === true;
}

const CONTROL = new Set(["IfStatement", "ForStatement", "ForOfStatement", "TryStatement", "SwitchStatement"]);

/** Casts, `satisfies`, parentheses and `await` do not change what a configuration says. */
function unwrap(node: Node): Node {
  const wrapped = [
    "TSAsExpression",
    "TSSatisfiesExpression",
    "TSNonNullExpression",
    "ParenthesizedExpression",
    "TSTypeAssertion",
  ];
  return wrapped.includes(node.type) ? unwrap(node.expression) : node;
}

function onlyReturn(node: Node): Node | undefined {
  if (node.body.type !== "BlockStatement") return node.body;
  const [statement, ...more] = node.body.body;
  return more.length === 0 && statement?.type === "ReturnStatement" ? statement.argument : undefined;
}

function isModuleExports(node: Node): boolean {
  return isMember(node, "exports", "Identifier", "module");
}

function isMember(node: Node, property: string, objectType: string, object?: string): boolean {
  return (
    node.type === "MemberExpression" &&
    node.property.name === property &&
    node.object.type === objectType &&
    (object === undefined || node.object.name === object)
  );
}

function isRequire(node: Node): boolean {
  return (
    node?.type === "CallExpression" && node.callee.name === "require" && typeof node.arguments[0]?.value === "string"
  );
}

function isFileUrl(node: Node): boolean {
  return node.callee.name === "fileURLToPath" && isMember(node.arguments[0], "url", "MetaProperty");
}

function rootOf(node: Node): string | undefined {
  return node.type === "MemberExpression" ? rootOf(node.object) : node.name;
}
