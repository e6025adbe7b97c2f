/** Lines of requirements files, as pip takes them apart (_internal/req/req_file.py). */

/** Where Python's `str.splitlines` ends a line. */
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** Encodings in which ASCII characters, and so all that matters here, are what they are in UTF-8. */
const LIKE_ASCII = /^(utf[-_]?8|(us-)?ascii|latin[-_]?\d*|iso[-_]?8859[-_]\d+|cp125\d|windows-125\d)$/i;

/** Lines with continuations joined and comments gone; undefined for a file in an encoding that is unlike ASCII. */
export function linesOf(text: string): string[] | undefined {
  const coding = text
    .split("\n", 2)
    .map((line) => /^#.*?coding[:=]\s*([-\w.]+)/.exec(line)?.[1])
    .find((name) => name !== undefined);
  if (text.includes("\0") || (coding !== undefined && !LIKE_ASCII.test(coding))) return undefined;
  return joined(text.replace(/^\uFEFF/, "").split(LINE_END))
    .map((line) => line.replace(/(^|\s+)#.*$/, "").trim())
    .filter((line) => line !== "");
}

/** A comment ends a continuation. */
function joined(lines: readonly string[]): string[] {
  const whole: string[] = [];
  let begun: string | undefined;
  for (const line of lines) {
    const isComment = /^\s*#/.test(line);
    if (line.endsWith("\\") && !isComment) {
      begun = (begun ?? "") + line.replace(/^\\+|\\+$/g, "");
      continue;
    }
    whole.push((begun ?? "") + (isComment ? ` ${line}` : line));
    begun = undefined;
  }
  return begun === undefined ? whole : [...whole, begun];
}

/** A line up to its first option, and the rest. */
export function splitLine(line: string): { readonly requirement: string; readonly options: string } {
  const words = line.split(" ");
  const first = words.findIndex((word) => word.startsWith("-"));
  if (first < 0) return { requirement: line, options: "" };
  return { requirement: words.slice(0, first).join(" "), options: words.slice(first).join(" ") };
}

export interface Option {
  readonly name: string;
  readonly value: string | undefined;
}

/** Options that stand alone. */
const FLAGS = ["--no-index", "--pre", "--prefer-binary", "--require-hashes"];

/** Options in order; undefined where a quote is left open. */
export function optionsOf(text: string): Option[] | undefined {
  const words = shellWords(text);
  if (words === undefined) return undefined;
  const options: Option[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const [, long, inline] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
    const [, short, attached] = /^(-[^-])(.+)$/s.exec(word) ?? [];
    if (long !== undefined) options.push({ name: long, value: inline });
    else if (short !== undefined) options.push({ name: short, value: attached });
    else if (FLAGS.includes(word) || !word.startsWith("-")) options.push({ name: word, value: undefined });
    else options.push({ name: word, value: words[++at] });
  }
  return options;
}

/** As Python's `shlex.split`. */
function shellWords(text: string): string[] | undefined {
  const words: string[] = [];
  const pattern = /\s*((?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+)|\s+$/gsy;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (!found) return undefined;
    if (found[1] !== undefined)
      words.push(
        found[1].replace(
          /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/gs,
          (_, escaped, single, double) => escaped ?? single ?? double.replace(/\\(["\\])/g, "$1"),
        ),
      );
  }
  return words;
}
