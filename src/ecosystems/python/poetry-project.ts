/** What Poetry finds in a project: `pyproject.toml`, `poetry.lock` and `poetry.toml`. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, homeSettings, inFolder, linkAmong, unread, versionFiles } from "../blocked.ts";
import { placeOf } from "../places.ts";
import { isTable, readToml, type TomlTable, tableAt } from "../toml.ts";
import type { Surroundings } from "../types.ts";
import { environmentIn, shadowed, takenForValue } from "./modules.ts";

export interface PoetryProject {
  /** Relative to its folder. */
  readonly files: readonly string[];
  /** Folders of its virtual environment and caches, where they lie in it; and the lock that it would make. */
  readonly writes: readonly string[];
  /** Undefined where there is none. */
  readonly lock: TomlTable | undefined;
  /** Names of the packages that are locked. */
  readonly packages: readonly string[];
  /** Folders that packages are built from. */
  readonly folders: readonly string[];
  /** Whether the project itself is a package. */
  readonly isPackage: boolean;
}

export function openPoetryProject(
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): PoetryProject | { readonly blocked: string } {
  const path = inFolder(folder, "pyproject.toml");
  const text = context.read(path);
  if (text === undefined) return { blocked: unread(context, path) };
  const manifest = readToml(text);
  if (!manifest) return { blocked: `${path} can't be read` };

  const lockPath = inFolder(folder, "poetry.lock");
  const lock = context.has(lockPath) ? readToml(context.read(lockPath) ?? "=") : undefined;
  if (!lock && context.has(lockPath)) return { blocked: `${lockPath} can't be read` };
  const settings = settingsOf(context, folder, surroundings);
  if ("blocked" in settings) return settings;
  const blocked =
    plugin(manifest, path) ??
    environment(context, folder, surroundings) ??
    prompt(context, folder, manifest, surroundings) ??
    homeSettings(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };
  const versions = versionFiles(context, folder, surroundings.base);
  if ("blocked" in versions) return versions;

  const packages = lock && Array.isArray(lock.package) ? lock.package.filter(isTable) : [];
  const local = localPackages(context, folder, manifest, packages);
  if ("blocked" in local) return local;
  const present = ["poetry.lock", "poetry.toml"].filter((name) => context.has(inFolder(folder, name)));
  const files = [...new Set(["pyproject.toml", ...present, ...local.files, ...versions.files])];
  const link = linkAmong(
    context,
    files.map((file) => inFolder(folder, file)),
  );
  if (link !== undefined) return { blocked: link };
  return {
    files,
    writes: [".venv", ...settings.writes, ...(lock ? [] : ["poetry.lock"])],
    lock,
    packages: packages.flatMap(({ name }) => (typeof name === "string" ? [name] : [])),
    folders: local.folders,
    isPackage: tableAt(manifest, "tool", "poetry")["package-mode"] !== false,
  };
}

/** Plugins that Poetry installs for the project, or that change what it does (poetry-dynamic-versioning reads the repository). */
function plugin(manifest: TomlTable, path: string): Blocker {
  if ("requires-plugins" in tableAt(manifest, "tool", "poetry")) return `${path} has requires-plugins`;
  const table = Object.keys(tableAt(manifest, "tool")).find((name) => /^poetry-/.test(name));
  return table && `${path} has settings of a plugin, [tool.${table}]`;
}

function environment(context: BuildContext, folder: string, surroundings: Surroundings): Blocker {
  const venv = inFolder(folder, ".venv");
  const found = environmentIn(context) ?? (context.has(venv) || context.isFolder(venv) ? venv : undefined);
  if (found !== undefined) return `the build context holds the virtual environment ${found}`;
  const plugins = inFolder(folder, ".poetry");
  if (context.has(plugins) || context.isFolder(plugins)) return `${plugins} may hold plugins of Poetry`;
  const module = shadowed(context, folder, surroundings, {});
  return module && `PYTHONPATH would import ${module} of the project`;
}

