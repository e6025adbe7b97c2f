import type { RawTarget } from "./types.ts";

/** What one file says of a target over what another one does. */
export function mergedTarget(below: RawTarget, above: RawTarget): RawTarget {
  return {
    ...below,
    ...above,
    args: new Map([...below.args, ...above.args]),
    contexts: [...new Set([...below.contexts, ...above.contexts])],
    starts: new Map([...(below.starts ?? []), ...(above.starts ?? [])]),
  };
}

/** Targets by name, each over the one of its name. */
export function over(
  base: ReadonlyMap<string, RawTarget>,
  above: ReadonlyMap<string, RawTarget>,
): ReadonlyMap<string, RawTarget> {
  return new Map([
    ...base,
    ...[...above].map(
      ([name, target]) => [name, base.has(name) ? mergedTarget(base.get(name)!, target) : target] as const,
    ),
  ]);
}
