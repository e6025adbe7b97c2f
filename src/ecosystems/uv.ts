import type { BuildContext } from "../context/types.ts";
import { type Blocker, unknownOption } from "./blocked.ts";
import { type Arguments, argumentsOf } from "./call.ts";
import { commandText } from "./command-text.ts";
import { builtPythonApp } from "./python/builds.ts";
import { systemPlaces, versionOf } from "./python/places.ts";
import { uvPipInputs } from "./python/uv-pip.ts";
import { type LocalPackage, openUvProject, outOfStep, type UvProject } from "./python/uv-project.ts";
import { subcommands } from "./subcommands.ts";
import type { Call, Declaration, Ecosystem, Fetch, InstallInputs, Surroundings } from "./types.ts";

const FOLDERS = ["--directory", "--project"];
const VALUED = [
  ...FOLDERS,
  ...["--extra", "--no-extra", "--group", "--no-group", "--only-group", "--package", "-p", "--python", "--link-mode"],
  ...["--index", "--default-index", "-i", "--index-url", "--extra-index-url", "--index-strategy", "--keyring-provider"],
  ...["--no-install-package", "--python-preference", "--color", "--allow-insecure-host", "--no-binary-package"],
  ...[
    "--no-build-package",
    "--cache-dir",
    "--config-file",
    "-P",
    "--upgrade-package",
    "--reinstall-package",
    "-o",
    "-f",
  ],
];

const declares: Declaration = {
  title: "uv",
  files: [
    { name: "pyproject.toml", role: "manifest", about: "and those of the workspace's members" },
    { name: "uv.lock", role: "lock" },
    { name: "uv.toml", role: "settings" },
    { name: ".python-version", role: "settings" },
    { name: "requirements*.txt", role: "manifest", about: "for `uv pip install -r` and `uv pip sync`" },
  ],
  readsMore: [
    {
      what: "the project itself, and members of its workspace",
      then: "declined",
      how: "what they need is installed ahead with --no-install-project or --no-install-workspace",
    },
    {
      what: "a package in a folder of the project",
      then: "declined",
      how: "the rest is installed ahead with --no-install-package",
    },
    { what: "a lock that may be out of step, without --frozen or --locked", then: "declined" },
    { what: "an index or a folder of packages on disk", then: "declined" },
    { what: "a virtual environment in the build context", then: "declined" },
    { what: "an archive in the project", then: "copied" },
  ],
  installs: [".venv", "/usr/local/lib/python*/site-packages"],
  caches: ["~/.cache/uv"],
  network: "the package indexes that its settings name, repositories of git dependencies, and releases of Python",
  builds: [{ command: "uv build", outputs: ["dist/"] }],
  developmentOnly: "Dependency groups, of which `dev` is one by default; `--no-dev` leaves it out.",
};

const known = subcommands({
  name: "uv",
  purposes: {
    dependencies: ["sync", "pip install", "pip sync", "pip compile", "lock", "add", "export"],
    system: ["python install", "tool install", "self update"],
    build: ["build", "run"],
    files: ["venv", "--version", "version"],
    clean: ["cache clean", "cache prune", "pip uninstall"],
  },
  valued: VALUED,
  declares,
});

/** uv, for Python. */
export const uv: Ecosystem = {
  ...known,
  linksIn: [".venv", "venv", "site-packages"],
  folderOptions: FOLDERS,
  installInputs,
  fetchFor,
  filledBy,
  keepsSources: true,
  language: "python",
  builtApp: builtPythonApp,
};

/** The environment of the project, a new one, or the system's packages. */
function filledBy(call: Call, surroundings: Surroundings): readonly string[] | undefined {
  const { env, base } = surroundings;
  const { options, positional } = argumentsOf(call.args, VALUED);
  const moves = [...FOLDERS, "--active", "--target", "--prefix", "-p", "--python", "--editable", "-e"];
  if (versionOf(base) === undefined || call.env.size > 0 || moves.some((name) => options.has(name))) return undefined;
  const action = known.recognise(call)?.action;
  if (action === "sync" && isPlainEnvironment(env)) {
    const place = env.has("UV_PROJECT_ENVIRONMENT") ? env.get("UV_PROJECT_ENVIRONMENT") : ".venv";
    return place === undefined ? undefined : place === "/usr/local" ? systemPlaces(surroundings) : [place];
  }
  if (action === "venv" && positional.length <= 2) return [positional[1] ?? ".venv"];
  if (action !== "pip install" || !isPlainEnvironment(env)) return undefined;
  if (options.has("--system")) return systemPlaces(surroundings);
  const named = env.get("VIRTUAL_ENV");
  return env.has("VIRTUAL_ENV") && named !== undefined ? [named] : undefined;
}

function isPlainEnvironment(env: Surroundings["env"]): boolean {
  return ![...env.keys()].some((name) =>
    /^UV_(PYTHON(_INSTALL_DIR)?|TARGET|PREFIX|SYSTEM_PYTHON|WORKING_DIR|PROJECT)$/.test(name),
  );
}