/** An environment is called by the setting `virtualenvs.prompt`. */
function prompt(context: BuildContext, folder: string, manifest: TomlTable, { env }: Surroundings): Blocker {
  const settings = readToml(context.read(inFolder(folder, "poetry.toml")) ?? "") ?? {};
  const { prompt: own = "{project_name}-py{python_version}" } = tableAt(settings, "virtualenvs");
  const template = env.has("POETRY_VIRTUALENVS_PROMPT") ? env.get("POETRY_VIRTUALENVS_PROMPT") : String(own);
  const { name } = { ...tableAt(manifest, "tool", "poetry"), ...tableAt(manifest, "project") };
  const [start = "", end] = template?.replaceAll("{project_name}", String(name)).split("{python_version}") ?? ["", ""];
  return takenForValue(context, folder, (file) =>
    end === undefined ? file === start : file.startsWith(start) && file.endsWith(end),
  );
}

/** Where `poetry.toml` and the environment send virtual environments and caches (Poetry, config/config.py). */
function settingsOf(
  context: BuildContext,
  folder: string,
  { cwd, env }: Surroundings,
): { readonly writes: readonly string[] } | { readonly blocked: string } {
  const path = inFolder(folder, "poetry.toml");
  const table = readToml(context.read(path) ?? "");
  if (!table) return { blocked: `${path} can't be read` };
  const own = [table["cache-dir"], table["data-dir"], tableAt(table, "virtualenvs").path];
  const set = ["POETRY_CACHE_DIR", "POETRY_DATA_DIR", "POETRY_VIRTUALENVS_PATH", "VIRTUAL_ENV"];
  const places = [...own, ...set.map((name) => (env.has(name) ? (env.get(name) ?? 0) : undefined))];
  const writes: string[] = [];
  for (const place of places) {
    if (place === undefined || (typeof place === "string" && /^[~{]/.test(place))) continue;
    const at = typeof place === "string" ? placeOf(place, folder, cwd) : undefined;
    if (at === undefined) return { blocked: "it is not known where Poetry writes" };
    if (at === "outside") continue;
    if (/^\.\.?(\/|$)/.test(at.path)) return { blocked: `Poetry writes into ${place}, where the sources lie` };
    writes.push(at.path);
  }
  return { writes };
}

interface Local {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Packages by path: in the lock, and in any group of the manifest, since Poetry looks whether they are there. */
function localPackages(
  context: BuildContext,
  folder: string,
  manifest: TomlTable,
  packages: readonly TomlTable[],
): Local | { readonly blocked: string } {
  const locked = packages.flatMap(({ source }) =>
    isTable(source) && (source.type === "file" || source.type === "directory") ? [String(source.url)] : [],
  );
  const files: string[] = [];
  const folders: string[] = [];
  for (const named of new Set([...locked, ...pathsIn(manifest)].map((path) => posix.normalize(path)))) {
    const full = posix.join(folder, named);
    if (named.startsWith("/") || full.startsWith("..")) return { blocked: `a package comes from ${named}, elsewhere` };
    if (context.isFolder(full)) folders.push(named);
    else if (context.has(full)) files.push(named);
    else return { blocked: `the build context has no ${full}, which a package comes from` };
  }
  return { files, folders };
}

/** `path` of dependencies, and addresses of files. */
function pathsIn(manifest: TomlTable): string[] {
  const poetry = tableAt(manifest, "tool", "poetry");
  const groups = Object.values(tableAt(poetry, "group")).filter(isTable);
  const tables = [poetry, ...groups].flatMap((table) => [
    tableAt(table, "dependencies"),
    tableAt(table, "dev-dependencies"),
  ]);
  const own = tables.flatMap((table) =>
    Object.values(table).flatMap((value) => (Array.isArray(value) ? value : [value])),
  );
  const paths = own.flatMap((value) => (isTable(value) && typeof value.path === "string" ? [value.path] : []));
  const project = tableAt(manifest, "project");
  const named = [project.dependencies, ...Object.values(tableAt(project, "optional-dependencies"))].flat();
  const local = named.flatMap((text) => /@\s*file:(?:\/\/)?(\S+)/.exec(String(text))?.[1] ?? []);
  return [...paths, ...local];
}
