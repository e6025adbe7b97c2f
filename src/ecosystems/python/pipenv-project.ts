/** What Pipenv finds in a project: `Pipfile`, `Pipfile.lock` and `.env`. */
import { createRequire } from "node:module";
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, homeSettings, inFolder, linkAmong, unread, versionFiles } from "../blocked.ts";
import { objectOf, parseJson } from "../node/manifest.ts";
import { placeOf } from "../places.ts";
import { isTable, readToml, type TomlTable } from "../toml.ts";
import type { Surroundings } from "../types.ts";
import { environmentIn, normalized, shadowed } from "./modules.ts";

export interface PipenvProject {
  readonly path: string;
  readonly pipfile: TomlTable;
  /** Undefined where there is none. */
  readonly lock: { readonly path: string; readonly hash: unknown } | undefined;
  /** Relative to its folder. */
  readonly files: readonly string[];
  readonly writes: readonly string[];
}

export function openPipenvProject(
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): PipenvProject | { readonly blocked: string } {
  const path = inFolder(folder, "Pipfile");
  const text = context.read(path);
  if (text === undefined) return { blocked: unread(context, path) };
  const pipfile = readToml(text);
  if (!pipfile) return { blocked: `${path} can't be read` };
  const lockPath = inFolder(folder, "Pipfile.lock");
  const lock = objectOf(parseJson(context.read(lockPath)));
  if (!lock && context.has(lockPath)) return { blocked: `${lockPath} can't be read` };

  const blocked = environment(context, folder, surroundings) ?? homeSettings(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };
  const versions = versionFiles(context, folder, surroundings.base);
  if ("blocked" in versions) return versions;
  const variables = dotenv(context, folder, surroundings);
  if ("blocked" in variables) return variables;
  const local = localPackages(context, folder, [pipfile, lock ?? {}]);
  if ("blocked" in local) return local;
  const files = [
    ...new Set(["Pipfile", ...(lock ? ["Pipfile.lock"] : []), ...variables.files, ...local.files, ...versions.files]),
  ];
  const link = linkAmong(
    context,
    files.map((file) => inFolder(folder, file)),
  );
  if (link !== undefined) return { blocked: link };
  return {
    path,
    pipfile,
    lock: lock && { path: lockPath, hash: objectOf(objectOf(lock._meta)?.hash)?.sha256 },
    files,
    writes: [".venv", ...(lock ? [] : ["Pipfile.lock"]), ...local.writes],
  };
}

const ELSEWHERE = [
  "PIPENV_PIPFILE",
  "PIPENV_DOTENV_LOCATION",
  "PIP_SRC",
  "PIP_TARGET",
  "PIP_PREFIX",
  "PIP_CONFIG_FILE",
];
const FOLDERS = ["VIRTUAL_ENV", "WORKON_HOME", "PIPENV_CACHE_DIR"];

function environment(context: BuildContext, folder: string, surroundings: Surroundings): Blocker {
  const { cwd, env } = surroundings;
  const venv = inFolder(folder, ".venv");
  const found = environmentIn(context) ?? (context.has(venv) || context.isFolder(venv) ? venv : undefined);
  if (found !== undefined) return `the build context holds the virtual environment ${found}`;
  const module = shadowed(context, folder, surroundings, {});
  if (module !== undefined) return `PYTHONPATH would import ${module} of the project`;
  const set =
    [...ELSEWHERE, "PIP_REQUIREMENT", "PIP_CONSTRAINT", "PIP_FIND_LINKS"].find((name) => env.has(name)) ??
    FOLDERS.find((name) => env.has(name) && placeOf(env.get(name) ?? ".", folder, cwd) !== "outside");
  return set && `the environment sets ${set}`;
}

/** Variables that Pipenv takes from `.env`, since 2018 for programs that it runs, later for an install as well. */
function dotenv(
  context: BuildContext,
  folder: string,
  { env }: Surroundings,
): { readonly files: readonly string[] } | { readonly blocked: string } {
  const path = inFolder(folder, ".env");
  if (!context.has(path) || /^(1|true|yes|on)$/i.test(env.get("PIPENV_DONT_LOAD_ENV") ?? "")) return { files: [] };
  const name = /^\s*(?:export\s+)?((?:PIP|PIPENV|PYTHON|VIRTUAL_ENV|WORKON|HOME|PATH)\w*)\s*=/m.exec(
    context.read(path) ?? "PIP=",
  )?.[1];
  return name === undefined ? { files: [".env"] } : { blocked: `${path} sets ${name}` };
}

/** Packages by path or file, in any category; editable checkouts may go into `src`. */
function localPackages(
  context: BuildContext,
  folder: string,
  tables: readonly Readonly<Record<string, unknown>>[],
): { readonly files: readonly string[]; readonly writes: readonly string[] } | { readonly blocked: string } {
  const files: string[] = [];
  const writes: string[] = [];
  const packages = tables.flatMap((table) => Object.values(table).filter(isTable)).flatMap(Object.entries);
  for (const [name, asked] of packages) {
    if (!isTable(asked)) continue;
    const { path, file, editable } = asked;
    const named = typeof path === "string" ? path : typeof file === "string" ? file : undefined;
    if (named === undefined) {
      if (editable) writes.push(`src/${name}`, `src/${normalized(name)}`);
    } else if (!/^https?:/.test(named)) {
      const at = posix.join(folder, named);
      if (/^[/~]|^\w+:/.test(named) || !context.has(at)) return { blocked: `${name} is built from ${named}` };
      files.push(posix.normalize(named));
    }
  }
  return { files, writes: [...new Set(writes)] };
}

/** The hash that `Pipfile.lock` has of the Pipfile that it is made from (plette, pipfiles.py). */
export function pipfileHash(pipfile: TomlTable): string {
  const { source, requires = {}, packages = {}, "dev-packages": develop = {}, ...others } = pipfile;
  const known = ["pipenv", "scripts", "default", "develop", "pipfile"];
  const categories = Object.entries(others).filter(([name]) => !known.includes(name));
  const data = { _meta: { sources: source, requires }, default: packages, develop, ...Object.fromEntries(categories) };
  // Not loaded with the module: it would take a tenth of the start of the tool, which hardly ever meets a Pipfile.
  const { createHash } = createRequire(import.meta.url)("node:crypto") as typeof import("node:crypto");
  return createHash("sha256").update(pythonJson(data)).digest("hex");
}

/** As Python's `json.dumps(value, sort_keys=True, separators=(",", ":"))`. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(",")}]`;
  if (isTable(value)) {
    const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
    return `{${keys.map((key) => `${pythonJson(key)}:${pythonJson(value[key])}`).join(",")}}`;
  }
  const text = JSON.stringify(value) ?? "null";
  return text.replace(/[\x7f-\uffff]/g, (character) =>
    character === "\x7f" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