/** Options that change neither which files of the project are read nor where uv writes. */
const HARMLESS =
  /^(-[qvniUp]|--(directory|project|frozen|locked|no-install-project|no-install-workspace|no-install-local|no-install-package|no-dev|dev|only-dev|extra|no-extra|all-extras|group|no-group|only-group|all-groups|no-default-groups|package|all-packages|no-editable|editable|inexact|exact|compile-bytecode|no-compile-bytecode|link-mode|python|python-preference|no-python-downloads|managed-python|no-managed-python|no-cache|offline|quiet|verbose|no-progress|color|native-tls|system-certs|allow-insecure-host|index|default-index|index-url|extra-index-url|index-strategy|keyring-provider|no-build|no-binary|no-build-isolation|no-binary-package|no-build-package|no-config|active|no-active|upgrade))$/;

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const action = known.recognise(call)?.action ?? "";
  if (action === "pip install" || action === "pip sync")
    return uvPipInputs(call, action, context, folder, surroundings);
  if (action !== "sync") return { blocked: `uv ${action} writes more than packages` };
  const args = argumentsOf(call.args, VALUED);
  const option = unknownOption(args, HARMLESS);
  if (option !== undefined) return { blocked: option };
  const project = openUvProject(context, folder, surroundings);
  if ("blocked" in project) return project;
  const stale = isFixed(args, surroundings) ? undefined : outOfStep(project, surroundings);
  const blocked = missingLock(project) ?? upgrade(args) ?? stale;
  if (blocked !== undefined) return { blocked };
  const [built] = builtBy(project, args, call);
  if (built)
    return { blocked: `uv sync builds ${built.folder === "." ? "the project" : built.folder} from its sources` };
  return { files: project.files, writes: [], fetched: fetchedBy(surroundings) };
}

function missingLock({ lock }: UvProject): Blocker {
  return lock ? undefined : "the build context has no uv.lock, which uv sync would make";
}

function upgrade({ options }: Arguments): Blocker {
  return options.has("-U") || options.has("--upgrade") ? "uv sync --upgrade writes uv.lock anew" : undefined;
}

/** Whether the lock is taken as it is, or has to be in step. */
function isFixed({ options }: Arguments, { env }: Surroundings): boolean {
  const isOn = (name: string) => /^(1|true|yes|on|y|t)$/i.test(env.get(name) ?? "");
  return options.has("--frozen") || options.has("--locked") || isOn("UV_FROZEN") || isOn("UV_LOCKED");
}

/** Packages of the project that are built, by what the options leave out. */
function builtBy({ locals }: UvProject, { options }: Arguments, { args }: Call): readonly LocalPackage[] {
  const real = locals.filter(({ isVirtual }) => !isVirtual);
  if (options.has("--no-install-local")) return [];
  const left = args.flatMap((word, index) =>
    word === "--no-install-package" ? [args[index + 1]] : [/^--no-install-package=(.*)$/.exec(word ?? "")?.[1]],
  );
  const isLeft = ({ name, folder, isMember }: LocalPackage) =>
    left.includes(name) ||
    (options.has("--no-install-workspace") && isMember) ||
    (options.has("--no-install-project") && folder === "." && !options.has("--package"));
  return real.filter((each) => !isLeft(each));
}

/** The environment, the cache, and the Pythons that uv downloads. */
function fetchedBy({ env }: Surroundings): string[] {
  const set = ["UV_PROJECT_ENVIRONMENT", "UV_CACHE_DIR", "UV_PYTHON_INSTALL_DIR", "VIRTUAL_ENV"];
  return [...new Set([".venv", "~/.cache/uv", "~/.local", ...set.flatMap((name) => env.get(name) ?? [])])];
}

/**
 * The same, from the lock as it is, without what is built from the project: when uv installs all of it, the rest is there. It takes away
 * what is not in the lock, so also if the lock is made anew.
 */
function fetchFor(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): Fetch | undefined {
  if (known.recognise(call)?.action !== "sync") return undefined;
  const args = argumentsOf(call.args, VALUED);
  const project = openUvProject(context, folder, surroundings);
  if ("blocked" in project) return project;
  const isLocked = args.options.has("--locked") || args.options.has("--frozen");
  const stale = isFixed(args, surroundings) ? undefined : outOfStep(project, surroundings);
  const blocked = missingLock(project) ?? upgrade(args) ?? conflict(args, surroundings) ?? stale;
  if (blocked !== undefined) return { blocked };
  const built = builtBy(project, args, call);
  const without =
    built.length === 1 && built[0]?.folder === "." && !args.options.has("--package")
      ? ["--no-install-project"]
      : [
          ...(built.some(({ isMember }) => isMember) ? ["--no-install-workspace"] : []),
          ...built.filter(({ isMember }) => !isMember).flatMap(({ name }) => ["--no-install-package", name]),
        ];
  const isFrozen = args.options.has("--frozen") || surroundings.env.has("UV_FROZEN");
  const words = call.args.map((word) => (word === "--locked" ? "--frozen" : word));
  const frozen = isFrozen || isLocked ? [] : ["--frozen"];
  const command = commandText(new Map(), [call.path, ...words, ...frozen, ...without]);
  return command === undefined ? { blocked: "the shell decides what uv installs" } : { command };
}

function conflict({ options }: Arguments, { env }: Surroundings): Blocker {
  if (env.has("UV_LOCKED")) return "the environment sets UV_LOCKED, which --frozen does not go with";
  const option = ["--no-sources", "--reinstall", "--reinstall-package", "--dry-run", "--check", "--script"].find(
    (name) => options.has(name),
  );
  return option && `uv sync ${option} can't be done ahead`;
}
