/** What a JavaScript or TypeScript file says by literal words that it loads or reads. */
import { createRequire } from "node:module";
import type * as Babel from "@babel/parser";
import { importsIn } from "../../../ecosystems/index.ts";

export interface Import {
  readonly specifier: string;
  /**
   * `import` and `require` are Node's two ways to resolve a module; `file` is relative to the file that says it, and `cwd` to the folder
   * that the program was started in.
   */
  readonly how: "import" | "require" | "file" | "cwd";
}

// biome-ignore lint/suspicious/noExplicitAny: nodes of Babel's tree; each read is checked by its `type`
type Node = any;

// Some 30 ms to load, and most images have no JavaScript.
const load = createRequire(import.meta.url);

/** A file without any of these says nothing. */
const WORDS = /\b(require|import|export|__dirname|readFile|readFileSync|createReadStream)\b/;

/** `file` is for its ending. What does not parse is searched for the words of imports. */
export function readImports(text: string, file: string): readonly Import[] {
  if (!WORDS.test(text)) return [];
  const program = parse(text, file);
  if (!program) return importsIn(text).map((specifier) => ({ specifier, how: guess(text) }));
  const found: Import[] = [];
  visit(program, (node) => {
    const said = importOf(node);
    if (said) found.push(said);
  });
  return found;
}

function guess(text: string): Import["how"] {
  return /^\s*(import|export)\b/m.test(text) ? "import" : "require";
}

function parse(text: string, file: string): Node | undefined {
  const { parse } = load("@babel/parser") as typeof Babel;
  const typed = /\.[cm]?tsx?$/.test(file);
  const plugins: Babel.ParserPlugin[] = typed
    ? file.endsWith("x")
      ? ["typescript", "jsx", "decorators"]
      : ["typescript", "decorators"]
    : ["jsx"];
  try {
    return parse(text, {
      sourceType: "unambiguous",
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowUndeclaredExports: true,
      errorRecovery: true,
      attachComment: false,
      plugins,
    }).program;
  } catch {
    return undefined;
  }
}

/** Without recursion: bundles nest expressions deeper than the stack is. */
function visit(program: Node, see: (node: Node) => void): void {
  const open: Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    see(node);
    for (const key in node) {
      const value = node[key];
      if (value === null || typeof value !== "object" || key === "loc") continue;
      if (Array.isArray(value)) {
        for (const item of value) if (typeof item?.type === "string") open.push(item);
      } else if (typeof value.type === "string") open.push(value);
    }
  }
}

function importOf(node: Node): Import | undefined {
  switch (node.type) {
    case "ImportDeclaration":
      return node.importKind === "type" ? undefined : literal(node.source, "import");
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
      return node.exportKind === "type" ? undefined : literal(node.source, "import");
    case "ImportExpression":
      return literal(node.source, "import");
    case "TSExternalModuleReference":
      return literal(node.expression, "require");
    case "CallExpression":
      return called(node);
    case "NewExpression":
      return node.callee.name === "URL" && isImportMeta(node.arguments[1], "url")
        ? literal(node.arguments[0], "file")
        : undefined;
    case "BinaryExpression":
      return node.operator === "+" && isFolder(node.left) ? below(literal(node.right, "file")) : undefined;
    case "TemplateLiteral":
      return isFolder(node.expressions[0]) && node.expressions.length === 1 && node.quasis[0].value.raw === ""
        ? below({ specifier: node.quasis[1].value.cooked ?? "", how: "file" })
        : undefined;
    default:
      return undefined;
  }
}

const READERS = /^(readFile|readFileSync|createReadStream)$/;

function called({ callee, arguments: words }: Node): Import | undefined {
  if (callee.type === "Import") return literal(words[0], "import");
  if (callee.name === "require") return literal(words[0], "require");
  const name = callee.property?.name ?? callee.name;
  if (name === "resolve" && callee.object?.name === "require") return literal(words[0], "require");
  if (name === "resolve" && isImportMeta(callee.object)) return literal(words[0], "import");
  if (READERS.test(name)) {
    const path = literal(words[0], "cwd");
    return path && !path.specifier.includes("://") ? path : undefined;
  }
  if ((name !== "join" && name !== "resolve") || !isFolder(words[0])) return undefined;
  const parts = words.slice(1).map((word: Node) => literal(word, "file")?.specifier);
  return parts.includes(undefined) ? undefined : { specifier: `./${parts.join("/")}`, how: "file" };
}

/** `__dirname + "/views"` */
function below(said: Import | undefined): Import | undefined {
  return said?.specifier.startsWith("/") ? { ...said, specifier: `.${said.specifier}` } : undefined;
}

function literal(node: Node, how: Import["how"]): Import | undefined {
  if (node?.type === "StringLiteral") return { specifier: node.value, how };
  if (node?.type !== "TemplateLiteral" || node.expressions.length > 0) return undefined;
  return { specifier: node.quasis[0].value.cooked ?? "", how };
}

function isFolder(node: Node): boolean {
  return node?.name === "__dirname" || isImportMeta(node, "dirname");
}

function isImportMeta(node: Node, property?: string): boolean {
  if (property === undefined) return node?.type === "MetaProperty" && node.meta.name === "import";
  return node?.type === "MemberExpression" && node.property.name === property && isImportMeta(node.object);
}
