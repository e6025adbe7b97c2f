/** The fields `exports` and `imports` of package.json (Node's documentation, "Modules: Packages"). */
import { asObject } from "../../../context/index.ts";

/**
 * What a field says of `key` (`.`, `./utils`, `#internal`): a path in the package from `./` on, or for `imports` the name of another
 * module. Undefined where it says nothing or forbids it. `conditions` are those that hold.
 */
export function targetOf(field: unknown, key: string, conditions: ReadonlySet<string>): string | undefined {
  const map = asMap(field);
  const allowed = key.startsWith("#") ? (target: string) => !OUTSIDE.test(target) : isInside;
  const exact = key.includes("*") ? undefined : map[key];
  if (exact !== undefined) return pick(exact, { star: "", conditions, allowed }) ?? undefined;
  let best: string | undefined;
  for (const pattern of Object.keys(map)) {
    const [start, end] = pattern.split("*");
    if (end === undefined || !key.startsWith(start!) || !key.endsWith(end) || key.length < pattern.length) continue;
    if (best === undefined || isCloser(pattern, best)) best = pattern;
  }
  if (best === undefined) return undefined;
  const [start, end] = best.split("*");
  const star = key.slice(start!.length, key.length - end!.length);
  return pick(map[best], { star, conditions, allowed }) ?? undefined;
}

const isInside = (target: string) => target.startsWith("./");

/** Paths out of the package, and URLs. */
const OUTSIDE = /^(\.\.)?\/|^[a-z]+:/;

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

interface Question {
  readonly star: string;
  readonly conditions: ReadonlySet<string>;
  readonly allowed: (target: string) => boolean;
}

/** `null` forbids: what stands behind it among conditions is not tried. Undefined where no condition holds. */
function pick(target: unknown, question: Question): string | null | undefined {
  if (typeof target === "string") return question.allowed(target) ? target.replaceAll("*", question.star) : null;
  if (Array.isArray(target)) {
    const found = target.map((item) => pick(item, question));
    return found.find((item) => typeof item === "string") ?? found.at(-1);
  }
  const map = asObject(target);
  if (!map) return null;
  for (const [condition, inner] of Object.entries(map)) {
    if (condition !== "default" && !question.conditions.has(condition)) continue;
    const found = pick(inner, question);
    if (found !== undefined) return found;
  }
  return undefined;
}
