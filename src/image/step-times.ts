import type { Instruction } from "../dockerfile/index.ts";
import type { Step } from "./types.ts";

/** How long a step took when it really ran. */
export interface StepTime {
  /** As BuildKit names it: `RUN npm ci`, lines joined, variables expanded. */
  readonly instruction: string;
  readonly seconds: number;
}

/** Step times of builds, found again by the text of the steps, in whatever file or stage they stand. */
export class StepTimes {
  readonly #seconds = new Map<string, number>();

  /** Of a step that is there more than once the last counts. */
  constructor(times: Iterable<StepTime>) {
    for (const { instruction, seconds } of times) this.#seconds.set(comparable(instruction), seconds);
  }

  /** Undefined for a step that was not measured. */
  secondsOf({ instruction, before }: Pick<Step, "instruction"> & Partial<Pick<Step, "before">>): number | undefined {
    const written = comparable(printedText(instruction));
    const exact = this.#seconds.get(written);
    // It makes a folder, which even a build without cache takes from the cache.
    if (instruction.keyword === "WORKDIR") return exact ?? 0;
    return exact ?? this.#expanded(written, before?.env ?? new Map()) ?? this.#joined(written);
  }

  #expanded(written: string, env: ReadonlyMap<string, string | undefined>): number | undefined {
    if (!written.includes("$")) return undefined;
    const pieces = piecesOf(written, env);
    const found = [...this.#seconds].filter(([text]) => isMadeOf(pieces, text));
    return found.length === 1 ? found[0]?.[1] : undefined;
  }

  /** Of RUNs that were measured one by one, and that `merge-runs` has made one of. */
  #joined(written: string): number | undefined {
    const [, start = "", script] = /^(RUN (?:--\S+ )*)(.*)$/.exec(written) ?? [];
    const parts = script?.split(/ && (?:hash -r && )?/) ?? [];
    if (parts.length < 2 || parts.length > MOST_PARTS) return undefined;
    let sum = 0;
    for (let from = 0, to = 0; from < parts.length; from = to) {
      let seconds: number | undefined;
      for (to = parts.length; to > from && seconds === undefined; to--)
        seconds = this.#seconds.get(start + withoutBrackets(parts.slice(from, to).join(" && ")));
      if (seconds === undefined) return undefined;
      sum += seconds;
      to++;
    }
    return sum;
  }
}

/** What is looked for grows with the square. */
const MOST_PARTS = 200;

/** `( cd src && make )` and `{ make || true; }` without what was put around it to join it. */
function withoutBrackets(text: string): string {
  return text.replace(/^(?:\( ?(.*?) ?\)|\{ (.*?);? \})$/, "$1$2");
}

/** As BuildKit prints it, but for variables: `RUN <<EOF (first line...)`. dockerfile2llb/convert.go, dispatchRun, summarizeHeredoc. */
export function printedText({ keyword, flags, args, heredocs }: Instruction): string {
  const line = [keyword, ...flags.map(({ text }) => text.text), args.text].join(" ");
  const [only, ...more] = heredocs;
  if (keyword !== "RUN" || !only || more.length > 0 || !/^<<\S+$/.test(args.text.trim())) return line;
  const [first = "", ...others] = only.content.trim().split(/\r?\n/);
  return `${line} (${first}${others.length > 0 ? "..." : ""})`;
}

/** BuildKit takes escape characters away, and blanks are as the parser left them. */
function comparable(text: string): string {
  return text.replace(/[\\`]/g, "").replace(/\s+/g, " ").trim();
}

/** Texts one of which stands there; undefined for any text. */
type Piece = readonly string[] | undefined;

/** What a text with variables may be printed as: those of the base image have any value, and those in single quotes stay. */
function piecesOf(text: string, env: ReadonlyMap<string, string | undefined>): readonly Piece[] {
  return text.split(/(\$\w+|\$\{[^}]*\})/).map((part, index): Piece => {
    if (index % 2 === 0) return [part];
    const value = env.get(part.replace(/^\$\{?|\}$/g, ""));
    return value === undefined ? undefined : [comparable(value), part];
  });
}

/** A regular expression would take a power of the text's length where many pieces are any text. */
function isMadeOf(pieces: readonly Piece[], text: string): boolean {
  let ends = new Set([0]);
  for (const piece of pieces) {
    const starts = ends;
    ends = new Set();
    if (piece === undefined) {
      for (let end = Math.min(...starts); end <= text.length; end++) ends.add(end);
      continue;
    }
    for (const start of starts)
      for (const each of piece) if (text.startsWith(each, start)) ends.add(start + each.length);
    if (ends.size === 0) return false;
  }
  return ends.has(text.length);
}
