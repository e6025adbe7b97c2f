/** `package-lock.json`: what it installs, and whether `npm install` would leave it as it is. */
import type { Blocker } from "../blocked.ts";
import { objectOf, type PackageJson, parseJson } from "./manifest.ts";
import { rewrittenOldLock } from "./npm-lock-old.ts";
import { isInRange } from "./ranges.ts";

export interface NpmLock {
  readonly path: string;
  /** 1 (npm 5 and 6), 2 (npm 7 and 8) or 3. */
  readonly version: number;
  /** Names of packages with an install script; with version 1, of all packages. */
  readonly packages: readonly string[];
  /** Whether `packages` holds only those with an install script. */
  readonly certain: boolean;
  readonly text: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

export function readNpmLock(path: string, text: string | undefined): NpmLock | undefined {
  const raw = objectOf(parseJson(text));
  if (!raw || text === undefined) return undefined;
  const entries = objectOf(raw.packages);
  const version = typeof raw.lockfileVersion === "number" ? raw.lockfileVersion : 1;
  const packages = entries
    ? Object.entries(entries).flatMap(([at, entry]) =>
        at !== "" && objectOf(entry)?.hasInstallScript === true ? [packageNameOf(at)] : [],
      )
    : namesOf(raw);
  return { path, version, packages, certain: entries !== undefined, text, raw };
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
function packageNameOf(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** Names in the nested `dependencies` of a version 1 lock. */
function namesOf(lock: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(objectOf(lock.dependencies) ?? {}).flatMap(([name, entry]) => [
    name,
    ...namesOf(objectOf(entry) ?? {}),
  ]);
}

/** Fields of `package.json` that npm repeats in the lock. */
const REPEATED = [
  ...["name", "version", "license", "dependencies", "devDependencies", "optionalDependencies", "peerDependencies"],
  ...["engines", "workspaces", "bin", "os", "cpu", "peerDependenciesMeta", "bundleDependencies"],
];

/**
 * Why `npm install` could write another lock than the one that is there, which a COPY afterwards would put back. Measured with npm 5 to
 * 11 on apps of 100 to 444 packages: a lock of version 2 or 3 that fits its `package.json` stays as it is, byte for byte; npm 6 and
 * lower rewrite these, npm 7 and higher rewrite version 1, npm 5 writes its `requires` in another way than npm 6, and npm 7 rewrites version 3.
 */
export function rewrittenLock(lock: NpmLock, manifest: PackageJson, npm: number | undefined): Blocker {
  const fix = "`npm ci` would not";
  if (npm === undefined) return `npm install may rewrite ${lock.path}, since it is not known which npm runs; ${fix}`;
  if (npm === 6 && lock.version === 1) return rewrittenOldLock(lock, manifest);
  const oldest = { 2: 7, 3: 8 }[lock.version] ?? Number.POSITIVE_INFINITY;
  if (npm < oldest) return `npm install may rewrite ${lock.path}, which has lockfileVersion ${lock.version}; ${fix}`;
  const entries = objectOf(lock.raw.packages) ?? {};
  const peers = Object.values(entries).some((entry) => objectOf(entry)?.peerDependencies !== undefined);
  // npm 11.6 marks peers in another way than its neighbours.
  if (peers && npm > 10) return `npm install may mark peer dependencies in ${lock.path} anew; ${fix}`;
  const root = objectOf(entries[""]) ?? {};
  const changed = REPEATED.find((field) => !equal(root[field], manifest.raw[field]));
  if (changed !== undefined || lock.raw.name !== manifest.name || manifest.name === undefined)
    return `npm install would bring ${lock.path} in step with ${changed ?? "name"} of ${manifest.path}; ${fix}`;
  if (!isComplete(lock)) return `npm install would complete ${lock.path}; ${fix}`;
  return isCanonical(lock) ? undefined : `npm install would format ${lock.path} anew; ${fix}`;
}

/** Whether the lock has a version of all that `manifest` asks for, and of all that these ask for. */
export function holdsAll(lock: NpmLock, manifest: PackageJson): boolean {
  const [entries, older] = [objectOf(lock.raw.packages), objectOf(lock.raw.dependencies)];
  const root = objectOf(entries?.[""]);
  const asked = manifest.dependencies.filter(({ kind }) => kind !== "peerDependencies");
  if (entries)
    return isComplete(lock) && asked.every(({ kind, name, specifier }) => objectOf(root?.[kind])?.[name] === specifier);
  return asked.every(({ name, specifier }) => {
    const version = String(objectOf(older?.[name])?.version);
    return isInRange(version, specifier) === true || specifier.replace(/^[~^]/, "") === version;
  });
}

/** Why npm 5 or 6, which write `package.json` in their own format, could change it (seen with 5.6, 6.4 and 6.14). */
export function mayReformat(manifest: PackageJson, text: string | undefined, npm: number | undefined): Blocker {
  if (npm !== undefined && npm >= 7) return undefined;
  const indent = /^\{\n([ \t]+)/.exec(text ?? "")?.[1];
  const canonical = `${JSON.stringify(manifest.raw, null, indent)}\n`;
  return text === canonical ? undefined : `npm 5 and 6 format ${manifest.path} anew`;
}

/** Whether each dependency of each package is in the lock, in a place where Node would find it. */
function isComplete(lock: NpmLock): boolean {
  const packages = objectOf(lock.raw.packages) ?? {};
  return Object.entries(packages).every(([at, entry]) => {
    const fields = objectOf(entry) ?? {};
    const names = [fields.dependencies, at === "" ? fields.devDependencies : {}].flatMap((of) =>
      Object.keys(objectOf(of) ?? {}),
    );
    return names.every((name) => found(packages, at, name));
  });
}

function found(packages: Readonly<Record<string, unknown>>, from: string, name: string): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    if (`${at === "" ? "" : `${at}/`}node_modules/${name}` in packages) return true;
    if (at === "") return false;
    if (!at.includes("/node_modules/")) return `node_modules/${name}` in packages;
  }
}

/** Whether the text is as npm writes it: keys of `packages` sorted, indented alike, one line end at the end. */
function isCanonical({ text, raw }: NpmLock): boolean {
  const keys = Object.keys(objectOf(raw.packages) ?? {});
  const sorted = keys.every((key, index) => index === 0 || (keys[index - 1] ?? "").localeCompare(key, "en") < 0);
  const indent = /^\{\n([ \t]+)/.exec(text)?.[1];
  return sorted && text === `${JSON.stringify(raw, null, indent)}\n`;
}

function equal(a: unknown, b: unknown): boolean {
  const [one, other] = [objectOf(a), objectOf(b)];
  if (one && other) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => equal(one[key], other[key]));
  }
  if (isEmpty(a) && isEmpty(b)) return true;
  return JSON.stringify(a) === JSON.stringify(b);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}
