/** The fields `exports` and `imports` of package.json (Node's documentation, "Modules: Packages"). */
import { asObject } from "../../../context/index.ts";

/**
 * What a field says of `key` (`.`, `./utils`, `#internal`): a path in the package from `./` on, or for `imports` the name of another
 * module. Undefined where it says nothing or forbids it. `conditions` are those that hold.
 */
export function targetOf(field: unknown, key: string, conditions: ReadonlySet<string>): string | undefined {
  const map = asMap(field);
  const exact = key.includes("*") ? undefined : map[key];
  if (exact !== undefined) return pick(exact, "", conditions);
  let best: string | undefined;
  for (const pattern of Object.keys(map)) {
    const [start, end] = pattern.split("*");
    if (end === undefined || !key.startsWith(start!) || !key.endsWith(end) || key.length < pattern.length) continue;
    if (best === undefined || isCloser(pattern, best)) best = pattern;
  }
  if (best === undefined) return undefined;
  const [start, end] = best.split("*");
  return pick(map[best], key.slice(start!.length, key.length - end!.length), conditions);
}

/** `exports: "./a.js"` and `exports: { import: … }` speak of the package itself. */
function asMap(field: unknown): Readonly<Record<string, unknown>> {
  const object = asObject(field);
  return object && Object.keys(object).every((key) => /^[.#]/.test(key)) ? object : { ".": field };
}

/** The longer start wins, then the longer pattern (PATTERN_KEY_COMPARE). */
function isCloser(pattern: string, best: string): boolean {
  const [start, bestStart] = [pattern.indexOf("*"), best.indexOf("*")];
  return start === bestStart ? pattern.length > best.length : start > bestStart;
}

function pick(target: unknown, star: string, conditions: ReadonlySet<string>): string | undefined {
  if (typeof target === "string") return target.replaceAll("*", star);
  if (Array.isArray(target)) {
    for (const item of target) {
      const found = pick(item, star, conditions);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const [condition, inner] of Object.entries(asObject(target) ?? {})) {
    if (condition !== "default" && !conditions.has(condition)) continue;
    const found = pick(inner, star, conditions);
    // `null` forbids: what stands behind it is not tried.
    if (found !== undefined || inner === null) return found;
  }
  return undefined;
}
