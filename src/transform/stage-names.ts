import type { Dockerfile } from "../dockerfile/index.ts";

/** Picks the first of several names that no stage of the file has and that nothing in the file uses as an image. */
export function freeStageName({ source, instructions }: Dockerfile): (names: readonly [string, ...string[]]) => string {
  const froms = instructions.filter(({ keyword }) => keyword === "FROM").flatMap(({ args }) => args.text.split(/\s+/));
  const others = [...source.matchAll(/\bfrom=["']?([^\s,"']+)/gi)].map(([, name]) => name ?? "");
  const taken = new Set([...froms, ...others].map((word) => word.replace(/[:@].*$/, "").toLowerCase()));
  return (names) => names.find((name) => !taken.has(name)) ?? `refit-${names[0]}`;
}
