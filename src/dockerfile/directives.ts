import type { Span } from "../text/index.ts";
import { trimmedEnd } from "./go-text.ts";
import { parseReference } from "./reference.ts";
import type { Directive, EscapeCharacter, Problem } from "./types.ts";

const names: ReadonlySet<string> = new Set(["syntax", "escape", "check"]);

/**
 * Reads `# name=value` lines in the head of a file, until the first line that is none (a blank one included).
 * BuildKit, frontend/dockerfile/parser/directives.go.
 */
export class Directives {
  readonly found: Directive[] = [];
  readonly problems: Problem[] = [];
  escape: EscapeCharacter = "\\";
  #done = false;

  /** Whether the line `[start, end)`, without leading spaces and line end, is a directive. */
  read(source: string, start: number, end: number): boolean {
    if (this.#done) return false;
    const directive = parse(source, start, end);
    if (!directive) {
      this.#done = true;
      return false;
    }
    if (this.#has(directive.name)) {
      this.#refuse(`only one ${directive.name} directive is allowed`, directive.span);
    } else if (directive.name === "escape") {
      this.#setEscape(directive);
    } else if (directive.name === "syntax") {
      this.#checkSyntax(directive);
    }
    this.found.push(directive);
    return true;
  }

  #setEscape({ value, valueSpan, span }: Directive): void {
    if (value !== "\\" && value !== "`") {
      this.#refuse(`invalid escape character ${JSON.stringify(value)}: it must be \\ or \``, valueSpan);
      return;
    }
    this.escape = value;
    if (value === "`" && this.#has("check")) {
      // Before 0.15 BuildKit took `# check` for a plain comment, which ends the directives.
      const message = "the escape directive behind a check directive counts in newer versions of BuildKit only";
      this.problems.push({ code: "drift", message, span });
    }
  }

  /** A frontend may read the file as it pleases; only Docker's own, and mirrors of it, are known. */
  #checkSyntax({ value, valueSpan }: Directive): void {
    const [frontend = ""] = value.split(" ");
    if (/(^|\/)dockerfile(-upstream)?$/.test(parseReference(frontend)?.name ?? frontend)) return;
    const message = `the frontend ${JSON.stringify(frontend)} reads this file, which refit does not know`;
    this.problems.push({ code: "drift", message, span: valueSpan });
  }

  #has(name: string): boolean {
    return this.found.some((directive) => directive.name === name);
  }

  #refuse(message: string, span: Span): void {
    this.problems.push({ code: "syntax", message, span });
  }
}

const pattern = /^#[\t\n\f\r ]*([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*/;

function parse(source: string, start: number, end: number): Directive | undefined {
  const line = source.slice(start, end);
  const match = pattern.exec(line);
  const name = match?.[1]?.toLowerCase() ?? "";
  if (!match || !names.has(name) || line.endsWith("=")) return undefined;
  // Go's expression wants one character at least, and takes a blank where there is nothing else.
  const from = Math.min(match[0].length, line.length - 1);
  const to = Math.max(trimmedEnd(line, from), from + 1);
  const valueSpan = { start: start + from, end: start + to };
  return { name, value: line.slice(from, to), span: { start, end: valueSpan.end }, valueSpan };
}
