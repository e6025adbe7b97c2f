import type { Instruction } from "../../src/transform/index.ts";

/** An instruction for people, in one line of at most about 70 characters. */
export function shownOf({ keyword, flags, args }: Instruction): string {
  const text = [keyword, ...flags.map((flag) => flag.text.text), args.text.trim().replace(/\s+/g, " ")].join(" ");
  return `\`${text.length > 70 ? `${text.slice(0, 67)}…` : text}\``;
}
