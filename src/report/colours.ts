import pc from "picocolors";

/** Functions that colour a text, or leave it as it is. */
export type Colours = ReturnType<typeof pc.createColors>;

/** A unified diff in the colours of a terminal. */
export function paint(diff: string): string {
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
