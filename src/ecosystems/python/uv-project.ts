/** What uv finds in a project: `pyproject.toml`, `uv.lock`, `uv.toml`, and the members of its workspace (uv-workspace, uv-settings). */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, foldersAbove, homeSettings, inFolder, linkAmong, unread } from "../blocked.ts";
import { placeOf } from "../places.ts";
import { isTable, readToml, stringsAt, type TomlTable, tableAt } from "../toml.ts";
import type { Surroundings } from "../types.ts";
import { environmentIn, normalized } from "./modules.ts";

/** A package of the project itself, as `uv.lock` has it. */
export interface LocalPackage {
  readonly name: string;
  /** Relative to the project's folder; "." is that. */
  readonly folder: string;
  /** A virtual one is never built. */
  readonly isVirtual: boolean;
  readonly isMember: boolean;
}

export interface UvProject {
  readonly context: BuildContext;
  readonly folder: string;
  readonly manifest: TomlTable;
  /** Undefined where there is none. */
  readonly lock: TomlTable | undefined;
  /** Relative to its folder. */
  readonly files: readonly string[];
  readonly locals: readonly LocalPackage[];
}

export function openUvProject(
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): UvProject | { readonly blocked: string } {
  const path = inFolder(folder, "pyproject.toml");
  const text = context.read(path);
  if (text === undefined) return { blocked: unread(context, path) };
  const manifest = readToml(text);
  if (!manifest) return { blocked: `${path} can't be read` };
  const lockPath = inFolder(folder, "uv.lock");
  const lock = context.has(lockPath) ? readToml(context.read(lockPath) ?? "=") : undefined;
  if (!lock && context.has(lockPath)) return { blocked: `${lockPath} can't be read` };
  const blocked =
    uvSettings(context, folder, manifest) ??
    uvEnvironment(context, folder, surroundings) ??
    homeSettings(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };

  const packages = lock && Array.isArray(lock.package) ? lock.package.filter(isTable) : [];
  const members = workspaceFolders(context, folder, manifest);
  const locals = packages.flatMap((each) => localPackage(each, members));
  const archives = packages.flatMap(({ source }) =>
    isTable(source) && typeof source.path === "string" ? [source.path] : [],
  );
  const own = ["uv.lock", "uv.toml", ".python-version", ".python-versions"];
  const files = [
    ...["pyproject.toml", ...own.filter((name) => context.has(inFolder(folder, name))), ...archives],
    ...members.map((member) => `${member}/pyproject.toml`),
  ];
  const missing = archives.find((archive) => archive.startsWith("/") || !context.has(posix.join(folder, archive)));
  if (missing !== undefined)
    return { blocked: `a package comes from ${missing}, which the build context does not have` };
  const link = linkAmong(
    context,
    files.map((file) => inFolder(folder, file)),
  );
  return link === undefined ? { context, folder, manifest, lock, files, locals } : { blocked: link };
}

function localPackage({ name, source }: TomlTable, members: readonly string[]): LocalPackage[] {
  if (!isTable(source) || typeof name !== "string") return [];
  const at = source.virtual ?? source.editable ?? source.directory;
  if (typeof at !== "string") return [];
  return [{ name, folder: at, isVirtual: "virtual" in source, isMember: at === "." || members.includes(at) }];
}

/** Folders of the workspace's members beside its root: those that `members` matches, with a manifest. */
export function workspaceFolders(context: BuildContext, folder: string, manifest: TomlTable): string[] {
  const workspace = tableAt(manifest, "tool", "uv", "workspace");
  const excluded = stringsAt(workspace, "exclude").flatMap((pattern) => matching(context, folder, pattern));
  const found = stringsAt(workspace, "members").flatMap((pattern) => matching(context, folder, pattern));
  return [...new Set(found)].filter(
    (path) => path !== "." && !excluded.includes(path) && context.has(posix.join(folder, path, "pyproject.toml")),
  );
}

