/** What of a Python project its container needs: the packages that it installs, and the sources as they are. */
import { posix } from "node:path";
import { isUnder } from "../../context/index.ts";
import { Decline } from "../decline.ts";
import { filledOf, interpretedApp } from "../interpreted-app.ts";
import type { BuildWork, BuiltApp, WorkCommand } from "../types.ts";
import { djangoOutputs } from "./django.ts";
import { checkBackend } from "./editable.ts";
import { listsFolders } from "./listing.ts";
import { EDITABLES, pipArguments, pipWords, valuesOf } from "./pip-options.ts";
import { isItself } from "./pip-places.ts";
import { isOfficial, PREFIX, versionOf } from "./places.ts";
import { requirementLines } from "./requirements.ts";
import { REQUIREMENTS } from "./uv-pip.ts";

/** Throws a `Decline` where a command may write anything, or it is not known where packages go. */
export function builtPythonApp(work: BuildWork): BuiltApp {
  const made = work.commands.map((command) => ({ command, outputs: madeBy(command, work) }));
  const places = [...new Set(made.flatMap(({ command, outputs }) => (outputs ? [] : filledOf(command))))];
  const environments = made.flatMap(({ command, outputs }) =>
    !outputs && makesEnvironment(command) ? filledOf(command) : [],
  );
  const packages = places.filter((path) => !places.some((other) => other !== path && isUnder(path, other)));
  const unmade = packages.find((path) => isEnvironment(path) && !environments.includes(path));
  if (unmade !== undefined)
    throw new Decline(
      "environment-unknown",
      `it is not known that a step of the builder stage makes the environment ${unmade}`,
    );
  checkInterpreter(work);
  const editable = editableIn(work);
  const app = interpretedApp(work, {
    packages,
    outputs: made.flatMap(({ outputs = [] }) => outputs).map((path) => ({ path, isFolder: true })),
    isForBuilds: (path) => FOR_BUILDS.test(path),
    toolchain: TOOLCHAIN,
    lists: listsFolders,
    imports,
  });
  const known = { ...app, ...(editable !== undefined && { leavesMore: editable }) };
  if (!packages.includes(PREFIX)) return known;
  // Packages of Node that stay behind weigh more than what of the base image is there twice.
  return { ...known, ...amongBaseOwn(work), ...(app.pays === "anything" && { pays: app.pays }) };
}

/** What a command of the project makes; undefined for an install. Throws a `Decline` where it is not known. */
function madeBy({ filled, invocation: { call } }: WorkCommand, { project }: BuildWork): readonly string[] | undefined {
  const made = filled ? undefined : djangoOutputs(call, project);
  if (made && "unknown" in made) throw new Decline("outputs-unknown", made.unknown);
  return made?.outputs;
}

/**
 * All that lies there crosses, since a wheel may put files anywhere below. An install may also take out what the image has of its own (an old
 * pip, or with `uv sync` any), so on an official image that makes room first.
 */
function amongBaseOwn(work: BuildWork): Pick<BuiltApp, "replaced" | "pays"> {
  const { commands, folder } = work;
  if (isUnder(folder, PREFIX)) throw new Decline("shared-packages", `the project lies in ${PREFIX}, where packages go`);
  if (isOfficial(commands[0]?.surroundings.base)) return { replaced: [`${PREFIX}/*`], pays: "compilers" };
  // Those of Debian and Ubuntu leave alone what the distribution has.
  if (commands.some((command) => [...packagesFor(command), ...linesFor(command, work)].some((each) => PIP.test(each))))
    throw new Decline("shared-packages", "a newer pip may take out packages of the distribution");
  return {};
}

/** `pip`, `pip==24.0`. */
const PIP = /^pip(?![\w.-])/i;

/** What an install of pip is asked for by words of its own. */
function packagesFor({ invocation: { ecosystem, action, call } }: WorkCommand): readonly string[] {
  if (ecosystem !== "pip" || action !== "install") return [];
  return pipArguments(pipWords(call)).positional.flatMap((word) => word ?? []);
}

