/** `pnpm-lock.yaml` and `pnpm-workspace.yaml`, read line by line: neither needs a YAML parser. */

/** Names of the packages in a lock, and whether the lock tells which of them have install scripts (versions up to 6 do). */
export function pnpmLockPackages(text: string): { readonly packages: readonly string[]; readonly certain: boolean } {
  const version = Number(/^lockfileVersion: *'?([\d.]+)/m.exec(text)?.[1] ?? "9");
  const section = /^packages:\r?\n((?:(?: .*)?\r?\n)*)/m.exec(`${text}\n`)?.[1] ?? "";
  const names: string[] = [];
  for (const entry of section.split(/\n(?= {2}\S)/)) {
    const key = /^ {2}'?\/?((?:@[^/]+\/)?[^@/'(]+)/.exec(entry)?.[1];
    if (key !== undefined && (version >= 9 || /^ {4}requiresBuild: true/m.test(entry))) names.push(key);
  }
  return { packages: [...new Set(names)], certain: version < 9 };
}

/** The projects that a lock lists, relative to its folder; the root is `.`. A lock without the section has the root alone. */
export function pnpmLockImporters(text: string): readonly string[] {
  const section = /^importers:\r?\n((?:(?: .*)?\r?\n)*)/m.exec(`${text}\n`)?.[1];
  if (section === undefined) return ["."];
  return [...section.matchAll(/^ {2}(['"]?)([^\s'"].*?)\1:/gm)].map(([, , path]) => path!);
}

/** Settings of `pnpm-workspace.yaml` that lead to no other file. */
const SETTINGS =
  /^(packages|catalog|catalogs|onlyBuiltDependencies|ignoredBuiltDependencies|neverBuiltDependencies|allowBuilds|overrides|patchedDependencies|autoInstallPeers|strictPeerDependencies|nodeLinker|shamefullyHoist|publicHoistPattern|hoistPattern|minimumReleaseAge|minimumReleaseAgeExclude|linkWorkspacePackages|preferWorkspacePackages|savePrefix|peerDependencyRules|packageExtensions|ignoredOptionalDependencies|supportedArchitectures|trustPolicy|blockExoticSubdeps|strictDepBuilds|engineStrict|cleanupUnusedCatalogs|catalogMode|dedupePeerDependents|resolutionMode|injectWorkspacePackages|forceLegacyDeploy|deployAllFiles|verifyDepsBeforeRun)$/;

export interface PnpmWorkspace {
  readonly patterns: readonly string[];
  /** Patch files, relative to the folder of the file. */
  readonly patches: readonly string[];
  /** Names of all settings. */
  readonly keys: readonly string[];
}

export function readPnpmWorkspace(path: string, text: string): PnpmWorkspace | { readonly blocked: string } {
  let key = "";
  const keys: string[] = [];
  const found: Record<"packages" | "patchedDependencies", string[]> = { packages: [], patchedDependencies: [] };
  for (const line of text.split(/\r?\n/)) {
    const top = /^([\w-]+): *(.*)$/.exec(line);
    if (top) {
      key = top[1] ?? "";
      keys.push(key);
      if (!SETTINGS.test(key)) return { blocked: `${path} sets ${key}` };
      if (/^packages|^patched/.test(key) && !/^(#.*|\[\]|\{\})?$/.test(top[2] ?? ""))
        return { blocked: `${path} can't be read, at ${key}` };
      continue;
    }
    const value = /^\s*(?:-|\S.*?:) +(['"]?)(.+?)\1\s*(?:#.*)?$/.exec(line)?.[2];
    if (value === undefined) continue;
    if (/^(file|link|portal):/.test(value)) return { blocked: `${path} points to ${value}` };
    if (key === "packages" || key === "patchedDependencies") found[key].push(value);
  }
  return { patterns: found.packages, patches: found.patchedDependencies, keys };
}
