/** `refit explain` on a terminal: a table of steps before and after, and what each edit runs again. */
import pc from "picocolors";
import { changeOf, count, secondsOf } from "./amounts.ts";
import type { Colours } from "./colours.ts";
import {
  EDIT_KINDS,
  type EditKind,
  type Explained,
  type ExplainedRow,
  type ExplainedStage,
  type Explanation,
  type Total,
} from "./explanation.ts";

export interface ExplainStyle {
  readonly colour: boolean;
  /** Columns that a line may take. */
  readonly width: number;
}

/** Below this many columns nothing is readable any more. */
const narrowest = 60;

export function explanationText(explanation: Explanation, { colour, width }: ExplainStyle): string {
  const colours = pc.createColors(colour);
  const { path, target, before, after } = explanation;
  const name = target === undefined ? path : `${path}, target ${target}`;
  const table = new Table(explanation, Math.max(width, narrowest), colours);
  const lines = [
    colours.bold(name),
    "",
    ...editLines(explanation, width),
    "",
    ...table.lines("as it is", before),
    "",
    ...(after ? [...table.lines("with refit", after), ""] : []),
    ...totalLines(explanation, colours),
    ...(after ? [] : ["", "  refit changes nothing in this file"]),
    "",
    colours.dim(legend(explanation)),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function editLines(explanation: Explanation, width: number): string[] {
  const { source, manifest, line } = explanation;
  const told = (what: Explanation["source"]) => {
    if (!what) return "none is copied";
    return what.isMadeUp ? `${what.path} (made up: the build context shows no such file)` : what.path;
  };
  const edited = line && (line.text ?? "a comment or an empty line");
  const rows = [
    ["source", told(source)],
    ["manifest", told(manifest)],
    [line ? `line ${line.line}` : "line", edited ?? "no RUN"],
  ] as const;
  return ["  edits", ...rows.map(([label, text]) => shortened(`    ${label.padEnd(10)}${text}`, width))];
}

const MARKS = { runs: "●", unsure: "○", cached: "·" } as const;

function legend({ measured, before, after }: Explanation): string {
  const marks = `  ${MARKS.runs} runs again, ${MARKS.unsure} perhaps, ${MARKS.cached} comes from the cache`;
  if (!measured) return marks;
  const rows = [before, after].flatMap((side) => side?.stages.flatMap(({ steps }) => steps) ?? []);
  return rows.every(({ weight }) => weight.measured) ? marks : `${marks}; ? was not measured, and is guessed`;
}

/** Lays out both tables alike. */
class Table {
  readonly #explanation: Explanation;
  readonly #colours: Colours;
  readonly #kinds: readonly EditKind[];
  /** Of line numbers, of steps, of causes (0 for none), and of weights. */
  readonly #widths: readonly [number, number, number, number];

  constructor(explanation: Explanation, width: number, colours: Colours) {
    this.#explanation = explanation;
    this.#colours = colours;
    this.#kinds = EDIT_KINDS.filter((kind) => explanation[kind] !== undefined);
    const rows = [explanation.before, explanation.after].flatMap(
      (side) => side?.stages.flatMap(({ steps }) => steps) ?? [],
    );
    const widest = (texts: readonly string[], least: number) => Math.max(least, ...texts.map(({ length }) => length));
    const numbers = widest(
      rows.map(({ line }) => `${line}`),
      4,
    );
    const weights = widest(
      rows.map((row) => weightText(row, explanation.measured)),
      6,
    );
    const fixed =
      2 + numbers + 2 + weights + 2 + this.#kinds.reduce((sum, kind) => sum + this.#title(kind).length + 2, 0);
    const free = width - fixed - 1;
    const causes =
      free < 40 ? 0 : Math.min(widest(rows.map(causesText), "runs again after".length), Math.floor(free * 0.4));
    const steps = Math.min(
      widest(
        rows.map(({ text }) => text),
        20,
      ),
      free - (causes > 0 ? causes + 2 : 0),
    );
    this.#widths = [numbers, steps, causes, weights];
  }

  lines(title: string, { stages }: Explained): string[] {
    const { bold, dim } = this.#colours;
    const head = this.#row("line", "step", "runs again after", "weight", (kind) => this.#title(kind));
    return [`  ${bold(title)}`, dim(head), ...stages.flatMap((stage) => this.#stageLines(stage))];
  }

  #title(kind: EditKind): string {
    return kind === "line" ? `line ${this.#explanation.line?.line}` : kind;
  }

  #stageLines({ from, line, buildArgs, steps }: ExplainedStage): string[] {
    const { cyan } = this.#colours;
    const causes = buildArgs.map((name) => `--build-arg ${name}`).join(", ");
    return [cyan(this.#row(`${line}`, from, causes, "", () => "")), ...steps.map((step) => this.#stepLine(step))];
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
    return `${step.weight.heavy ? start.replace(weight, (text) => bold(text)) : start}${paint(marks)}`;
  }

  #row(line: string, step: string, causes: string, weight: string, mark: (kind: EditKind) => string): string {
    return this.#parts(line, step, causes, weight, mark).join("");
  }

  #parts(line: string, step: string, causes: string, weight: string, mark: (kind: EditKind) => string) {
    const [numbers, steps, why, weights] = this.#widths;
    const cells = [line.padStart(numbers), shortened(step, steps).padEnd(steps)];
    if (why > 0) cells.push(shortened(causes, why).padEnd(why));
    const marks = this.#kinds.map((kind) => `  ${mark(kind).padStart(this.#title(kind).length)}`);
    return [`  ${[...cells, weight.padStart(weights)].join("  ")}`, marks.join("")] as const;
  }
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
    ...buildArgs.map((name) => `--build-arg ${name}`),
    ...stages.map((name) => `stage ${name}`),
    ...(above === undefined ? [] : [`line ${above}`]),
  ].join(", ");
}

function totalLines({ before, after, measured, ...edits }: Explanation, { bold, green }: Colours): string[] {
  const kinds = EDIT_KINDS.filter((kind) => edits[kind] !== undefined);
  const titles = kinds.map((kind) => (kind === "line" ? `line ${edits.line?.line}` : `a ${kind}`));
  const totals = ({ totals: sums }: Explained) => kinds.map((kind) => totalText(sums[kind], measured));
  const gains = kinds.map((kind) => {
    const [one, other] = [before.totals[kind], after?.totals[kind]];
    return one && other ? changeOf(one.weight, other.weight) : "";
  });
  const columns = [titles, totals(before), ...(after ? [totals(after)] : []), gains];
  const widths = kinds.map((_, at) => Math.max(...columns.map((column) => column[at]?.length ?? 0)));
  const line = (label: string, cells: readonly string[]) =>
    `  ${label.padEnd(12)}${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}`;
  return [
    bold(`  after an edit of`),
    bold(line("", titles)),
    line("as it is", totals(before)),
    ...(after ? [line("with refit", totals(after))] : []),
    ...(gains.some((gain) => gain !== "") ? [green(line("", gains))] : []),
  ];
}

function totalText(total: Total | undefined, measured: boolean): string {
  if (!total) return "–";
  const { runs, unsure, heavy, weight } = total;
  const steps = unsure > 0 ? `${runs} to ${runs + unsure} steps` : count(runs, "step");
  return `${steps}, ${measured ? secondsOf(weight) : `${heavy} heavy`}`;
}

function shortened(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