/** An install of the project as it lies there, if there is one. Throws a `Decline` where it is not known what that leaves. */
function editableIn(work: BuildWork): string | undefined {
  const installs = work.commands.filter(({ invocation }) => /^(pip )?install$/.test(invocation.action));
  const found = installs.flatMap((command) => {
    const lines = linesFor(command, work).filter((line) => EDITABLE.test(line));
    const other = lines.find((line) => command.invocation.ecosystem !== "pip" || !isItself(EDITABLE.exec(line)?.[1]));
    if (other !== undefined)
      throw new Decline("outputs-unknown", `refit does not know what \`${other}\` of the requirements leaves behind`);
    const words = valuesOf(pipWords(command.invocation.call), EDITABLES);
    return [...words.map((word) => `-e ${word}`), ...lines].map((said) => ({ said, command }));
  });
  for (const { command } of found) checkBackend(work.project, command.surroundings.folder ?? "");
  return found[0]?.said;
}

const EDITABLE = /^(?:-e|--editable)\b[\s=]*(.*?)\s*$/;

/** The lines of the requirements files that an install goes by. */
function linesFor(
  { invocation, surroundings }: WorkCommand,
  { project, folder, outside }: BuildWork,
): readonly string[] {
  if (!/^(pip )?install$/.test(invocation.action)) return [];
  const named = valuesOf(pipWords(invocation.call), REQUIREMENTS).filter((path) => path !== undefined);
  return requirementLines(
    named.map((path) => posix.resolve(folder, surroundings.folder ?? "", path)),
    (path) => (isUnder(path, folder) ? project.read(posix.relative(folder, path)) : outside(path)),
  );
}

/** uv gets a Python of its own, into a home folder, where the project asks for another than that of the image. */
function checkInterpreter({ project, commands }: BuildWork): void {
  const { surroundings } = commands.find(({ invocation }) => invocation.ecosystem === "uv") ?? {};
  if (!surroundings) return;
  const minor = Number(versionOf(surroundings.base)?.split(".")[1]);
  const pinned = project.read(".python-version")?.trim();
  const required = /^requires-python\s*=\s*["']([^"']*)["']/m.exec(project.read("pyproject.toml") ?? "")?.[1] ?? ">=3";
  const [, least = "0"] = /^>=\s*3(?:\.(\d+))?(?:\.0)?\s*(?:,\s*<\s*4(?:\.0)*)?$/.exec(required) ?? [undefined, "?"];
  if ((pinned !== undefined && pinned !== `3.${minor}`) || !(Number(least) <= minor))
    throw new Decline("interpreter-unknown", `uv may bring another Python than the one of ${surroundings.base}`);
}

/** pip installs into an environment that is there; the others make their own. */
function makesEnvironment({ invocation: { ecosystem, action } }: WorkCommand): boolean {
  return action === "venv" || (ecosystem !== "pip" && !action.startsWith("pip "));
}

/** Neither a folder of the system, nor its user's, nor one that `--target` makes. */
function isEnvironment(path: string): boolean {
  return /(^|\/)[\w.-]*(v?env|virtualenv)[\w.-]*$/i.test(path) && !isUnder(path, "/usr/local");
}

/** What installers, linters and test runners read. */
const FOR_BUILDS =
  /^(requirements[\w.-]*\.(txt|in)|constraints[\w.-]*\.txt|dev-requirements\.txt|Pipfile(\.lock)?|poetry\.(lock|toml)|uv\.(lock|toml)|tox\.ini|noxfile\.py|pytest\.ini|conftest\.py|mypy\.ini|\.coveragerc|\.flake8|\.pylintrc|\.pre-commit-config\.yaml|\.python-version|ruff\.toml|MANIFEST\.in)$|^requirements\/[\w.-]+\.(txt|in)$/;

/** They install when the container starts, or when sources change. */
const TOOLCHAIN = ["pip", "pip3", "gcc", "cc", "make", "watchmedo"];

/** `from tests.titles import …`, and `"tests.titles"` for something to import. */
function imports(code: string, name: string): boolean {
  const module = name.replace(/\.py$/, "");
  return /^\w+$/.test(module) && new RegExp(`(^|[^\\w.])${module}($|[^\\w-])`, "m").test(code);
}
