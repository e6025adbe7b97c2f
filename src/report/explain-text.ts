/** `refit explain` on a terminal: a table of steps before and after, and what each edit runs again. */
import pc from "picocolors";
import { changeOf, count, secondsOf } from "./amounts.ts";
import type { Colours } from "./colours.ts";
import { legend, shortened, Table } from "./explain-table.ts";
import { EDIT_KINDS, type Explained, type Explanation, type Total } from "./explanation.ts";

export interface ExplainStyle {
  readonly colour: boolean;
  /** Columns that a line may take. */
  readonly width: number;
}

/** Below this many columns nothing is readable any more. */
const narrowest = 60;

export function explanationText(whole: Explanation, { colour, width }: ExplainStyle): string {
  const colours = pc.createColors(colour);
  const isSame = whole.after !== undefined && isAlike(whole.before, whole.after);
  const explanation = isSame ? { ...whole, after: undefined } : whole;
  const { before, after } = explanation;
  const columns = Math.max(width, narrowest);
  const table = new Table(explanation, columns, colours);
  const lines = [
    ...headLines(explanation, columns, colours),
    "",
    ...editLines(explanation, columns),
    "",
    ...table.lines("as it is", before),
    "",
    ...(after ? [...table.lines("with refit", after), ""] : []),
    ...totalLines(explanation, colours),
    ...(after ? [] : ["", `  ${unchangedText(explanation.path, isSame)}`]),
    "",
    ...legend(explanation).map((line) => colours.dim(`  ${line}`)),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** Whether both have the same steps, on whatever lines, and an edit makes the same of each. */
function isAlike(before: Explained, after: Explained): boolean {
  const said = ({ stages }: Explained) =>
    JSON.stringify(stages.flatMap(({ from, steps }) => [from, ...steps.map(({ text, rerun }) => [text, rerun])]));
  return said(before) === said(after);
}

function unchangedText(path: string, isElsewhere: boolean): string {
  if (isElsewhere)
    return `refit changes nothing of this; \`refit ${path}\` shows what it changes elsewhere in the file`;
  return `refit changes nothing here; \`refit ${path}\` says why`;
}

/** Which build is told of, and in what other ways the file is built. */
function headLines({ path, target, builds, before }: Explanation, width: number, { bold, dim }: Colours): string[] {
  const [build, ...others] = builds;
  const name = [path, ...(target === undefined ? [] : [`target ${target}`])].join(", ");
  const left = before.notBuilt.join(", ");
  const notes = [
    ...others.map(({ name, target }) => `also built by ${name}${target === undefined ? "" : `, target ${target}`}`),
    ...(left === "" ? [] : [`not needed, and not built: ${left}; --target explains another stage`]),
  ];
  return [bold(build ? `${name} (${build.name})` : name), ...notes.map((note) => dim(shortened(`  ${note}`, width)))];
}

function editLines(explanation: Explanation, width: number): string[] {
  const { source, manifest, line } = explanation;
  const told = (what: Explanation["source"]) => {
    if (!what) return "none is copied";
    const why = explanation.hasContext ? "the build context has none that is copied" : "the build context is not known";
    return what.isMadeUp ? `${what.path} (made up: ${why})` : what.path;
  };
  const edited = line && (line.text ?? "a comment or an empty line");
  const rows = [
    ["source", told(source)],
    ["manifest", told(manifest)],
    [line ? `line ${line.line}` : "line", edited ?? "no RUN"],
  ] as const;
  return ["  edits", ...rows.map(([label, text]) => shortened(`    ${label.padEnd(10)}${text}`, width))];
}

function totalLines({ before, after, measured, ...edits }: Explanation, { bold, dim }: Colours): string[] {
  const kinds = EDIT_KINDS.filter((kind) => edits[kind] !== undefined);
  if (kinds.length === 0) return ["  nothing runs again after an edit"];
  const rows = kinds.map((kind) => {
    const [one, other] = [before.totals[kind], after?.totals[kind]];
    const totals = (after ? [one, other] : [one]).map((total) => totalText(total, measured));
    // Guessed weights are good to tell heavy from light, and not to be reckoned with.
    const change = measured && one?.measured && other?.measured ? changeOf(one.weight, other.weight) : "";
    return [kind === "line" ? `line ${edits.line?.line}` : `the ${kind}`, ...totals, change];
  });
  const head = ["after an edit of", "as it is", ...(after ? ["with refit", measured ? "change" : ""] : [])];
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}`.trimEnd();
  return [`  ${bold("what runs again")}`, dim(line(head)), ...rows.map(line)];
}

function totalText(total: Total | undefined, measured: boolean): string {
  if (!total) return "–";
  const { runs, unsure, heavy, weight } = total;
  const steps = unsure > 0 ? `${runs}–${runs + unsure} steps` : count(runs, "step");
  return `${steps}, ${measured ? secondsOf(weight) : `${heavy} heavy`}`;
}
