/** A label, and the lines that stand beside it. */
export type Row = readonly [label: string, lines: readonly string[]];

const labelWidth = 12;

/** Rows under each other, the label said once for all that have it one behind the other; rows without lines are left out. */
export function table(rows: readonly Row[], indent: number): string[] {
  let last: string | undefined;
  return rows.flatMap(([label, lines]) =>
    lines.map((line) => {
      const shown = label === last ? "" : label;
      last = label;
      return `${" ".repeat(indent)}${shown.padEnd(labelWidth)}${line}`.trimEnd();
    }),
  );
}
