/** `refit explain` on a terminal: a table of steps before and after, and what each edit runs again. */
import pc from "picocolors";
import { changeOf, count, secondsOf } from "./amounts.ts";
import type { Colours } from "./colours.ts";
import { legend, shortened, Table } from "./explain-table.ts";
import { EDIT_KINDS, type Explanation, type Total } from "./explanation.ts";

export interface ExplainStyle {
  readonly colour: boolean;
  /** Columns that a line may take. */
  readonly width: number;
}

/** Below this many columns nothing is readable any more. */
const narrowest = 60;

export function explanationText(explanation: Explanation, { colour, width }: ExplainStyle): string {
  const colours = pc.createColors(colour);
  const { before, after } = explanation;
  const table = new Table(explanation, Math.max(width, narrowest), colours);
  const lines = [
    ...headLines(explanation, colours),
    "",
    ...editLines(explanation, width),
    "",
    ...table.lines("as it is", before),
    "",
    ...(after ? [...table.lines("with refit", after), ""] : []),
    ...totalLines(explanation, colours),
    ...(after ? [] : ["", `  refit changes nothing here; \`refit ${explanation.path}\` says why`]),
    "",
    ...legend(explanation).map((line) => colours.dim(`  ${line}`)),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** Which build is told of, and in what other ways the file is built. */
function headLines({ path, target, builds, before }: Explanation, { bold, dim }: Colours): string[] {
  const [build, ...others] = builds;
  const name = [path, ...(target === undefined ? [] : [`target ${target}`])].join(", ");
  const also = others.map((other) => `${other.name}${other.target === undefined ? "" : `, target ${other.target}`}`);
  const left = before.notBuilt;
  return [
    bold(build ? `${name} (${build.name})` : name),
    ...also.map((other) => dim(`  also built by ${other}`)),
    ...(left.length > 0
      ? [dim(`  not needed, and not built: ${count(left.length, "stage").replace(/^\S+ /, "")} ${left.join(", ")}`)]
      : []),
  ];
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
    const change = measured && one && other ? changeOf(one.weight, other.weight) : "";
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
