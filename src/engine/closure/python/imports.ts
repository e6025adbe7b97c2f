/** What a Python file imports by literal names. */

export interface PythonImport {
  /** `a.b`; empty for `from . import x`. */
  readonly module: string;
  /** Dots in front. */
  readonly level: number;
  /** Of `from a import x, y`: attributes or modules. */
  readonly names: readonly string[];
}

const STRING = /[rbfu]{0,2}("""|'''|"|')/iy;

const IMPORT = /^[ \t]*import[ \t]+([\w. ,\t]+)/;
const FROM = /^[ \t]*from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]*\(?([^)]*)/;

export function readPythonImports(text: string): readonly PythonImport[] {
  return logicalLines(text).flatMap((line): PythonImport[] => {
    const [, modules] = IMPORT.exec(line) ?? [];
    if (modules !== undefined) return namesIn(modules).map((module) => ({ module, level: 0, names: [] }));
    const [, dots, module, names] = FROM.exec(line) ?? [];
    if (dots === undefined || (dots === "" && module === "")) return [];
    return [{ module: module!, level: dots.length, names: namesIn(names!) }];
  });
}

/** `a, b as c` */
function namesIn(list: string): string[] {
  return list
    .split(",")
    .map((item) => item.trim().split(/\s+/)[0]!)
    .filter((name) => /^[\w.]+$/.test(name));
}

/** Statements, one each, without strings and comments; lines inside brackets are joined. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    STRING.lastIndex = at;
    const quote = /["'rbfu]/i.test(char) && !/\w/.test(text[at - 1] ?? "") ? STRING.exec(text) : null;
    if (quote) {
      at = endOfString(text, STRING.lastIndex, quote[1]!) - 1;
      line += '""';
    } else if (char === "#") {
      const end = text.indexOf("\n", at);
      at = (end < 0 ? text.length : end) - 1;
    } else if (char === "\\" && /^\r?\n/.test(text.slice(at + 1, at + 3))) {
      at = text.indexOf("\n", at);
      line += " ";
    } else if (char === ";" || (char === "\n" && depth === 0)) {
      lines.push(line);
      line = "";
    } else {
      if ("([{".includes(char)) depth++;
      if (")]}".includes(char)) depth = Math.max(0, depth - 1);
      line += char === "\n" ? " " : char;
    }
  }
  return [...lines, line];
}

function endOfString(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text.startsWith(quote, at)) return at + quote.length;
    // A string that is not closed ends with its line.
    else if (text[at] === "\n" && quote.length === 1) return at;
  }
  return text.length;
}
