import type { BuildContext } from "../context/types.ts";
import { type Blocker, unknownOption } from "./blocked.ts";
import { type Arguments, argumentsOf } from "./call.ts";
import { commandText } from "./command-text.ts";
import { placeOf } from "./places.ts";
import { builtPythonApp } from "./python/builds.ts";
import { isPoetrysOwn } from "./python/modules.ts";
import { systemPlaces } from "./python/places.ts";
import { openPoetryProject, type PoetryProject } from "./python/poetry-project.ts";
import { subcommands } from "./subcommands.ts";
import { hasOtherHome, homeFolders, homeOf, PROGRAM_FOLDERS, projectFiles } from "./system.ts";
import { tableAt } from "./toml.ts";
import type { Call, Declaration, Ecosystem, Fetch, Footprint, InstallInputs, Surroundings } from "./types.ts";

const FOLDERS = ["-C", "--directory", "-P", "--project"];
const VALUED = [...FOLDERS, ...["-E", "--extras", "--only", "--with", "--without", "-f", "--format", "-o", "--output"]];

const declares: Declaration = {
  title: "Poetry",
  files: [
    { name: "pyproject.toml", role: "manifest" },
    { name: "poetry.lock", role: "lock" },
    { name: "poetry.toml", role: "settings" },
    { name: "*.whl, *.tar.gz", role: "manifest", about: "archives that a dependency names by path" },
  ],
  readsMore: [
    { what: "the project itself", then: "declined", how: "its dependencies are installed ahead with --no-root" },
    { what: "a dependency that is a folder", then: "declined" },
    { what: "requires-plugins, or settings of a plugin", then: "declined" },
    { what: "a virtual environment in the build context, or plugins in .poetry", then: "declined" },
    {
      what: "a file or folder of the project with the name of the environment",
      then: "declined",
      how: "virtualenv would write its path into pyvenv.cfg",
    },
    {
      what: "a dependency that Poetry itself imports",
      then: "depends",
      how: "a second run would compile it, unless PYTHONDONTWRITEBYTECODE is set",
    },
    { what: "an archive in the project", then: "copied" },
  ],
  installs: [".venv", "~/.cache/pypoetry/virtualenvs", "/usr/local/lib/python*/site-packages"],
  caches: ["~/.cache/pypoetry/cache", "~/.cache/pypoetry/artifacts"],
  network: "the package index, the sources that pyproject.toml names, and repositories of git dependencies",
  builds: [{ command: "poetry build", outputs: ["dist/"] }],
  developmentOnly:
    "Dependencies of groups, of which `dev` is one by custom; `--only main` and `--without` leave them out.",
};

const known = subcommands({
  name: "poetry",
  purposes: {
    dependencies: ["install", "sync", "update", "add", "lock", "export"],
    system: ["self add", "self update", "self install"],
    build: ["build", "run"],
    files: ["config", "--version", "check", "show", "env info"],
    clean: ["cache clear", "cache:clear"],
  },
  valued: VALUED,
  declares,
});

/** Poetry, for Python. */
export const poetry: Ecosystem = {
  ...known,
  folderOptions: FOLDERS,
  footprint,
  installInputs,
  fetchFor,
  filledBy,
  sets,
  keepsSources: true,
  language: "python",
  builtApp: builtPythonApp,
};

/** What `poetry config` says; undefined is what it is without it, or what only the shell knows. */
function sets({ args }: Call): readonly (readonly [string, string | undefined])[] {
  const [action, name, value, ...more] = args.filter((word) => word !== "--no-interaction" && word !== "-n");
  if (action !== "config" || name?.startsWith("-")) return [];
  return [[`poetry ${name}`, more.length > 0 || value?.startsWith("-") ? undefined : value]];
}

/** Where settings say that an install goes: into the project, or to the system's packages. */
function filledBy(call: Call, surroundings: Surroundings): readonly string[] | undefined {
  const { env, versions } = surroundings;
  const action = known.recognise(call)?.action;
  if (action === "config")
    return isForUser(call, surroundings) ? [`${homeOf(surroundings)}/.config/pypoetry`] : undefined;
  const { options } = argumentsOf(call.args, VALUED);
  if ((action !== "install" && action !== "sync") || FOLDERS.some((name) => options.has(name))) return undefined;
  if (env.has("VIRTUAL_ENV") || call.env.size > 0) return undefined;
  const setting = (name: string) => {
    const variable = `POETRY_${name.toUpperCase().replace(/\W/g, "_")}`;
    return (env.has(variable) ? env.get(variable) : versions?.get(`poetry ${name}`)) ?? "";
  };
  if (/^(false|0|no)$/i.test(setting("virtualenvs.create"))) return systemPlaces(surroundings);
  return /^(true|1|yes)$/i.test(setting("virtualenvs.in-project")) ? [".venv"] : undefined;
}

