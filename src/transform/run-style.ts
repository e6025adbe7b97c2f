/** How a file writes its long RUNs. */
import type { Dockerfile, Instruction } from "../dockerfile/index.ts";
import type { Join } from "../shell/index.ts";
import { sliceOf } from "../text/index.ts";

export interface Style {
  /** `&& ` begins a line, instead of ending the one before. */
  readonly leading: boolean;
  readonly indent: string;
}

interface Shown {
  /** Where a line begins a command. */
  readonly style: Partial<Style>;
  /** Of the first line that goes on with a command's words. */
  readonly words: string | undefined;
}

const files = new WeakMap<Dockerfile, Shown>();

/** More than that aligns words with those above them. */
const DEEPEST = 8;

/** The style of the first of `runs` that shows one, else that of the file's other RUNs, else four spaces and ` && \`. */
export function styleOf(dockerfile: Dockerfile, runs: readonly Instruction[]): Style {
  let file = files.get(dockerfile);
  if (!file) {
    file = shownIn(dockerfile, dockerfile.instructions);
    files.set(dockerfile, file);
  }
  const own = shownIn(dockerfile, runs);
  const style = own.style.leading === undefined && own.style.indent === undefined ? file.style : own.style;
  return { leading: file.style.leading ?? false, indent: own.words ?? file.words ?? "    ", ...style };
}

/** Between two commands: what ends the line of the first, and what begins that of the second behind its indentation. */
export function lineBreak(
  { escape: continuation, eol }: Dockerfile,
  { leading }: Style,
  separator: Join["separator"],
): { readonly end: string; readonly start: string } {
  const operator = separator === ";" ? ";" : leading ? "" : " &&";
  return { end: `${operator} ${continuation}${eol}`, start: separator === "&&" && leading ? "&& " : "" };
}

function shownIn(dockerfile: Dockerfile, instructions: readonly Instruction[]): Shown {
  const texts = instructions
    .filter(({ keyword, heredocs }) => keyword === "RUN" && heredocs.length === 0)
    .map(({ span }) => sliceOf(dockerfile.source, span))
    .filter((text) => text.includes("\n"));
  return { style: styleIn(texts, dockerfile.escape), words: wordsIn(texts) };
}

function styleIn(texts: readonly string[], escapeCharacter: string): Partial<Style> {
  const continuation = escapeCharacter === "\\" ? "\\\\" : "`";
  const leading = /\n([ \t]+)&&(?=\s)/;
  const trailing = new RegExp(
    `&&[ \\t]*${continuation}[ \\t]*\\r?\\n(?:[ \\t]*#.*\\n|[ \\t]*\\r?\\n)*([ \\t]+)(?=\\S)`,
  );
  const statement = new RegExp(
    `;[ \\t]*${continuation}[ \\t]*\\r?\\n(?:[ \\t]*#.*\\n|[ \\t]*\\r?\\n)*([ \\t]+)(?=\\S)`,
  );
  for (const text of texts) {
    const ahead = leading.exec(text);
    const behind = trailing.exec(text);
    const first = ahead && (!behind || ahead.index < behind.index) ? ahead : behind;
    if (first?.[1] !== undefined) return { leading: first === ahead, indent: first[1] };
  }
  const indent = texts.flatMap((text) => statement.exec(text)?.[1] ?? [])[0];
  return indent === undefined ? {} : { indent };
}

/** The indentation of lines inside of quotes is a part of the text. */
function wordsIn(texts: readonly string[]): string | undefined {
  const isQuoted = (before: string) => before.split('"').length % 2 === 0 || before.split("'").length % 2 === 0;
  for (const text of texts) {
    const found = /\n([ \t]+)(?=[^\s#])/.exec(text);
    const indent = found?.[1];
    if (indent !== undefined && indent.length <= DEEPEST && !isQuoted(text.slice(0, found?.index))) return indent;
  }
  return undefined;
}
