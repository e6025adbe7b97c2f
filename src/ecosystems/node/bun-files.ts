/** `bun.lock` and `bunfig.toml`, as far as an install reads them. */
import { objectOf, type PackageJson, parseJson } from "./manifest.ts";
import type { Workspace } from "./workspaces.ts";

export interface BunLock {
  /** 1 (Bun 1.2 and 1.3) or 2 (from 1.4 on). */
  readonly version: number;
  /** Names of all packages. */
  readonly packages: readonly string[];
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Undefined where the text is no such lock. */
export function readBunLock(text: string | undefined): BunLock | undefined {
  // Bun writes JSON with a comma behind each last item; strings of a lock hold no such pair of characters.
  const raw = objectOf(parseJson(text?.replace(/,(\s*[}\]])/g, "$1")));
  const packages = objectOf(raw?.packages);
  if (!raw || !packages || typeof raw.lockfileVersion !== "number") return undefined;
  const names = Object.values(packages).flatMap((entry) => {
    const resolved: unknown = Array.isArray(entry) ? entry[0] : undefined;
    return typeof resolved === "string" ? [resolved.replace(/(?<=.)@.*$/s, "")] : [];
  });
  return { version: raw.lockfileVersion, packages: [...new Set(names)], raw };
}

/** Fields of a workspace's `package.json` that Bun repeats in the lock; the root's version is not among them. */
const REPEATED = [
  ...["name", "dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "optionalPeers", "bin"],
];

/** Fields of the root's `package.json` that Bun repeats beside the workspaces. */
const GLOBAL = ["overrides", "resolutions", "trustedDependencies", "patchedDependencies", "catalog", "catalogs"];

/**
 * What of the manifests the lock does not say, by its path or field: `bun install` would bring the lock in step. Undefined where it is in step.
 * Bun 1.2 to 1.4 then leave it alone, byte for byte, if it has a `configVersion`; older ones that lack it get one (measured).
 */
export function outOfStep(
  lock: BunLock,
  folder: string,
  root: PackageJson,
  members: readonly Workspace[],
): string | undefined {
  if (lock.raw.configVersion === undefined) return "configVersion";
  const unequal = GLOBAL.find((field) => !isEqual(lock.raw[field], root.raw[field]));
  if (unequal !== undefined) return unequal;
  if (objectOf(root.raw.workspaces)?.catalog ?? objectOf(root.raw.workspaces)?.catalogs) return "catalog";
  const listed = objectOf(lock.raw.workspaces) ?? {};
  const all = [
    { at: "", manifest: root },
    ...members.map((member) => ({ ...member, at: below(folder, member.folder) })),
  ];
  const gone = Object.keys(listed).find((path) => !all.some(({ at }) => at === path));
  if (gone !== undefined) return gone;
  for (const { at, manifest } of all) {
    const entry = objectOf(listed[at]);
    if (!entry) return at;
    const fields = at === "" ? REPEATED : [...REPEATED, "version"];
    const field = fields.find((name) => !isEqual(entry[name], ofManifest(manifest, name)));
    if (field !== undefined) return at === "" ? field : `${field} of ${at}`;
  }
  return undefined;
}

function ofManifest(manifest: PackageJson, field: string): unknown {
  if (field !== "optionalPeers") return manifest.raw[field];
  const meta = objectOf(manifest.raw.peerDependenciesMeta) ?? {};
  return Object.keys(meta).filter((name) => objectOf(meta[name])?.optional === true);
}

function below(folder: string, path: string): string {
  return folder === "" ? path : path.slice(folder.length + 1);
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** Keys in order, and nothing for what is empty. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : [...value].sort();
  const object = objectOf(value);
  if (!object) return value;
  const keys = Object.keys(object).sort();
  return keys.length === 0 ? undefined : keys.map((key) => [key, sorted(object[key])]);
}

/** Keys of `[install]` in `bunfig.toml` that lead to no other file. */
const SETTINGS =
  /^(registry|exact|optional|dev|peer|production|frozenLockfile|saveTextLockfile|linker|linkWorkspacePackages|minimumReleaseAge|minimumReleaseAgeExcludes|concurrentScripts|ignoreScripts|logLevel|auto|prefer|lockfile\.save|cache\.(disable|disableManifest)|scopes\..*)$/;

/** What `bunfig.toml` sets for installs, by key; or the first key that may lead elsewhere. */
export function readBunfig(
  path: string,
  text: string,
): { readonly settings: ReadonlyMap<string, string> } | { readonly blocked: string } {
  const settings = new Map<string, string>();
  let section = "";
  for (const line of text.split(/\r?\n/)) {
    const head = /^\s*\[+\s*([^\]]+?)\s*\]+/.exec(line)?.[1];
    if (head !== undefined) {
      section = head;
      continue;
    }
    const [, name, value] = /^\s*("[^"]*"|[^\s#=]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const key = section === "" ? name : `${section}.${name}`;
    if (!/^install\b/.test(key)) continue;
    const own = key.slice("install.".length);
    if (!SETTINGS.test(own)) return { blocked: `${path} sets ${key}` };
    settings.set(own, value);
  }
  return { settings };
}
