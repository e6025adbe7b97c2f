/** Figures of the two images that a proof compared: size and attack surface, findings of a scanner, and what runs again. */
import type { Proof, Rebuild, Scan, Surface } from "../engine/types.ts";
import { bytesOf, changeOf, count, grouped, secondsOf } from "./amounts.ts";
import { type Row, table } from "./rows.ts";

/** Lines, those of each figure after an empty one. */
export function figures({ surface, rebuild, scan }: Proof): string[] {
  return [
    ...(surface ? ["", ...surfaceLines(surface.before, surface.after)] : []),
    ...(scan ? ["", ...table(scanRows(scan), 2)] : []),
    ...(rebuild ? ["", ...rebuildLines(rebuild)] : []),
  ];
}

type Line = readonly [label: string, before: string, after: string, note?: string];

function surfaceLines(before: Surface, after: Surface): string[] {
  const numbers = (label: string, pick: (surface: Surface) => number): Line => [
    label,
    grouped(pick(before)),
    grouped(pick(after)),
  ];
  const databases = [...new Set([...Object.keys(before.packages), ...Object.keys(after.packages)])];
  const lists = (label: string, pick: (surface: Surface) => readonly string[]): Line => [
    label,
    listed(pick(before)),
    listed(pick(after)),
  ];
  const lines: readonly Line[] = [
    ["", "before", "after"],
    ["size", bytesOf(before.bytes), bytesOf(after.bytes), changeOf(before.bytes, after.bytes)],
    numbers("layers", ({ layers }) => layers),
    ...databases.map((name) => numbers(`packages, ${name}`, ({ packages }) => packages[name] ?? 0)),
    numbers("executables", ({ executables }) => executables),
    numbers("setuid files", ({ setuid }) => setuid),
    lists("compilers", ({ compilers }) => compilers),
    lists("shells", ({ shells }) => shells),
  ];
  return columns(lines);
}

/** As many names as fit beside others. */
const mostNames = 4;

function listed(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const more = names.length - mostNames;
  return more > 1 ? `${names.slice(0, mostNames).join(", ")}, ${more} more` : names.join(", ");
}

function columns(lines: readonly Line[]): string[] {
  const widest = (pick: (line: Line) => string) => Math.max(...lines.map((line) => pick(line).length));
  const widths = [widest(([label]) => label), widest(([, before]) => before), widest(([, , after]) => after)] as const;
  return lines.map(([label, before, after, note = ""]) =>
    `  ${label.padEnd(widths[0])}  ${before.padEnd(widths[1])}  ${after.padEnd(widths[2])}  ${note}`.trimEnd(),
  );
}

const severities = ["critical", "high", "medium", "low"];

function scanRows(scan: Scan | { readonly unavailable: string }): Row[] {
  if ("unavailable" in scan) return [["scan", [scan.unavailable]]];
  const { scanner, before, after, gone, added } = scan;
  const rank = (name: string) =>
    (severities.indexOf(name.toLowerCase()) + severities.length + 1) % (severities.length + 1);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort((a, b) => rank(a) - rank(b));
  const counts = names.map((name) => `${name.toLowerCase()} ${before[name] ?? 0} → ${after[name] ?? 0}`);
  return [
    ["scan", [`${scanner}: ${counts.join(", ") || "no findings"}`]],
    ["", gone.length > 0 ? [`gone: ${listed(gone)}`] : []],
    ["", added.length > 0 ? [`new: ${added.join(", ")}`] : []],
  ];
}

function rebuildLines({ path, before, after }: Rebuild): string[] {
  const side = ({ ran, seconds }: Rebuild["before"]): string[] => [
    `${count(ran.length, "step")}, ${secondsOf(seconds)}`,
    ...ran.map((step) => `  ${shortened(step.instruction)} (${secondsOf(step.seconds)})`),
  ];
  const rows: Row[] = [
    ["before", side(before)],
    ["after", side(after)],
  ];
  return [`  after an edit of ${path} these steps run again`, ...table(rows, 4)];
}

function shortened(instruction: string): string {
  return instruction.length > 80 ? `${instruction.slice(0, 79)}…` : instruction;
}
