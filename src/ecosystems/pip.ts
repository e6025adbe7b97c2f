import { posix } from "node:path";
import { argumentsOf } from "./call.ts";
import { builtPythonApp } from "./python/builds.ts";
import { djangoOutputs, isManager, MANAGER } from "./python/django.ts";
import { shadowedIn, VALUES } from "./python/modules.ts";
import { pipInputs } from "./python/pip-install.ts";
import {
  EDITABLES,
  environmentWords,
  isPython,
  LINKS,
  moduleArguments,
  moduleOf,
  pipArguments,
  pipWords,
  REQUIREMENTS,
  requirementsFolder,
  VALUED,
} from "./python/pip-options.ts";
import { pipPlaces } from "./python/pip-places.ts";
import { subcommands } from "./subcommands.ts";
import { hasOtherHome, homeFolders, PROGRAM_FOLDERS, pathsFootprint, systemFootprint } from "./system.ts";
import type { Call, Declaration, Ecosystem, Footprint, Recognised, Surroundings } from "./types.ts";

const byName = subcommands({
  name: "pip",
  purposes: {
    dependencies: ["install", "wheel", "download"],
    files: ["config", "--version", "-V", "list", "freeze", "check", "show"],
    clean: ["cache purge", "uninstall"],
  },
  valued: VALUED,
});

const declares: Declaration = {
  title: "pip",
  files: [
    { name: "requirements*.txt", role: "manifest", about: "and every file that it includes with -r or -c" },
    { name: "constraints.txt", role: "lock", about: "named by -c or PIP_CONSTRAINT" },
    { name: "*.whl, *.tar.gz, *.zip", role: "manifest", about: "archives that a requirement names" },
    { name: "wheels/", role: "manifest", about: "a folder that --find-links names" },
    { name: ".python-version", role: "settings", about: "where the base image may have a version manager" },
  ],
  readsMore: [
    {
      what: "a requirement that is a folder, such as `.` or `-e ./lib`",
      then: "declined",
      how: "it is built from its sources, and pip has no way to install only what it depends on",
    },
    {
      what: "a module of the project by a name that pip imports, under `python -m pip` or PYTHONPATH",
      then: "declined",
    },
    {
      what: "a virtual environment in the build context",
      then: "declined",
      how: "a COPY would put it over the installed one",
    },
    { what: "a local archive", then: "copied" },
    {
      what: "an editable checkout, such as `-e git+https://…#egg=name`",
      then: "depends",
      how: "it goes into src/name, which no COPY may bring",
    },
    {
      what: "--target, --prefix, --wheel-dir or --dest in the project",
      then: "depends",
      how: "no COPY may bring files there",
    },
  ],
  installs: ["/usr/local/lib/python*/site-packages", "/usr/local/bin", "~/.local"],
  caches: ["~/.cache/pip"],
  intermediates: ["**/__pycache__", "**/.pytest_cache", "**/.mypy_cache"],
  network:
    "the package index, or those that --index-url, --extra-index-url and pip.conf name; repositories of git+https requirements",
  builds: [
    { command: "pip wheel", outputs: ["--wheel-dir, or the working directory"] },
    { command: "pip install .", outputs: ["site-packages"] },
    { command: "python manage.py collectstatic", outputs: ["STATIC_ROOT"] },
    { command: "python manage.py compilemessages", outputs: ["*.mo beside translations"] },
  ],
  developmentOnly: "pip has no groups for development: projects keep such requirements in files of their own.",
};

/** Python's package installer, as `pip`, `pip3.12`, `python -m pip`; virtual environments, as `python -m venv` and `virtualenv`. */
export const pip: Ecosystem = {
  name: "pip",
  commands: ["pip", "python", "virtualenv", MANAGER],
  declares,
  folderOf,
  recognise,
  footprint,
  installInputs: pipInputs,
  filledBy: pipPlaces,
  keepsSources: true,
  outputsOf: (call, project) =>
    djangoOutputs(call, project) ?? { unknown: `refit does not know what \`${call.tool}\` makes` },
  language: "python",
  builtApp: builtPythonApp,
};

function recognise(call: Call): Recognised | undefined {
  if (call.tool === "virtualenv") return { purpose: "files", action: "venv" };
  if (isManager(call)) return { purpose: "build", action: MANAGER };
  if (call.tool === MANAGER) return undefined;
  if (!isPython(call)) return recognisePip(call);
  const { module, at } = moduleOf(call);
  if (module === undefined) return { purpose: "build", action: call.args[at] ?? "" };
  if (module === "venv" || module === "virtualenv") return { purpose: "files", action: "venv" };
  return module === "pip" ? recognisePip(call) : { purpose: "build", action: module };
}

