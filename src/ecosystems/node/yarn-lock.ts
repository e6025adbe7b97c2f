/** `yarn.lock` of Yarn classic: whether `yarn install` would leave it as it is. */
import type { Blocker } from "../blocked.ts";
import type { PackageJson } from "./manifest.ts";

interface Entry {
  readonly hasIntegrity: boolean;
  /** Patterns that it depends on: `ms@^2.0.0`. */
  readonly needs: readonly string[];
}

/** Entries by pattern; undefined where the text is not such a lock. */
export function readYarnLock(text: string): ReadonlyMap<string, Entry> | undefined {
  if (!/^# yarn lockfile v1$/m.test(text) || /^(<<<<<<<|=======|>>>>>>>)/m.test(text)) return undefined;
  const entries = new Map<string, Entry>();
  for (const block of text.split(/\n(?=\S)/)) {
    const [head = "", ...lines] = block.split(/\r?\n/);
    if (!head.endsWith(":")) continue;
    const needs = lines.flatMap((line) => {
      const [, name, range] = /^ {4}("[^"]+"|\S+) ("[^"]*"|\S+)$/.exec(line) ?? [];
      return name && range ? [`${unquote(name)}@${unquote(range)}`] : [];
    });
    const entry = { hasIntegrity: lines.some((line) => line.startsWith("  integrity ")), needs };
    for (const pattern of head.slice(0, -1).split(", ")) entries.set(unquote(pattern), entry);
  }
  return entries;
}

/** Names of all packages in a lock of either Yarn. */
export function yarnLockNames(text: string): string[] {
  const heads = text.split(/\r?\n/).filter((line) => /^\S.*:$/.test(line) && line !== "__metadata:");
  const patterns = heads.flatMap((head) => head.slice(0, -1).split(", ").map(unquote));
  return [...new Set(patterns.map((pattern) => pattern.replace(/^"|(?<=.)@.*$/g, "")))];
}

/**
 * Why `yarn install` could write another lock than the one that is there. It saves only when a pattern is missing or no longer needed
 * (yarnpkg/yarn, src/cli/commands/install.js, saveLockfileAndIntegrity).
 */
export function rewrittenYarnLock(path: string, text: string, manifest: PackageJson): Blocker {
  const fix = "`--frozen-lockfile` would not let it";
  const entries = readYarnLock(text);
  if (!entries) return `${path} can't be read`;
  if (manifest.raw.resolutions !== undefined) return `yarn install may rewrite ${path}, with resolutions; ${fix}`;
  const waiting = manifest.dependencies
    .filter(({ kind }) => kind !== "peerDependencies")
    .map(({ name, specifier }) => `${name}@${specifier}`);
  const reached = new Set<string>();
  for (let pattern = waiting.pop(); pattern !== undefined; pattern = waiting.pop()) {
    if (reached.has(pattern)) continue;
    const entry = entries.get(pattern);
    if (!entry) return `yarn install would add ${pattern} to ${path}; ${fix}`;
    if (!entry.hasIntegrity) return `yarn install may add the integrity of ${pattern} to ${path}; ${fix}`;
    reached.add(pattern);
    waiting.push(...entry.needs);
  }
  const unused = [...entries.keys()].find((pattern) => !reached.has(pattern));
  return unused && `yarn install would take ${unused} out of ${path}; ${fix}`;
}

/**
 * Whether the lock has all that the manifest asks for, and all that these ask for in turn, so that a frozen install refuses nothing and
 * finds nothing new. `resolutions` put other patterns in the place of those that packages ask for.
 */
export function holdsAll(text: string, manifest: PackageJson): boolean {
  const entries = readYarnLock(text);
  const asked = manifest.dependencies.filter(({ kind }) => kind !== "peerDependencies");
  const reached = new Set(asked.map(({ name, specifier }) => `${name}@${specifier}`));
  const isThere = (pattern: string) => entries?.has(pattern) === true;
  if (manifest.raw.resolutions !== undefined) return [...reached].every(isThere);
  for (const pattern of reached) for (const need of entries?.get(pattern)?.needs ?? []) reached.add(need);
  return [...reached].every(isThere);
}

function unquote(word: string): string {
  return word.replace(/^"|"$/g, "");
}
