/** What of a Python project its container needs: the packages that it installs, and the sources as they are. */
import { posix } from "node:path";
import { isUnder } from "../../context/index.ts";
import { Decline } from "../decline.ts";
import { interpretedApp } from "../interpreted-app.ts";
import type { BuildWork, BuiltApp, Ecosystem } from "../types.ts";

type Command = BuildWork["commands"][number];

/** For installers that fill a virtual environment, or the folders of an official image. `find` is that of `filledBy` (index.ts). */
export function builtPythonApp(find: (command: Command) => ReturnType<NonNullable<Ecosystem["filledBy"]>>) {
  return (work: BuildWork): BuiltApp => {
    const places = new Set<string>();
    const made = new Set<string>();
    for (const command of work.commands) {
      const { action, purpose, call } = command.invocation;
      const filled = find(command);
      if (!filled) throw new Decline("outputs-unknown", `refit does not know what \`${call.tool} ${action}\` writes`);
      for (const path of filled) places.add(posix.resolve(command.surroundings.cwd ?? "/", path));
      if (purpose === "files")
        for (const path of filled) made.add(posix.resolve(command.surroundings.cwd ?? "/", path));
    }
    const packages = [...places].filter((path) => ![...places].some((other) => other !== path && isUnder(path, other)));
    const unmade = packages.find((path) => isEnvironment(path) && !made.has(path));
    if (unmade !== undefined)
      throw new Decline("environment-unknown", `no step of the builder stage makes the environment ${unmade}`);
    return interpretedApp(work, {
      packages,
      replaced: packages.filter((path) => path.endsWith("/site-packages")),
      outputs: [],
      isForBuilds: (path) => FOR_BUILDS.test(path),
      toolchain: TOOLCHAIN,
      lists: (code) => LISTS.test(code),
    });
  };
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

/** Lists of what lies in the working directory, or beside a module. */
const LISTS =
  /\b(listdir|scandir|walk)\(\s*(\)|["']\.?\/?["']|os\.getcwd\(\)|BASE_DIR|os\.path\.dirname\(__file__\))|\bglob\(\s*["'][*.]|Path\((["']\.?["'])?\)\.(iterdir|glob|rglob)/;
