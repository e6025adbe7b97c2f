/** `--format text` and `--format diff`: the diff on standard output, what there is to say on standard error. */
import pc from "picocolors";
import type { LeaveOut, Outcome } from "../pipeline/types.ts";
import { unifiedDiff } from "../text/index.ts";
import { count } from "./amounts.ts";
import { paint } from "./colours.ts";
import { problemLines, where } from "./problem-lines.ts";
import { proofText } from "./proof-text.ts";
import type { FileReport, Reporter, Totals, Verbosity } from "./types.ts";

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

  function leftOutLine(path: string, { transform, at, why }: LeaveOut): string {
    return `${err.dim(where(path, at))}: ${transform} ${err.yellow("was left out")}: ${why}\n`;
  }

  function notes(report: FileReport): string {
    const { path, problems, outcomes, settled, before, after } = report;
    const unsettled = settled ? "" : `${path}: ${err.red("the passes did not come to rest, a bug of refit")}\n`;
    const loud = problemLines(report, verbosity, err) + unsettled;
    const left = (report.leftOut ?? []).map((leaveOut) => leftOutLine(path, leaveOut)).join("");
    if (verbosity === "quiet") return loud + left;
    const others = outcomes.filter(({ code }) => code !== "left-out");
    const told = [...inOrder(others).map((outcome) => outcomeLine(path, outcome)), left];
    const idle = verbosity === "verbose" && before === after && problems.length === 0 ? `${path}: no change\n` : "";
    return loud + told.join("") + idle;
  }

  return {
    begin: () => ({}),
    file(report) {
      const changed = [report, ...report.files];
      const diff = changed.map(({ path, before, after }) => unifiedDiff(path, before, after)).join("");
      const proof = report.proof ? proofText(report.proof, err, verbosity) : "";
      return { out: colour.out ? paint(diff) : diff, err: notes(report) + proof };
    },
    end: (totals) => (verbosity === "quiet" ? {} : { err: summary(totals, written) }),
  };
}

/** The diff alone; problems are still told. */
export function diffReporter(style: Omit<TextStyle, "verbosity">): Reporter {
  return textReporter({ ...style, verbosity: "quiet" });
}

/** Rewrites before what was left alone, each from top to bottom. */
function inOrder(outcomes: readonly Outcome[]): readonly Outcome[] {
  const late = ({ kind }: Outcome) => (kind === "applied" ? 0 : 1);
  return [...outcomes].sort((a, b) => late(a) - late(b) || a.at.line - b.at.line || a.at.column - b.at.column);
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
