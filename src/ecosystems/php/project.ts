/** `composer.json` and `composer.lock`, as far as an install reads them. */
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, foldersAbove, inFolder, unread } from "../blocked.ts";
import { allStrings, objectOf, parseJson } from "../node/manifest.ts";
import type { Surroundings } from "../types.ts";

type Json = Readonly<Record<string, unknown>>;

/** What one run of Composer is told to do, by its options, the environment and `composer.json`. */
export interface Run {
  /** Names of options without values that are set, long: `--no-dev`. */
  readonly options: ReadonlySet<string>;
  readonly dev: boolean;
}

export interface Package {
  readonly name: string;
  readonly type: string;
  readonly raw: Json;
}

export interface Project {
  readonly context: BuildContext;
  /** In the context; "" is its root. */
  readonly folder: string;
  readonly surroundings: Surroundings;
  /** Relative to the folder. */
  readonly manifest: string;
  readonly lock: string;
  readonly json: Json;
  /** What the lock names for this run; undefined where the context has no lock. */
  readonly packages: readonly Package[] | undefined;
  /** Relative to the folder, without a final slash. */
  readonly vendor: string;
  readonly bin: string;
}

/** Variables that neither lead Composer to other files nor change what it makes of the project. */
const HARMLESS =
  /^COMPOSER_(ALLOW_SUPERUSER|NO_INTERACTION|AUTH|DISABLE_NETWORK|DISABLE_XDEBUG_WARN|FUND|IPRESOLVE|MAX_PARALLEL_\w+|MEMORY_LIMIT|PROCESS_TIMEOUT|DISCARD_CHANGES|NO_AUDIT|NO_DEV|ROOT_VERSION|VERSION|HOME|CACHE_DIR|VENDOR_DIR|BIN_DIR|MIRROR_PATH_REPOS|CAFILE|NO_BLOCKING|NO_SECURITY_BLOCKING|IGNORE_PLATFORM_REQS?|PREFER_STABLE|HTACCESS_PROTECT|HASH|SHA\w*|INSTALLER_\w+|PHAR_\w+|URL|BINARY)$/;

/** The project in `folder`, or why there is none. */
export function openProject(
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
  { dev }: Run,
): Project | { readonly blocked: string } {
  const { env } = surroundings;
  const manifest = env.has("COMPOSER") ? env.get("COMPOSER") : "composer.json";
  if (manifest === undefined || !/^[\w-][\w.-]*\.json$/.test(manifest))
    return { blocked: "COMPOSER names the manifest in a way that refit does not follow" };
  const lock = manifest.replace(/json$/, "lock");
  const path = inFolder(folder, manifest);
  const text = context.read(path);
  if (text === undefined) return { blocked: unread(context, path) };
  const json = objectOf(parseJson(text));
  if (!json) return { blocked: `${path} can't be read` };
  const blocked = environment(surroundings) ?? settingsBlocker(path, json);
  if (blocked !== undefined) return { blocked };

  const packages = packagesOf(context, inFolder(folder, lock), dev);
  if (packages !== undefined && "blocked" in packages) return packages;
  const config = objectOf(json.config) ?? {};
  const vendor = folderText(
    env.has("COMPOSER_VENDOR_DIR") ? env.get("COMPOSER_VENDOR_DIR") : config["vendor-dir"],
    "vendor",
  );
  const bin = folderText(
    env.has("COMPOSER_BIN_DIR") ? env.get("COMPOSER_BIN_DIR") : config["bin-dir"],
    `${vendor}/bin`,
  );
  if (vendor === undefined || bin === undefined)
    return { blocked: `${path} puts packages where refit does not follow` };
  return {
    context,
    folder,
    surroundings,
    manifest,
    lock,
    json,
    packages,
    vendor,
    bin: bin.replace("{$vendor-dir}", vendor),
  };
}

function environment({ env, cwd }: Surroundings): Blocker {
  const odd = [...env.keys()].find((name) => name.startsWith("COMPOSER_") && !HARMLESS.test(name));
  if (odd !== undefined) return `the environment sets ${odd}`;
  const near = ["COMPOSER_HOME", "COMPOSER_CACHE_DIR", "PHP_INI_SCAN_DIR", "PHPRC"].find((name) => {
    const value = env.get(name) ?? "";
    return env.has(name) && (!value.startsWith("/") || cwd === undefined || `${value}/`.startsWith(`${cwd}/`));
  });
  return near && `${near} may lead into the project`;
}

/** Settings of `config` that move files, caches aside. */
function settingsBlocker(path: string, json: Json): Blocker {
  const config = objectOf(json.config) ?? {};
  const moved = [
    "home",
    "cache-dir",
    "data-dir",
    "cache-files-dir",
    "cache-repo-dir",
    "cache-vcs-dir",
    "cafile",
    "capath",
  ];
  const key = moved.find((name) => config[name] !== undefined);
  return key && `${path} sets ${key}`;
}

function folderText(value: unknown, fallback: string): string | undefined {
  if (value === undefined) return fallback;
  const text = typeof value === "string" ? value.replace(/^\.\//, "").replace(/\/+$/, "") : "..";
  return /^(\{\$vendor-dir\}|[\w.-]+)(\/[\w.-]+)*$/.test(text) && !text.split("/").includes("..") ? text : undefined;
}

function packagesOf(
  context: BuildContext,
  path: string,
  dev: boolean,
): readonly Package[] | undefined | { readonly blocked: string } {
  if (!context.has(path)) return undefined;
  const json = objectOf(parseJson(context.read(path)));
  const lists = [json?.packages, ...(dev ? [json?.["packages-dev"] ?? []] : [])];
  if (!json || !lists.every(Array.isArray)) return { blocked: `${path} can't be read` };
  return lists.flat().flatMap((each): Package[] => {
    const raw = objectOf(each) ?? {};
    return [{ name: String(raw.name), type: typeof raw.type === "string" ? raw.type : "library", raw }];
  });
}

/** Events in whose names `composer.json` runs scripts. Every other name is a script to be called. */
export function eventsOf({ json }: Project): string[] {
  const events =
    /^((pre|post)-(install|update|package-install|package-update|package-uninstall|status)(-cmd)?|(pre|post)-autoload-dump|init|command|pre-command-run|(pre|post)-(file-download|operations-exec|pool-create|archive-cmd))$/;
  return Object.entries(objectOf(json.scripts) ?? {}).flatMap(([name, listeners]) =>
    events.test(name) && allStrings(listeners).length > 0 ? [name] : [],
  );
}

/** What Composer asks for the version of the project where neither `composer.json` nor the environment says it. */
export function versionControl({ context, folder, json, surroundings: { env } }: Project): Blocker {
  if (json.version !== undefined || (env.has("COMPOSER_ROOT_VERSION") && env.get("COMPOSER_ROOT_VERSION") !== ""))
    return undefined;
  const places = [folder, ...foldersAbove(folder)];
  const found = places
    .flatMap((at) => [".git", ".hg", ".svn", ".fslckout", "_FOSSIL_"].map((name) => inFolder(at, name)))
    .find((path) => context.has(path) || context.isFolder(path));
  return found && `composer asks ${found} for the version of the project; keep it out with .dockerignore`;
}
