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
    const written = comparable(textOf(instruction));
    const exact = this.#seconds.get(written);
    if (exact !== undefined || !written.includes("$")) return exact;
    const pattern = expanded(written, before?.env ?? new Map());
    const found = [...this.#seconds].filter(([text]) => pattern.test(text));
    return found.length === 1 ? found[0]?.[1] : undefined;
  }
}

/** As BuildKit prints it, but for variables: `RUN <<EOF (first line...)`. dockerfile2llb/convert.go, dispatchRun, summarizeHeredoc. */
function textOf({ keyword, flags, args, heredocs }: Instruction): string {
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

/** What a text with variables may be printed as: those of the base image have any value, and those in single quotes stay. */
function expanded(text: string, env: ReadonlyMap<string, string | undefined>): RegExp {
  const source = text.split(/(\$\w+|\$\{[^}]*\})/).map((part, index) => {
    if (index % 2 === 0) return escaped(part);
    const value = env.get(part.replace(/^\$\{?|\}$/g, ""));
    return value === undefined ? ".*" : `(?:${escaped(comparable(value))}|${escaped(part)})`;
  });
  return new RegExp(`^${source.join("")}$`, "s");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
