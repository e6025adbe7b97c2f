/** `--format text` and `--format diff`: the diff on standard output, what there is to say on standard error. */
import pc from "picocolors";
import type { Outcome } from "../pipeline/types.ts";
import type { Position } from "../text/index.ts";
import { unifiedDiff } from "../text/index.ts";
import type { FileReport, PlacedProblem, Reporter, Totals, Verbosity } from "./types.ts";

export interface TextStyle {
  readonly verbosity: Verbosity;
  readonly colour: { readonly out: boolean; readonly err: boolean };
  /** What happens to a changed file: for the last line. */
  readonly written: boolean;
}

export function textReporter({ verbosity, colour, written }: TextStyle): Reporter {
  const err = pc.createColors(colour.err);

  function outcomeLine(path: string, outcome: Outcome): string {
    const place = err.dim(where(path, outcome.at));
    const because = outcome.because ? ` (line ${outcome.because.line})` : "";
    const code = verbosity === "verbose" ? ` [${outcome.code}, pass ${outcome.pass}]` : "";
    return `${place}: ${verb(outcome)}: ${outcome.message}${because}${code}\n`;
  }

  function verb({ kind, transform }: Outcome): string {
    switch (kind) {
      case "applied":
        return err.green(transform);
      case "declined":
        return `${transform} ${err.yellow("left this alone")}`;
      case "deferred":
        return `${transform} ${err.yellow("waits")}`;
      case "broken":
        return `${transform} ${err.red("was dropped, a bug of refit")}`;
    }
  }

  /** BuildKit stops at the first error; those behind it are often its echo. */
  function problemLines({ path, problems }: FileReport): string {
    const shown = verbosity === "verbose" ? problems : problems.slice(0, 1);
    const more = problems.length - shown.length;
    return shown
      .filter(({ code }) => verbosity !== "quiet" || isError(code))
      .map(({ code, message, at }) => {
        const what = isError(code) ? err.red("error") : err.yellow("skipped");
        return `${where(path, at)}: ${what}: ${message}${more > 0 ? ` (and ${more} more)` : ""}\n`;
      })
      .join("");
  }

  function notes(report: FileReport): string {
    const { path, problems, outcomes, settled, before, after } = report;
    const unsettled = settled ? "" : `${path}: ${err.red("the passes did not come to rest, a bug of refit")}\n`;
    const loud = problemLines(report) + unsettled;
    if (verbosity === "quiet") return loud;
    const told = inOrder(outcomes).map((outcome) => outcomeLine(path, outcome));
    const idle = verbosity === "verbose" && before === after && problems.length === 0 ? `${path}: no change\n` : "";
    return loud + told.join("") + idle;
  }

  return {
    begin: () => ({}),
    file(report) {
      const diff = unifiedDiff(report.path, report.before, report.after);
      return { out: colour.out ? paint(diff) : diff, err: notes(report) };
    },
    end: (totals) => (verbosity === "quiet" ? {} : { err: summary(totals, written) }),
  };
}

/** The diff alone; problems are still told. */
export function diffReporter(style: Omit<TextStyle, "verbosity">): Reporter {
  return textReporter({ ...style, verbosity: "quiet" });
}

/** The others say that refit stays away from a file in which nothing is wrong. */
function isError(code: PlacedProblem["code"]): boolean {
  return code === "syntax" || code === "unreadable";
}

function where(path: string, at: Position | undefined): string {
  return at ? `${path}:${at.line}:${at.column}` : path;
}

/** Rewrites before what was left alone, each from top to bottom. */
function inOrder(outcomes: readonly Outcome[]): readonly Outcome[] {
  const late = ({ kind }: Outcome) => (kind === "applied" ? 0 : 1);
  return [...outcomes].sort((a, b) => late(a) - late(b) || a.at.line - b.at.line || a.at.column - b.at.column);
}

function paint(diff: string): string {
  const { bold, cyan, green, red } = pc.createColors(true);
  const colourOf = (line: string): ((text: string) => string) | undefined => {
    if (/^(diff |--- |\+\+\+ )/.test(line)) return bold;
    if (line.startsWith("@@")) return cyan;
    if (line.startsWith("+")) return green;
    return line.startsWith("-") ? red : undefined;
  };
  return diff
    .split("\n")
    .map((line) => colourOf(line)?.(line) ?? line)
    .join("\n");
}

function summary({ files, changed, applied, declined, problems }: Totals, written: boolean): string {
  const parts = [
    `${changed} ${written ? "rewritten" : "would change"}`,
    `${count(applied, "rewrite")}`,
    `${count(declined, "place")} left alone`,
  ];
  if (problems > 0) parts.push(`${problems} not touched because of a problem`);
  return `${count(files, "file")}: ${parts.join(", ")}\n`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
