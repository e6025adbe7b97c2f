/** Ranges of versions, as npm reads the usual ones (https://github.com/npm/node-semver). */

/** Whether `version` is in `range`; undefined where the range is of another kind: a tag, an address, a prerelease. */
export function isInRange(version: string, range: string): boolean | undefined {
  const wanted = numbersOf(version);
  if (!wanted) return undefined;
  const answers = range.split("||").map((part) => isInAll(wanted, part.trim()));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

type Numbers = readonly [major: number, minor: number, patch: number];

function numbersOf(version: string): Numbers | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

function isInAll(version: Numbers, range: string): boolean | undefined {
  if (range === "" || range === "*" || range === "x") return true;
  const parts = range.replace(/(>=|<=|>|<|=|\^|~)\s+/g, "$1").split(/\s+/);
  const answers = parts.map((part) => isInOne(version, part));
  return answers.includes(undefined) ? undefined : answers.every(Boolean);
}

/** One comparator: `^1.2.3`, `~1.2`, `1.x`, `>=2`. */
function isInOne(version: Numbers, part: string): boolean | undefined {
  const [, operator = "", ...given] = /^(>=|<=|>|<|=|\^|~)?v?(\d+)(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?$/.exec(part) ?? [];
  const named = given.filter((word) => /^\d+$/.test(word ?? "")).map(Number);
  const [major, minor = 0, patch = 0] = named;
  if (major === undefined) return undefined;
  const from: Numbers = [major, minor, patch];
  const after = (place: number): Numbers =>
    place === 0 ? [major + 1, 0, 0] : place === 1 ? [major, minor + 1, 0] : [major, minor, patch + 1];
  // The first number that may not change: what a caret holds is the first that is not zero.
  const lastNamed = named.length - 1;
  const firstOther = from.findIndex((number, index) => number !== 0 || index === lastNamed);
  const holds = { "^": firstOther, "~": Math.min(1, lastNamed), "": lastNamed, "=": lastNamed }[operator];
  if (holds !== undefined) return compare(version, from) >= 0 && compare(version, after(holds)) < 0;
  if (operator === ">=") return compare(version, from) >= 0;
  if (operator === "<") return compare(version, from) < 0;
  return operator === ">" ? compare(version, after(lastNamed)) >= 0 : compare(version, after(lastNamed)) < 0;
}

function compare(a: Numbers, b: Numbers): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
