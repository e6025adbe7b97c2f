import { posix } from "node:path";
import type { BuildContext } from "../context/types.ts";
import { type Blocker, unknownOption } from "./blocked.ts";
import { type Arguments, argumentsOf } from "./call.ts";
import { builtPythonApp } from "./python/builds.ts";
import { normalized, takenForValue } from "./python/modules.ts";
import { openPipenvProject, type PipenvProject, pipfileHash } from "./python/pipenv-project.ts";
import { systemPlaces } from "./python/places.ts";
import { subcommands } from "./subcommands.ts";
import { tableAt } from "./toml.ts";
import type { Call, Declaration, Ecosystem, InstallInputs, Surroundings } from "./types.ts";

const VALUED = [
  "--python",
  "--pypi-mirror",
  "-i",
  "--index",
  "--categories",
  "-e",
  "--editable",
  "-r",
  "--requirements",
];

const declares: Declaration = {
  title: "Pipenv",
  files: [
    { name: "Pipfile", role: "manifest" },
    { name: "Pipfile.lock", role: "lock" },
    { name: ".env", role: "settings", about: "read unless PIPENV_DONT_LOAD_ENV is set" },
    { name: "*.whl, *.tar.gz", role: "manifest", about: "archives that a package names by `file` or `path`" },
  ],
  readsMore: [
    { what: 'a package that is a folder, such as `path = "."`', then: "declined", how: "it is built from its sources" },
    {
      what: "a Pipfile.lock that is out of step with Pipfile",
      then: "declined",
      how: "unless --deploy or --ignore-pipfile is given",
    },
    {
      what: "names that are not in the index's own spelling",
      then: "declined",
      how: "Pipenv corrects them in Pipfile, outside of --system",
    },
    { what: "a virtual environment in the build context", then: "declined" },
    {
      what: "a file or folder of the project with the name of the environment",
      then: "declined",
      how: "unless --system is given, virtualenv would write its path into pyvenv.cfg",
    },
    { what: "an archive in the project", then: "copied" },
  ],
  installs: [".venv", "~/.local/share/virtualenvs", "/usr/local/lib/python*/site-packages"],
  caches: ["~/.cache/pipenv"],
  network: "the sources that Pipfile names",
  builds: [],
  developmentOnly: "`[dev-packages]`, which only `--dev` installs.",
};

const known = subcommands({
  name: "pipenv",
  purposes: {
    dependencies: ["install", "sync", "lock", "requirements", "update", "upgrade"],
    build: ["run"],
    files: ["--version", "--venv", "--where", "graph", "check", "verify"],
    clean: ["--clear", "uninstall", "clean", "--rm"],
  },
  valued: VALUED,
  declares,
});

/** Pipenv, for Python. */
export const pipenv: Ecosystem = {
  ...known,
  installInputs,
  filledBy,
  keepsSources: true,
  language: "python",
  builtApp: builtPythonApp,
};

/** The system's packages, or an environment in the project. One in a home folder has a name of its own. */
function filledBy(call: Call, surroundings: Surroundings): readonly string[] | undefined {
  const args = argumentsOf(call.args, VALUED);
  const action = known.recognise(call)?.action;
  if ((action !== "install" && action !== "sync") || surroundings.env.has("VIRTUAL_ENV")) return undefined;
  const env = new Map([...surroundings.env, ...call.env]);
  const lock =
    action === "install" && !args.options.has("--deploy") && !args.options.has("--ignore-pipfile")
      ? ["Pipfile.lock"]
      : [];
  if (isForSystem(args, { ...surroundings, env })) {
    const places = systemPlaces(surroundings);
    return places && [...places, ...lock];
  }
  return isOn(env.get("PIPENV_VENV_IN_PROJECT")) ? [".venv", ...lock] : undefined;
}

/** Options that change neither which files of the project are read nor where Pipenv writes. */
const HARMLESS =
  /^(-[dvqy]|--(system|deploy|dev|ignore-pipfile|skip-lock|keep-outdated|sequential|verbose|quiet|bare|clear|three|two|python|pypi-mirror|site-packages|no-site-packages|categories|yes|selective-upgrade))$/;

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const args = argumentsOf(call.args, VALUED);
  const action = known.recognise(call)?.action;
  if (action !== "install" && action !== "sync") return { blocked: `pipenv ${action} writes more than packages` };
  if (args.positional.length > 1) return { blocked: "pipenv install with names of packages changes Pipfile" };
  const option = unknownOption(args, HARMLESS);
  if (option !== undefined) return { blocked: option };
  const project = openPipenvProject(context, folder, surroundings);
  if ("blocked" in project) return project;
  const blocked =
    (action === "install" ? rewritesLock(project, args, surroundings) : undefined) ??
    (isForSystem(args, surroundings)
      ? undefined
      : (corrects(project, surroundings) ?? named(context, folder, surroundings)));
  return blocked === undefined ? { files: project.files, writes: project.writes } : { blocked };
}

/** A lock of another Pipfile is made anew, unless it counts alone. */
function rewritesLock({ path, pipfile, lock }: PipenvProject, { options }: Arguments, { env }: Surroundings): Blocker {
  const counts = ["deploy", "ignore-pipfile", "skip-lock"].some(
    (name) => options.has(`--${name}`) || isOn(env.get(`PIPENV_${name.toUpperCase().replace("-", "_")}`)),
  );
  if (!lock || counts || lock.hash === pipfileHash(pipfile)) return undefined;
  return `pipenv install may write ${lock.path} anew, since it is out of step with ${path}`;
}

function isOn(value: string | undefined): boolean {
  return /^(1|true|yes|on)$/i.test(value ?? "");
}

/** Whether it installs without an environment. */
function isForSystem({ options }: Arguments, { env }: Surroundings): boolean {
  return (options.has("--system") || isOn(env.get("PIPENV_SYSTEM"))) && !env.has("VIRTUAL_ENV");
}

/** In an environment, names of packages are corrected in Pipfile to what the index calls them. */
function corrects({ path, pipfile }: PipenvProject, { env }: Surroundings): Blocker {
  if (isOn(env.get("PIPENV_SKIP_VALIDATION"))) return undefined;
  const names = ["packages", "dev-packages"].flatMap((section) => Object.keys(tableAt(pipfile, section)));
  const odd = names.find((name) => name !== normalized(name));
  return odd && `pipenv may correct the name ${odd} in ${path}`;
}

/** An environment is called as the folder of the project. */
function named(context: BuildContext, folder: string, { cwd }: Surroundings): Blocker {
  return takenForValue(context, folder, (name) => cwd === undefined || name === posix.basename(cwd));
}