/** Folders that a pattern of `*` and `?` matches; any, for `**`. */
function matching(context: BuildContext, folder: string, pattern: string): string[] {
  let found = ["."];
  for (const part of posix.normalize(pattern).replace(/\/$/, "").split("/")) {
    const test = new RegExp(
      `^${part
        .replace(/[.+^${}()|\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
    );
    const below = (at: string) =>
      context
        .list(posix.join(folder, at).replace(/^\.$/, ""))
        .map((name) => posix.join(at, name))
        .filter((path) => context.isFolder(posix.join(folder, path)));
    const deep = (at: string): string[] => [at, ...below(at).flatMap(deep)];
    found = found.flatMap((at) =>
      part === "**" ? deep(at) : part === "." ? [at] : below(at).filter((path) => test.test(posix.basename(path))),
    );
  }
  return found;
}

/** Settings that lead to other files: of the project, and of folders above, which uv reads where the project has none. */
export function uvSettings(context: BuildContext, folder: string, manifest: TomlTable): Blocker {
  for (const above of foldersAbove(folder)) {
    const [settings, other] = [inFolder(above, "uv.toml"), inFolder(above, "pyproject.toml")];
    if (context.has(settings)) return `uv may read ${settings}`;
    if (/\[tool\.uv\b/.test(context.read(other) ?? "")) return `${other} may make ${folder} a part of its workspace`;
  }
  const path = inFolder(folder, "uv.toml");
  const settings = context.has(path) ? readToml(context.read(path) ?? "=") : {};
  if (!settings) return `${path} can't be read`;
  for (const [where, table] of [
    [path, settings],
    [inFolder(folder, "pyproject.toml"), tableAt(manifest, "tool", "uv")],
  ] as const) {
    if ("cache-dir" in table) return `${where} sets cache-dir`;
    const indexes = Array.isArray(table.index) ? table.index.filter(isTable).map(({ url }) => url) : [];
    const own = { ...table, ...tableAt(table, "pip") };
    const addresses = [own["index-url"], own["extra-index-url"], own["find-links"], indexes].flat();
    const local = addresses.find((address) => address !== undefined && !/^https?:/.test(String(address)));
    if (local !== undefined) return `${where} looks for packages in ${local}`;
  }
  return undefined;
}

const FILES = [
  ...["UV_CONSTRAINT", "UV_OVERRIDE", "UV_BUILD_CONSTRAINT", "UV_EXCLUDE", "UV_CONFIG_FILE", "UV_ENV_FILE"],
  ...["UV_PROJECT", "UV_WORKING_DIR", "UV_WORKING_DIRECTORY"],
];
const INDEXES = ["UV_INDEX", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS"];
const FOLDERS = ["UV_CACHE_DIR", "UV_PYTHON_INSTALL_DIR", "VIRTUAL_ENV", "CONDA_PREFIX"];

/** Variables and environments that lead into the project. */
export function uvEnvironment(context: BuildContext, folder: string, { cwd, env }: Surroundings): Blocker {
  const own = env.has("UV_PROJECT_ENVIRONMENT") ? (env.get("UV_PROJECT_ENVIRONMENT") ?? "?") : ".venv";
  const at = placeOf(own, folder, cwd);
  const inside = at && at !== "outside" ? posix.join(folder, at.path) : undefined;
  if (at === undefined || inside === "." || inside === folder) return "it is not known where uv makes the environment";
  const there = inside !== undefined && (context.has(inside) || context.isFolder(inside)) ? inside : undefined;
  const found = environmentIn(context) ?? there;
  if (found !== undefined) return `the build context holds the virtual environment ${found}`;
  const index = INDEXES.find((name) => env.has(name) && !/^(\s*(\w+=)?https?:\S+)*\s*$/.test(env.get(name) ?? "?"));
  const folders = FOLDERS.find((name) => env.has(name) && placeOf(env.get(name) ?? ".", folder, cwd) !== "outside");
  const set = FILES.find((name) => env.has(name)) ?? index ?? folders;
  return set && `the environment sets ${set}`;
}

/** Settings of the resolution: whether the lock was made with the same ones is not looked into. */
const OF_RESOLUTION =
  /^(index|index-url|extra-index-url|find-links|constraint-dependencies|override-dependencies|exclude-dependencies|build-constraint-dependencies|dependency-metadata|environments|required-environments|conflicts|exclude-newer|exclude-newer-package|resolution|prerelease|fork-strategy|index-strategy|no-index|no-sources|no-binary|no-build|sources)$/;

/**
 * What makes uv look whether the lock is to be made anew. Undefined where it is in step: the same members, with the same requirements by
 * the same settings.
 */
export function outOfStep({ context, folder, manifest, lock, locals }: UvProject, { env }: Surroundings): Blocker {
  const said = `uv may write ${inFolder(folder, "uv.lock")} anew`;
  if (!lock) return `the build context has no ${inFolder(folder, "uv.lock")}`;
  const own = {
    ...tableAt(manifest, "tool", "uv"),
    ...(readToml(context.read(inFolder(folder, "uv.toml")) ?? "") ?? {}),
  };
  const setting =
    Object.keys(own).find((name) => OF_RESOLUTION.test(name)) ??
    Object.keys(tableAt(lock, "options"))[0] ??
    [...env.keys()].find((name) =>
      /^UV_(INDEX|DEFAULT_INDEX|EXTRA_INDEX|RESOLUTION|PRERELEASE|EXCLUDE|FORK|TORCH|NO_SOURCES|NO_INDEX)/.test(name),
    );
  if (setting !== undefined) return `${said}, since ${setting} is set`;
  const folders = [".", ...workspaceFolders(context, folder, manifest)];
  for (const at of folders) {
    const path = posix.join(folder, at, "pyproject.toml");
    const member = readToml(context.read(path) ?? "");
    const project = tableAt(member ?? {}, "project");
    const locked = locals.find((each) => each.folder === at && normalized(String(project.name)) === each.name);
    const packages = Array.isArray(lock.package) ? lock.package.filter(isTable) : [];
    const entry = packages.find(({ name }) => name === locked?.name);
    if (!member || !locked || !entry) return `${said}, since it does not have ${path}`;
    if (Array.isArray(project.dynamic) && project.dynamic.length > 0)
      return `${said}, since ${path} has dynamic metadata`;
    const isPackage = tableAt(member, "tool", "uv").package ?? "build-system" in member;
    if (isPackage === locked.isVirtual || !isSame(askedBy(member), lockedFor(entry)))
      return `${said}, since it is out of step with ${path}`;
  }
  const python = tableAt(manifest, "project")["requires-python"];
  const isAlike = folders.length > 1 || specifiers(String(python)) === specifiers(String(lock["requires-python"]));
  return isAlike ? undefined : `${said}, since requires-python is another one`;
}

function isSame(asked: readonly string[], locked: readonly string[]): boolean {
  return asked.join("\n") === locked.join("\n");
}

/** Requirements in one spelling: name, extras, versions, marker, and the extra or group that they are of. */
function askedBy(manifest: TomlTable): string[] {
  const project = tableAt(manifest, "project");
  const extras = Object.entries(tableAt(project, "optional-dependencies"));
  const groups = Object.entries(tableAt(manifest, "dependency-groups"));
  const legacy = stringsAt(tableAt(manifest, "tool", "uv"), "dev-dependencies");
  return [
    ...stringsAt(project, "dependencies").map((text) => spelled(text, "")),
    ...extras.flatMap(([name, asked]) =>
      [asked].flat().map((text) => spelled(String(text), `extra ${normalized(name)}`)),
    ),
    ...groups.flatMap(([name, asked]) =>
      [asked].flat().map((text) => spelled(String(text), `group ${normalized(name)}`)),
    ),
    ...legacy.map((text) => spelled(text, "group dev")),
  ].sort();
}

function spelled(requirement: string, of: string): string {
  const [, name = requirement, extras = "", rest = "", marker = ""] =
    /^\s*([\w.-]+)\s*(\[[^\]]*\])?\s*([^;]*)(?:;(.*))?$/s.exec(requirement) ?? [];
  return [normalized(name), extras.replace(/[[\]\s]/g, ""), specifiers(rest), spelledMarker(marker), of].join("|");
}

function specifiers(text: string): string {
  return text
    .replace(/[()\s]/g, "")
    .split(",")
    .sort()
    .join(",");
}

function spelledMarker(text: string): string {
  return text.replaceAll('"', "'").replace(/\s+/g, " ").trim();
}

function lockedFor(entry: TomlTable): string[] {
  const metadata = tableAt(entry, "metadata");
  const groups = Object.entries(tableAt(metadata, "requires-dev"));
  const list = (value: unknown) => (Array.isArray(value) ? value.filter(isTable) : []);
  const spell = (each: TomlTable, of: string) => {
    const marker = spelledMarker(String(each.marker ?? ""));
    const extra = /(?:^| and )extra == '([^']+)'$/.exec(marker);
    const extras = stringsAt(each, "extras").join(",");
    const where = extra ? `extra ${extra[1]}` : of;
    const own = extra ? marker.slice(0, extra.index) : marker;
    return [String(each.name), extras, specifiers(String(each.specifier ?? "")), own, where].join("|");
  };
  return [
    ...list(metadata["requires-dist"]).map((each) => spell(each, "")),
    ...groups.flatMap(([name, asked]) => list(asked).map((each) => spell(each, `group ${name}`))),
  ].sort();
}
