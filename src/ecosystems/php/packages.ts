/** Packages of `composer.lock` that come from the project itself, and where packages go. */
import { posix } from "node:path";
import { type Blocker, filesBelow, foldersAbove, inFolder } from "../blocked.ts";
import { allStrings, objectOf } from "../node/manifest.ts";
import type { Package, Project, Run } from "./project.ts";

/** Plugins that do nothing while packages are installed, or nothing new the second time, and read none of the sources. */
const KNOWN_PLUGINS =
  /^(composer\/(installers|package-versions-deprecated)|symfony\/(runtime|thanks)|php-http\/discovery|phpstan\/extension-installer|pestphp\/pest-plugin|ergebnis\/composer-normalize|kylekatarnls\/update-helper)$/;

/** Types of packages that composer/installers leaves in the vendor folder. */
const IN_VENDOR =
  /^(library|metapackage|project|composer-(plugin|installer)|symfony-(bundle|bridge)|phpstan-extension|phpcodesniffer-standard|php-ext\S*)$/;

/** A plugin, of those that would run, of which refit does not know what it does. */
export function unknownPlugin({ packages = [] }: Project, { options }: Run): Package | undefined {
  if (options.has("--no-plugins")) return undefined;
  return packages.filter(isPlugin).find(({ name }) => !KNOWN_PLUGINS.test(name));
}

function isPlugin({ type }: Package): boolean {
  return /^composer-(plugin|installer)$/.test(type);
}

/** What plugins may read of the sources. */
export function pluginsRead(project: Project, run: Run): Blocker {
  const { packages = [], folder, lock, json, manifest } = project;
  if (run.options.has("--no-plugins")) return undefined;
  const plugins = packages.filter(isPlugin);
  const unknown = unknownPlugin(project, run);
  if (unknown !== undefined) return `the plugin ${unknown.name} of ${inFolder(folder, lock)} may read the sources`;
  const extra = objectOf(json.extra) ?? {};
  const asked = objectOf(extra.runtime)?.autoload_template === undefined ? "discovery" : "runtime";
  const isAsked = plugins.length > 0 && (asked === "runtime" || extra.discovery !== undefined);
  return isAsked ? `extra.${asked} of ${inFolder(folder, manifest)} tells a plugin what to read` : undefined;
}

