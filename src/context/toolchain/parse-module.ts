/** Modules in JavaScript or TypeScript as trees, by recast. */
import { createRequire } from "node:module";
import type * as Recast from "recast";

// biome-ignore lint/suspicious/noExplicitAny: nodes of an ESTree of many dialects; each read is checked by its `type`
export type Node = any;

interface Parser {
  parse(source: string): Node;
}

// recast and its parser cost some 80 ms to load, and most runs never read such a file.
const load = createRequire(import.meta.url);

/** Undefined for a text that is no module that Babel or TypeScript accept. */
export function programOf(source: string): Node | undefined {
  const recast = load("recast") as typeof Recast;
  return parsed((parser) => recast.parse(source, { parser }).program);
}

/** The same with offsets in the text as it is; recast counts in one that it lays out anew, without tabs and carriage returns. */
export function programAsWritten(source: string): Node | undefined {
  return parsed((parser) => parser.parse(source).program);
}

function parsed(read: (parser: Parser) => Node): Node | undefined {
  // `<string>name` is JSX to the first and a cast to the second.
  for (const parser of ["recast/parsers/babel-ts", "recast/parsers/typescript"]) {
    try {
      return read(load(parser));
    } catch {
      // The next parser, if there is one.
    }
  }
  return undefined;
}
