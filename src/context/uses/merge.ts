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