/** Where packages and their programs go, relative to the project. */
export function placesOf(project: Project, { options }: Run): readonly string[] | { readonly blocked: string } {
  const { packages, vendor, bin, json, folder, manifest } = project;
  const programs = (packages ?? []).flatMap(({ raw }) => allStrings(raw.bin).map((path) => posix.basename(path)));
  const isOutside = bin !== vendor && !bin.startsWith(`${vendor}/`);
  const binaries = isOutside ? (packages ? programs.map((name) => `${bin}/${name}`) : [bin]) : [];
  const places = [vendor, ...binaries];
  if (!packages?.some(({ name }) => name === "composer/installers") || options.has("--no-plugins")) return places;

  const rules = Object.entries(objectOf(objectOf(json.extra)?.["installer-paths"]) ?? {});
  for (const { name, type } of packages) {
    if (IN_VENDOR.test(type)) continue;
    const names = [name, `type:${type}`, `vendor:${name.split("/")[0]}`];
    const rule = rules.find(([, asked]) => allStrings(asked).some((each) => names.includes(each)));
    const place = rule?.[0].replace(/\{.*/s, "").replace(/^\.\//, "").replace(/\/+$/, "");
    if (!place || /^\/|(^|\/)\.\.(\/|$)|[{$]/.test(place))
      return {
        blocked: `${inFolder(folder, manifest)} does not say plainly where ${name} of type ${type} is installed`,
      };
    places.push(place);
  }
  return [...new Set(places)];
}

/** What of the context already lies where packages go. */
export function inTheWay({ context, folder }: Project, places: readonly string[]): Blocker {
  const paths = places.map((place) => inFolder(folder, place));
  const above = paths.flatMap((path) => foldersAbove(path)).filter((path) => path !== "");
  const found =
    above.find(context.has) ?? paths.find((path) => context.has(path) || filesBelow(context, path).length > 0);
  return found && `the build context holds ${found}, where packages are installed; keep it out with .dockerignore`;
}

/** A package that lies in the project. */
export interface LocalPackage {
  readonly package: Package;
  /** Relative to the project. */
  readonly path: string;
  /** Copied into the vendor folder; otherwise a link leads to it. */
  readonly isCopied: boolean;
}

export interface Local {
  readonly packages: readonly LocalPackage[];
  /** Archives, relative to the project. */
  readonly archives: readonly string[];
}

/** Packages and archives that are installed from the project. */
export function localPackages(project: Project, { options }: Run): Local | { readonly blocked: string } {
  const { context, folder, surroundings, lock } = project;
  const found: LocalPackage[] = [];
  const archives: string[] = [];
  for (const each of project.packages ?? []) {
    const dist = objectOf(each.raw.dist);
    const source = objectOf(each.raw.source);
    const fromSource = !dist || options.has("--prefer-source") || objectOf(project.json.config)?.["preferred-install"];
    const odd = { blocked: `${inFolder(folder, lock)} takes ${each.name} from a path that refit does not follow` };
    if (fromSource && source && isLocal(source.url)) return odd;
    if (!dist || !isLocal(dist.url)) continue;
    const path = posix.normalize(String(dist.url).replace(/\/+$/, ""));
    const cwd = surroundings.cwd;
    if (path.startsWith("/") || path.startsWith("file:")) {
      if (cwd === undefined || path.replace(/^file:\/*/, "/").startsWith(`${cwd}/`)) return odd;
      continue;
    }
    const inContext = inFolder(folder, path);
    if (path.startsWith("..")) return odd;
    if (dist.type !== "path") {
      if (!context.has(inContext)) return odd;
      archives.push(path);
      continue;
    }
    if (filesBelow(context, inContext).length === 0) return odd;
    const mirrors = surroundings.env.get("COMPOSER_MIRROR_PATH_REPOS") ?? "";
    const isCopied = objectOf(each.raw["transport-options"])?.symlink === false || !/^(0|false|)$/.test(mirrors);
    found.push({ package: each, path, isCopied });
  }
  return { packages: found, archives };
}

function isLocal(url: unknown): boolean {
  return typeof url !== "string" || url.startsWith("file:") || !/^[a-z][a-z+.-]*:\/\/|^[\w.-]+@[\w.-]+:/i.test(url);
}

/** Files without which `local` could not be installed: all of a package that is copied, one file of a package that is linked. */
export function filesOfLocal({ context, folder }: Project, local: Local): string[] {
  const below = local.packages.flatMap(({ path, isCopied }) => {
    const files = filesBelow(context, inFolder(folder, path));
    const manifest = inFolder(folder, `${path}/composer.json`);
    return isCopied ? files : [context.has(manifest) ? manifest : (files[0] ?? manifest)];
  });
  return [...local.archives, ...below.map((path) => posix.relative(folder, path))];
}

/** What makes Composer look for classes in the sources when it writes the autoloader. */
export function scanned(project: Project, { options, dev }: Run, local: Local): Blocker {
  if (options.has("--no-autoloader")) return undefined;
  const { json, folder, manifest } = project;
  const path = inFolder(folder, manifest);
  const config = objectOf(json.config) ?? {};
  const optimizes =
    [...options].some((name) => /^--(optimize|classmap-auth)/.test(name)) ||
    config["optimize-autoloader"] === true ||
    config["classmap-authoritative"] === true;
  const rules = [
    { name: path, autoload: objectOf(json.autoload) },
    ...(dev ? [{ name: path, autoload: objectOf(json["autoload-dev"]) }] : []),
    ...local.packages
      .filter(({ isCopied }) => !isCopied)
      .map(({ package: { raw, name } }) => ({ name, autoload: objectOf(raw.autoload) })),
  ];
  for (const { name, autoload = {} } of rules) {
    if (allStrings(autoload.classmap).length > 0)
      return `the autoloader of ${name} lists the classes in ${allStrings(autoload.classmap)[0]}`;
    const prefixes = ["psr-4", "psr-0"].flatMap((kind) => allStrings(autoload[kind]));
    if (optimizes && prefixes.length > 0) return `an optimized autoloader lists all classes of ${name}`;
  }
  return undefined;
}
