/** `package-lock.json` of version 1: whether `npm install` of npm 6 would leave it as it is. */
import type { Blocker } from "../blocked.ts";
import { objectOf, type PackageJson, stringsOf } from "./manifest.ts";
import type { NpmLock } from "./npm-lock.ts";
import { isInRange } from "./ranges.ts";

type Entry = Readonly<Record<string, unknown>>;

/** A package in the tree that the lock describes. */
interface Placed {
  readonly name: string;
  readonly entry: Entry;
  readonly within: Placed | undefined;
}

/**
 * npm 6 computes the tree that the manifest asks for, starting from the lock, and writes a lock for it where that gives another text
 * (lib/shrinkwrap.js, lib/install/inflate-shrinkwrap.js). Seen with 6.1, 6.4, 6.13 and 6.14, each with locks of the others, of up
 * to 444 packages, optional ones among them.
 */
export function rewrittenOldLock(lock: NpmLock, manifest: PackageJson): Blocker {
  const fix = "`npm ci` would not";
  const { raw, path } = lock;
  const odd = ["name", "version"].find((field) => raw[field] !== manifest.raw[field] || raw[field] === undefined);
  if (odd !== undefined) return `npm install would bring ${path} in step with ${odd} of ${manifest.path}; ${fix}`;
  const indent = /^\{\n([ \t]+)/.exec(lock.text)?.[1];
  const isCanonical = isSorted(raw) && raw.requires === true && lock.text === `${JSON.stringify(raw, null, indent)}\n`;
  if (!isCanonical) return `npm install would format ${path} anew; ${fix}`;

  const root: Placed = { name: "", entry: raw, within: undefined };
  const asked = manifest.dependencies.filter(({ kind }) => kind !== "peerDependencies");
  for (const { name, specifier } of asked) {
    const found = lookUp(root, name);
    if (!found || isInRange(String(found.entry.version), specifier) !== true)
      return `npm install may bring ${path} in step with ${name} of ${manifest.path}; ${fix}`;
  }
  const production = reached(
    root,
    asked.filter(({ kind }) => kind !== "devDependencies").map(({ name }) => name),
  );
  const all = reached(
    root,
    asked.map(({ name }) => name),
  );
  if ("missing" in all || "missing" in production) return `npm install would complete ${path}; ${fix}`;
  const wrong = everyEntry(root).find(
    ({ entry }) =>
      !all.entries.has(entry) || (entry.dev === true) === production.entries.has(entry) || !isFromRegistry(entry),
  );
  return wrong && `npm install may write ${wrong.name} in ${path} anew; ${fix}`;
}

/** What it installs is told by the lock alone: an archive of a registry, with a checksum that no npm would add to. */
function isFromRegistry({ version, resolved, integrity, bundled, from }: Entry): boolean {
  if (from !== undefined || bundled === true) return false;
  return (
    /^\d+\.\d+\.\d+/.test(String(version)) &&
    /^https:.*\.tgz$/.test(String(resolved)) &&
    String(integrity).startsWith("sha512-")
  );
}

function packagesOf(entry: Entry): readonly [string, Entry][] {
  return Object.entries(objectOf(entry.dependencies) ?? {}).map(([name, each]) => [name, objectOf(each) ?? {}]);
}

function everyEntry(within: Placed): readonly Placed[] {
  return packagesOf(within.entry).flatMap(([name, entry]) => {
    const placed = { name, entry, within };
    return [placed, ...everyEntry(placed)];
  });
}

/** Where Node would find `name` from a package. */
function lookUp(from: Placed, name: string): Placed | undefined {
  const entry = objectOf(objectOf(from.entry.dependencies)?.[name]);
  if (entry) return { name, entry, within: from };
  return from.within && lookUp(from.within, name);
}

function reached(
  root: Placed,
  names: readonly string[],
): { readonly entries: ReadonlySet<Entry> } | { readonly missing: string } {
  const waiting = names.map((name) => [root, name] as const);
  const entries = new Set<Entry>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [from, name] = next;
    const found = lookUp(from, name);
    if (!found) return { missing: name };
    if (entries.has(found.entry)) continue;
    entries.add(found.entry);
    for (const [needed, range] of stringsOf(found.entry.requires)) {
      const other = lookUp(found, needed);
      if (!other || isInRange(String(other.entry.version), range) === false) return { missing: needed };
      waiting.push([found, needed]);
    }
  }
  return { entries };
}

/** Names of packages in the order in which npm writes them, on every level. */
function isSorted(entry: Entry): boolean {
  const packages = packagesOf(entry);
  const names = packages.map(([name]) => name);
  return (
    names.every((name, index) => index === 0 || (names[index - 1] ?? "").localeCompare(name, "en") < 0) &&
    packages.every(([, each]) => isSorted(each))
  );
}
