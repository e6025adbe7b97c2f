import { choices, type Purpose } from "../../src/transform/index.ts";

export const options = choices({
  join: {
    values: ["balanced", "loose", "always"],
    describe:
      "Which steps stay apart, so that an edit of one does not run the other again: installing packages of any kind and building " +
      "(balanced), only the app's own dependencies and building (loose), or none",
  },
});

export type Options = typeof options.defaults;

/** Purposes of which some stay apart from others. */
export type Apart = Extract<Purpose, "system" | "dependencies" | "build">;

/** Those that stay apart, in both directions. */
const APART: Readonly<Record<Options["join"], readonly (readonly [Apart, Apart])[]>> = {
  balanced: [
    ["dependencies", "build"],
    ["system", "build"],
  ],
  loose: [["dependencies", "build"]],
  always: [],
};

/** The two purposes that keep the steps apart, if any. */
export function keptApart(
  left: ReadonlySet<Purpose>,
  right: ReadonlySet<Purpose>,
  { join }: Options,
): readonly [Apart, Apart] | undefined {
  for (const [a, b] of APART[join]) {
    if (left.has(a) && right.has(b)) return [a, b];
    if (left.has(b) && right.has(a)) return [b, a];
  }
  return undefined;
}
