/** Whether `pnpm install` would leave its lock as it is: then it installs by it, frozen or not (`prefer-frozen-lockfile`, pnpm's default). */
import { inFolder } from "../blocked.ts";
import { objectOf, type PackageJson, stringsOf } from "./manifest.ts";
import type { Settings } from "./npmrc.ts";
import type { Workspace } from "./workspaces.ts";

/** By name, as `package.json` asks for it. */
type Specifiers = ReadonlyMap<string, string>;

/** `dependencies` and its kin. */
type Importer = ReadonlyMap<string, Specifiers>;

const KINDS = ["dependencies", "devDependencies", "optionalDependencies"] as const;

/** Fields by which a manifest changes what a lock says. */
const CHANGING = ["overrides", "packageExtensions", "patchedDependencies", "ignoredOptionalDependencies"];

/** Settings that have a say in what a lock says. */
const DECIDING =
  /^(auto-install-peers|exclude-links-from-lockfile|inject-workspace-packages|link-workspace-packages|prefer-workspace-packages|shared-workspace-lockfile|dedupe-\S+|peers-suffix-max-length|lockfile-include-tarball-url|prefer-frozen-lockfile|resolution-mode|save-workspace-protocol|git-branch-lockfile|merge-git-branch-lockfiles\S*)$/;

/** `9.0` of `lockfileVersion: '9.0'`. */
export function formOf(lock: string): string | undefined {
  return /^lockfileVersion: *'?([\d.]+)/m.exec(lock)?.[1];
}

interface Asked {
  /** In the context. */
  readonly folder: string;
  readonly manifest: PackageJson;
  readonly members: readonly Workspace[];
  readonly settings: Settings;
  /** Settings of `pnpm-workspace.yaml`, as it names them. */
  readonly workspaceKeys: readonly string[];
  /** Whether any version of pnpm that may run reads the lock, or does without it: its form is of no account then. */
  readonly anyForm?: boolean;
}

/**
 * What the lock does not say, or what makes it hard to tell, in words that complete "pnpm install would bring it in step with". Undefined
 * where it is in step: checked against pnpm 8, 9, 10 and 12.
 */
export function pnpmOutOfStep(
  text: string,
  { folder, manifest, members, settings, workspaceKeys, anyForm = false }: Asked,
): string | undefined {
  const major = /^pnpm@(\d+)/.exec(String(manifest.raw.packageManager ?? ""))?.[1];
  const written = formOf(text);
  const expected = major === "8" ? /^6\.[01]$/ : Number(major) >= 9 ? /^9\.0$/ : /^$/;
  if (!anyForm && !expected.test(written ?? "")) return `packageManager of ${manifest.path}`;
  const field =
    CHANGING.find((name) => objectOf(manifest.raw.pnpm)?.[name] !== undefined) ??
    (manifest.raw.resolutions === undefined ? undefined : "resolutions");
  if (field !== undefined) return `${field} of ${manifest.path}`;
  const key = workspaceKeys.find(
    (name) => !/^(packages|\w+BuiltDependencies|allowBuilds|strictDepBuilds|nodeLinker)$/.test(name),
  );
  if (key !== undefined) return `${key} of pnpm-workspace.yaml`;
  const setting = [...settings.keys()].find((name) => DECIDING.test(name));
  if (setting !== undefined) return setting;
  if (!/^settings:\r?\n {2}autoInstallPeers: true\r?\n {2}excludeLinksFromLockfile: false\r?\n(?! )/m.test(text))
    return "its settings";
  const [, section] =
    /^(overrides|onlyBuiltDependencies|packageExtensionsChecksum|patchedDependencies|pnpmfileChecksum|ignoredOptionalDependencies|catalogs):/m.exec(
      text,
    ) ?? [];
  if (section !== undefined) return `its own ${section}`;

  const importers = importersOf(text);
  const all = [{ folder, manifest }, ...members];
  const names = new Set(members.map((member) => member.manifest.name));
  const listed = new Set(all.map((each) => each.folder));
  const gone = [...importers.keys()].find((path) => !listed.has(path === "." ? folder : inFolder(folder, path)));
  if (gone !== undefined) return `the missing ${gone}`;
  for (const each of all) {
    const at = each.folder === folder ? "." : folder === "" ? each.folder : each.folder.slice(folder.length + 1);
    const changed = changedIn(each.manifest, importers.get(at) ?? new Map(), names);
    if (changed !== undefined) return `${changed} of ${each.manifest.path}`;
  }
  return undefined;
}

function changedIn(
  { raw }: PackageJson,
  importer: Importer,
  members: ReadonlySet<string | undefined>,
): string | undefined {
  if (raw.dependenciesMeta !== undefined) return "dependenciesMeta";
  if (raw.peerDependencies !== undefined) return "peerDependencies";
  const seen = new Set<string>();
  for (const kind of KINDS) {
    const asked = stringsOf(raw[kind]);
    const locked = importer.get(kind) ?? new Map();
    const other = asked.find(
      ([name, specifier]) =>
        locked.get(name) !== specifier || seen.has(name) || (members.has(name) && !specifier.startsWith("workspace:*")),
    );
    if (other) return other[0];
    for (const [name] of asked) seen.add(name);
    const gone = [...locked.keys()].find((name) => !asked.some(([wanted]) => wanted === name));
    if (gone !== undefined) return gone;
  }
  return undefined;
}

/** By path from the lock's folder. A lock of version 6 without the section has the root's kinds at its top. */
function importersOf(text: string): ReadonlyMap<string, Importer> {
  const section = /^importers:\r?\n((?:(?: .*)?\r?\n)*)/m.exec(`${text}\n`)?.[1];
  if (section === undefined) return new Map([[".", kindsOf(text, "")]]);
  const blocks = section.split(/\n(?= {2}\S)/);
  return new Map(
    blocks.flatMap((block) => {
      const path = /^ {2}(['"]?)([^\s'"].*?)\1:/.exec(block.replace(/^\s*\n/, ""))?.[2];
      return path === undefined ? [] : [[path, kindsOf(block, "    ")] as const];
    }),
  );
}

function kindsOf(text: string, indent: string): Importer {
  return new Map(
    KINDS.map((kind) => {
      const body = new RegExp(`^${indent}${kind}:\\r?\\n((?:${indent} .*\\r?\\n)*)`, "m").exec(`${text}\n`)?.[1] ?? "";
      const entries = [
        ...body.matchAll(
          new RegExp(`^${indent}  (['"]?)([^\\s'"].*?)\\1:\\r?\\n${indent}    specifier: (['"]?)(.*?)\\3\\r?$`, "gm"),
        ),
      ];
      return [kind, new Map(entries.map(([, , name, , specifier]) => [name!, specifier!]))];
    }),
  );
}