/** Options that change neither which files of the project are read nor where Poetry writes. */
const HARMLESS =
  /^(-[nqvCPED]|-vv|-vvv|--(no-root|no-dev|dev|default|only|with|without|all-groups|sync|remove-untracked|no-interaction|ansi|no-ansi|quiet|verbose|extras|all-extras|compile|no-cache|no-plugins|directory|project|no-directory))$/;

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const args = argumentsOf(call.args, VALUED);
  const action = known.recognise(call)?.action;
  if (action === "export") return exportInputs(args, context, folder, surroundings);
  if (action !== "install" && action !== "sync") return { blocked: `poetry ${action} writes poetry.lock anew` };
  const option = args.options.has("--only-root")
    ? "poetry install --only-root builds the project from its sources"
    : unknownOption(args, HARMLESS);
  if (option !== undefined) return { blocked: option };
  const project = openPoetryProject(context, folder, surroundings);
  if ("blocked" in project) return project;
  const sources = localFolder(project, args);
  if (sources !== undefined) return { blocked: sources };
  if (project.isPackage && !args.options.has("--no-root"))
    return { blocked: `poetry ${action} builds the project from its sources` };
  const { files, writes } = project;
  if (!args.options.has("--no-root") || !project.lock) return { files, writes };
  // There is no environment in the context.
  return {
    files,
    writes: writes.filter((path) => path !== ".venv"),
    fetched: [...new Set([...fetchedBy(surroundings), ...writes])],
  };
}

function localFolder({ folders }: PoetryProject, { options }: Arguments): Blocker {
  const [folder] = folders;
  return options.has("--no-directory") ? undefined : folder && `a package is built from the folder ${folder}`;
}

/** `poetry export -o requirements.txt` reads the lock. */
function exportInputs(
  args: Arguments,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): InstallInputs {
  const option = unknownOption(
    args,
    /^(-[foEnqv]|--(format|output|without-hashes|without-urls|dev|only|with|without|all-groups|extras|all-extras|with-credentials|no-interaction|no-ansi|quiet|verbose))$/,
  );
  if (option !== undefined) return { blocked: option };
  const project = openPoetryProject(context, folder, surroundings);
  if ("blocked" in project) return project;
  const places = ["-o", "--output"]
    .filter((name) => args.options.has(name))
    .map((name) => args.options.get(name))
    .map((word) => (word === undefined ? undefined : placeOf(word, folder, surroundings.cwd)));
  if (places.includes(undefined)) return { blocked: "it is not known where poetry export writes" };
  const { files, writes } = project;
  return { files, writes: [...writes, ...places.flatMap((at) => (at && at !== "outside" ? [at.path] : []))] };
}

/** Where Poetry puts packages: into an environment of its own, the one that is active, or the one of the system; and what it keeps. */
function fetchedBy({ env }: Surroundings): string[] {
  const set = ["VIRTUAL_ENV", "CONDA_PREFIX", "POETRY_CACHE_DIR", "POETRY_VIRTUALENVS_PATH"];
  const named = set.flatMap((name) => env.get(name) ?? []);
  return [".venv", "/usr/local", "/usr/lib", "/opt", "~/.cache/pypoetry", "~/.local", ...new Set(named)];
}

/** The same without the project: what is installed then is there when Poetry installs all of it. */
function fetchFor(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): Fetch | undefined {
  const action = known.recognise(call)?.action;
  if (action !== "install" && action !== "sync") return undefined;
  const args = argumentsOf(call.args, VALUED);
  if (args.options.has("--only-root") || args.options.has("--dry-run")) return undefined;
  const own = args.options.has("--no-root") ? [] : ["--no-root"];
  const command = commandText(new Map(), [call.path, ...call.args, ...own]);
  if (command === undefined) return { blocked: "the shell decides what Poetry installs" };
  const project = openPoetryProject(context, folder, surroundings);
  if ("blocked" in project) return project;
  const blocked = localFolder(project, args) ?? oldLock(project) ?? recompiled(project, surroundings);
  if (blocked !== undefined) return { blocked };
  return { command };
}

/** `--no-root` came with Poetry 1.0, and so did the version of the lock. */
function oldLock({ lock }: PoetryProject): Blocker {
  if (!lock) return "the build context has no poetry.lock";
  return typeof tableAt(lock, "metadata")["lock-version"] === "string"
    ? undefined
    : "poetry.lock is of a Poetry that may not know --no-root";
}

/**
 * Poetry does not compile what it installs. Where it installs over a package that it imports itself, as it may in the environment that it
 * runs in, its next run would compile that.
 */
function recompiled({ packages }: PoetryProject, { env }: Surroundings): Blocker {
  if (env.get("PYTHONDONTWRITEBYTECODE")) return undefined;
  const own = packages.find(isPoetrysOwn);
  return (
    own &&
    `poetry.lock has ${own}, which Poetry imports itself and a second run would compile; \`ENV PYTHONDONTWRITEBYTECODE=1\` keeps it from that`
  );
}

const SETTINGS = homeFolders(".config/pypoetry", ".cache/pypoetry", ".local/share/pypoetry");

/** Whether `poetry config` writes the settings of its user, in a home folder that images have. */
function isForUser(call: Call, surroundings: Surroundings): boolean {
  const { options } = argumentsOf(call.args, VALUED);
  const moves = ["POETRY_CONFIG_DIR", "PYTHONPATH", "PYTHONHOME", "XDG_CONFIG_HOME"];
  const isMoved = moves.some((name) => surroundings.env.has(name)) || hasOtherHome(surroundings);
  return !isMoved && !["--local", ...FOLDERS].some((name) => options.has(name));
}

/** Of `poetry config`, which reads the settings of the project on the way. */
function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { cwd } = surroundings;
  if (known.recognise(call)?.action !== "config" || !isForUser(call, surroundings) || cwd === undefined)
    return undefined;
  const lookedFor = projectFiles(cwd, ["pyproject.toml", "poetry.toml", ".poetry"]);
  return { reads: [...PROGRAM_FOLDERS, ...SETTINGS, ...lookedFor], lookedFor, writes: SETTINGS, network: false };
}