/** Packages named on the command line belong to the system; the app's come from its files. */
function recognisePip(call: Call): Recognised | undefined {
  const args = pipWords(call);
  const known = byName.recognise({ ...call, args });
  if (known?.action !== "install") return known;
  const { positional, options } = pipArguments(args);
  const fromFiles = [...REQUIREMENTS, ...LINKS, ...EDITABLES, "--group"].some((option) => options.has(option));
  const local = positional.some((word) => word === undefined || /^\.|\/|\.(whl|gz|zip)$/.test(word));
  return { ...known, purpose: fromFiles || local ? "dependencies" : "system" };
}

const FOLDERS = [...PROGRAM_FOLDERS, ...homeFolders(".cache/pip", ".local", ".config/pip")];

/** Options of `python -m venv` and `virtualenv` that take a word. */
const OF_ENVIRONMENT = [
  "--prompt",
  "-p",
  "--python",
  "--download-cache",
  "--seeder",
  "--pip",
  "--setuptools",
  "--wheel",
];

/** Packages that ask for no other: whether one of those is there, in the folder that it runs in, is all that `python -m pip` looks for. */
const ALONE = /^(pip|setuptools|wheel)\b(?![.-])/;

/** Of packages named on the command line, and of virtual environments. */
function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { purpose, action } = recognise(call) ?? {};
  const { cwd, env } = surroundings;
  const leads = environmentWords(surroundings).length > 0 || env.has("PIP_CONFIG_FILE") || env.has("PYTHONHOME");
  if (leads || env.has("PYTHONPATH") || env.has("PYTHONUSERBASE") || hasOtherHome(surroundings)) return undefined;
  const shadows = isPython(call) && !/[IP]/.test(moduleOf(call).flags);
  if (shadows && cwd === undefined) return undefined;
  const modules = shadows && cwd !== undefined ? shadowedIn(cwd) : [];
  if (action === "venv")
    return lookingFor([...modules, ...valuesIn(call, cwd)], environmentFootprint(call, surroundings));
  if (purpose !== "system") return undefined;
  const venv = env.get("VIRTUAL_ENV");
  if (env.has("VIRTUAL_ENV") && venv === undefined) return undefined;
  const words = { ...call, args: pipWords(call) };
  const folders = venv === undefined ? FOLDERS : [...FOLDERS, venv];
  const isAlone = pipArguments(words.args)
    .positional.slice(1)
    .every((word) => ALONE.test(word ?? ""));
  if (shadows && !isAlone) return undefined;
  return lookingFor(modules, systemFootprint(words, folders, VALUED));
}

/** What virtualenv takes for a path where it is there: see `takenForValue`. */
function valuesIn(call: Call, cwd = "/"): string[] {
  if (moduleName(call) !== "virtualenv") return [];
  const prompt = argumentsOf(moduleArguments(call), OF_ENVIRONMENT).options.get("--prompt");
  return [...VALUES, ...(prompt === undefined ? [] : [prompt])].map((name) => posix.join(cwd, name));
}

function lookingFor(lookedFor: readonly string[], known: Footprint | undefined): Footprint | undefined {
  return known && lookedFor.length > 0 ? { ...known, reads: [...known.reads, ...lookedFor], lookedFor } : known;
}

function environmentFootprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { positional, options } = argumentsOf(moduleArguments(call), OF_ENVIRONMENT);
  const [interpreter] = ["-p", "--python"].flatMap((name) => (options.has(name) ? [options.get(name)] : []));
  if (interpreter?.includes("/") && !interpreter.startsWith("/usr/")) return undefined;
  const folders = [...FOLDERS, ...homeFolders(".local/share/virtualenv", ".config/virtualenv")];
  return pathsFootprint({ ...call, args: positional }, surroundings, folders);
}

function folderOf(call: Call, cwd: string | undefined): string | undefined {
  return (moduleName(call) === "pip" ? requirementsFolder(pipWords(call), cwd) : undefined) ?? cwd;
}

function moduleName(call: Call): string | undefined {
  return isPython(call) ? moduleOf(call).module : call.tool.replace(/[\d.]+$/, "");
}
