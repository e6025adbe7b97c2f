/** What a Python file imports by literal names. */

export interface PythonImport {
  /** `a.b`; empty for `from . import x`. */
  readonly module: string;
  /** Dots in front. */
  readonly level: number;
  /** Of `from a import x, y`: attributes or modules. */
  readonly names: readonly string[];
}

/** Behind a colon as well: `if x: import y`. */
const IMPORT = /(?:^|:)[ \t]*import[ \t]+([\w. ,\t]+)/;
const FROM = /(?:^|:)[ \t]*from[ \t]*(\.*)[ \t]*([\w.]*)[ \t]*\bimport\b[ \t]*\(?([^)]*)/;

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

/** What ends a statement, or hides what would. */
const MARK = /"""|'''|["'#\\()[\]{};\n]/g;

/** Statements, one each, without strings and comments; lines inside brackets are joined. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let depth = 0;
  let at = 0;
  MARK.lastIndex = 0;
  for (let found = MARK.exec(text); found; found = MARK.exec(text)) {
    const [mark] = found;
    line += text.slice(at, found.index);
    at = MARK.lastIndex;
    if (/["']/.test(mark)) {
      at = endOfString(text, at, mark);
      line += '""';
    } else if (mark === "#") at = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
    else if (mark === "\\") {
      // The line goes on behind its end.
      line += " ";
      at = /^\r?\n/.test(text.slice(at, at + 2)) ? text.indexOf("\n", at) + 1 : at;
    } else if (mark === ";" || (mark === "\n" && depth === 0)) {
      lines.push(line);
      line = "";
    } else {
      if ("([{".includes(mark)) depth++;
      if (")]}".includes(mark)) depth = Math.max(0, depth - 1);
      line += mark === "\n" ? " " : mark;
    }
    MARK.lastIndex = at;
  }
  return [...lines, line + text.slice(at)];
}

/** A string that is not closed ends with its line, or with the file. */
function endOfString(text: string, start: number, quote: string): number {
  const end = quote.length === 1 ? new RegExp(`\\\\[^]|${quote}|\n`, "g") : new RegExp(`\\\\[^]|${quote}`, "g");
  end.lastIndex = start;
  for (let found = end.exec(text); found; found = end.exec(text)) {
    if (found[0] === "\n") return found.index;
    if (found[0] === quote) return end.lastIndex;
  }
  return text.length;
}
