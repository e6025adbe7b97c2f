/** The table of `refit explain`: each step, what makes it run again, what it weighs, and what each edit makes of it. */
import { secondsOf } from "./amounts.ts";
import type { Colours } from "./colours.ts";
import {
  EDIT_KINDS,
  type EditKind,
  type Explained,
  type ExplainedRow,
  type ExplainedStage,
  type Explanation,
} from "./explanation.ts";

const MARKS = { runs: "●", unsure: "○", cached: "·" } as const;

/** Columns for a step and its causes side by side; with fewer, the causes have lines of their own. */
const ROOMY = 56;

const CAUSES = "runs again after";

export function legend(explanation: Explanation): readonly string[] {
  const marks = `${MARKS.runs} runs again, ${MARKS.unsure} perhaps, ${MARKS.cached} comes from the cache`;
  const isGuessed = explanation.measured && rowsOf(explanation).some(({ weight }) => !weight.measured);
  return [marks, ...(isGuessed ? ["? was not measured, and counts as a guess"] : [])];
}

/** Lays out both tables alike. */
export class Table {
  readonly #explanation: Explanation;
  readonly #colours: Colours;
  readonly #kinds: readonly EditKind[];
  readonly #width: number;
  /** Of line numbers, of steps, of causes (0 for none), and of weights. */
  readonly #widths: readonly [number, number, number, number];

  /** `width` is that of the terminal, in columns. */
  constructor(explanation: Explanation, width: number, colours: Colours) {
    this.#explanation = explanation;
    this.#colours = colours;
    this.#width = width;
    this.#kinds = EDIT_KINDS.filter((kind) => explanation[kind] !== undefined);
    const rows = rowsOf(explanation);
    const widest = (least: number, texts: readonly string[]) =>
      texts.reduce((most, { length }) => Math.max(most, length), least);
    const numbers = widest(
      "line".length,
      rows.map(({ line }) => `${line}`),
    );
    const weights = widest(
      "weight".length,
      rows.map((row) => weightText(row, explanation.measured)),
    );
    const marks = this.#kinds.reduce((sum, kind) => sum + this.#title(kind).length + 2, 0);
    const free = width - (2 + numbers + 2 + weights + 2 + marks) - 1;
    const reasons = widest(CAUSES.length, rows.map(causesText));
    const causes = free < ROOMY ? 0 : Math.min(reasons, Math.floor(free * 0.45));
    const steps = widest(
      20,
      rows.map(({ text }) => text),
    );
    this.#widths = [numbers, Math.min(steps, free - (causes > 0 ? causes + 2 : 0)), causes, weights];
  }

  lines(title: string, { stages }: Explained): string[] {
    const { bold, dim } = this.#colours;
    const head = this.#row("line", "step", CAUSES, "weight", (kind) => this.#title(kind));
    return [
      `  ${bold(title)}`,
      dim(head),
      ...this.#causeLines(CAUSES),
      ...stages.flatMap((stage) => this.#stageLines(stage)),
    ];
  }

  #title(kind: EditKind): string {
    return kind === "line" ? `line ${this.#explanation.line?.line}` : kind;
  }

  #stageLines({ from, line, buildArgs, steps }: ExplainedStage): string[] {
    const { cyan } = this.#colours;
    const [numbers, , column] = this.#widths;
    const causes = argumentTexts(buildArgs).join(", ");
    const beside = column > 0 && causes !== "" ? `  ↳ ${causes}` : "";
    return [
      cyan(shortened(`  ${`${line}`.padStart(numbers)}  ${from}${beside}`, this.#width)),
      ...this.#causeLines(causes),
      ...steps.flatMap((step) => [this.#stepLine(step), ...this.#causeLines(causesText(step))]),
    ];
  }

  #stepLine(step: ExplainedRow): string {
    const { red, yellow, dim, bold } = this.#colours;
    const weight = weightText(step, this.#explanation.measured);
    const again = step.weight.heavy ? red : yellow;
    const mark = (kind: EditKind) => {
      const rerun = step.rerun[kind];
      return rerun === undefined ? "" : MARKS[rerun];
    };
    const paint = (text: string) =>
      text.replaceAll(/[●○]/g, (each) => again(each)).replaceAll("·", (each) => dim(each));
    const [start, marks] = this.#parts(`${step.line}`, step.text, causesText(step), weight, mark);
    const end = step.weight.heavy ? start.length - weight.length : start.length;
    return `${start.slice(0, end)}${end < start.length ? bold(weight) : ""}${paint(marks)}`;
  }

  /** Where there is no column for them. */
  #causeLines(causes: string): string[] {
    const [numbers, , column] = this.#widths;
    if (column > 0 || causes === "") return [];
    return [this.#colours.dim(shortened(`${" ".repeat(numbers + 4)}  ↳ ${causes}`, this.#width))];
  }

  #row(line: string, step: string, causes: string, weight: string, mark: (kind: EditKind) => string): string {
    return this.#parts(line, step, causes, weight, mark).join("").trimEnd();
  }

  #parts(line: string, step: string, causes: string, weight: string, mark: (kind: EditKind) => string) {
    const [numbers, steps, why, weights] = this.#widths;
    const cells = [line.padStart(numbers), shortened(step, steps).padEnd(steps)];
    if (why > 0) cells.push(shortened(causes, why).padEnd(why));
    const marks = this.#kinds.map((kind) => `  ${mark(kind).padStart(this.#title(kind).length)}`);
    return [`  ${[...cells, weight.padStart(weights)].join("  ")}`, marks.join("")] as const;
  }
}

function rowsOf({ before, after }: Explanation): readonly ExplainedRow[] {
  return [before, after].flatMap((side) => side?.stages.flatMap(({ steps }) => steps) ?? []);
}

function weightText({ weight }: ExplainedRow, measured: boolean): string {
  if (measured) return weight.measured ? secondsOf(weight.amount) : "?";
  return weight.heavy ? "heavy" : "";
}

function causesText({ causes, above }: ExplainedRow): string {
  const { files, remote, buildArgs, stages } = causes;
  return [
    ...files,
    ...remote,
    ...argumentTexts(buildArgs),
    ...stages.map((name) => `stage ${name}`),
    ...(above === undefined ? [] : [`line ${above}`]),
  ].join(", ");
}

/** BuildKit gives these by itself: docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope. */
const OF_PLATFORM = /^(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT)$/;

function argumentTexts(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => (OF_PLATFORM.test(name) ? "--platform" : `ARG ${name}`)))];
}

export function shortened(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
