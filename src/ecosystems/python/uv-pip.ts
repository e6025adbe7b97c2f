/** `uv pip install` and `uv pip sync`: which files they read. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { homeSettings, inFolder, linkAmong, unknownOption } from "../blocked.ts";
import { argumentsOf } from "../call.ts";
import { placeOf } from "../places.ts";
import { isTable, readToml, tableAt } from "../toml.ts";
import type { Call, InstallInputs, Surroundings } from "../types.ts";
import { EDITABLES, valuesOf } from "./pip-options.ts";
import { requirementFiles } from "./requirements.ts";
import { uvEnvironment, uvSettings } from "./uv-project.ts";

/** Options that name a file of requirements: those of pip, and more. */
export const REQUIREMENTS = [
  "-r",
  "--requirement",
  "--requirements",
  "-c",
  "--constraint",
  "--constraints",
  "--override",
  "--overrides",
];
const WRITTEN = ["-t", "--target", "--prefix"];
const VALUED = [
  ...REQUIREMENTS,
  ...WRITTEN,
  ...[...EDITABLES, "-p", "--python", "-i", "--index-url", "--index", "--default-index", "--extra-index-url"],
  ...["--index-strategy", "--keyring-provider", "--link-mode", "--prerelease", "--resolution", "--torch-backend"],
  ...["--extra", "--no-binary", "--only-binary", "-f", "--find-links", "--allow-insecure-host", "--python-version"],
  ...["--python-platform", "-P", "--upgrade-package", "--exclude-newer"],
];
const HARMLESS =
  /^(-[rctpinUqvP]|--(requirements?|constraints?|overrides?|target|prefix|system|python|index-url|index|default-index|extra-index-url|index-strategy|keyring-provider|link-mode|prerelease|resolution|torch-backend|extra|all-extras|no-binary|only-binary|no-build|no-build-isolation|no-deps|no-cache|no-cache-dir|upgrade|upgrade-package|reinstall|compile-bytecode|compile|no-compile|require-hashes|no-verify-hashes|break-system-packages|quiet|verbose|no-progress|native-tls|allow-insecure-host|offline|strict|no-config|exact|python-version|python-platform|no-sources|no-python-downloads|exclude-newer|pre|allow-empty-requirements))$/;

export function uvPipInputs(
  call: Call,
  action: string,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): InstallInputs {
  const words = call.args.flatMap((word) =>
    /^-[rc]./.test(word ?? "") ? [word?.slice(0, 2), word?.slice(2)] : [word],
  );
  const args = argumentsOf(words, VALUED);
  const [editable] = valuesOf(words, EDITABLES);
  const option =
    editable === undefined ? unknownOption(args, HARMLESS) : `uv pip install -e ${editable} builds from the sources`;
  if (option !== undefined) return { blocked: option };
  const manifestPath = inFolder(folder, "pyproject.toml");
  const manifest = readToml(context.read(manifestPath) ?? "");
  if (!manifest) return { blocked: `${manifestPath} can't be read` };
  const blocked =
    uvSettings(context, folder, manifest) ??
    uvEnvironment(context, folder, surroundings) ??
    homeSettings(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };

  const packages = args.positional.slice(2);
  const named = [...valuesOf(words, REQUIREMENTS), ...(action === "pip sync" ? packages : [])];
  const starts: string[] = [];
  for (const word of named) {
    const at = word === undefined ? undefined : placeOf(word, folder, surroundings.cwd);
    if (at === undefined || at === "outside") return { blocked: `the requirements file ${word ?? ""} lies elsewhere` };
    starts.push(at.path);
  }
  const local =
    action === "pip sync"
      ? undefined
      : packages.find((word) => word === undefined || /^[.~]|\/|\.(whl|gz|zip)$|@\s*file:/.test(word));
  if (local !== undefined || packages.includes(undefined))
    return {
      blocked: /^\.\.?(\/|\[|$)/.test(local ?? "")
        ? `uv pip install builds ${local} from its sources`
        : `uv pip install installs from ${local ?? "what the shell says"}`,
    };
  const projects = starts.filter((path) => /(^|\/)(pyproject\.toml|setup\.(py|cfg)|pylock.*\.toml)$/.test(path));
  const other = projects.find((path) => path !== "pyproject.toml") ?? (projects.length > 0 ? dynamic() : undefined);
  if (other !== undefined) return { blocked: `what ${other} asks for is only known when it is built` };
  const found = requirementFiles(
    context,
    folder,
    starts.filter((path) => !projects.includes(path)),
  );
  if ("blocked" in found) return found;
  if (found.local !== undefined && found.files.some((path) => path.includes("/")))
    return { blocked: `${found.local} is looked for beside its file, or where uv runs` };

  const writes: string[] = [...found.writes];
  for (const word of valuesOf(words, WRITTEN)) {
    const at = word === undefined ? undefined : placeOf(word, folder, surroundings.cwd);
    if (at === undefined || (at !== "outside" && /^\.\.?(\/|$)/.test(at.path)))
      return { blocked: `uv pip install writes into ${word ?? "what the shell says"}` };
    if (at !== "outside") writes.push(at.path);
  }
  const settings = ["pyproject.toml", "uv.toml", ".python-version"].filter((name) =>
    context.has(inFolder(folder, name)),
  );
  const files = [...new Set([...found.files, ...settings])];
  const link = linkAmong(
    context,
    files.map((file) => posix.join(folder, file)),
  );
  return link === undefined ? { files, writes: [...writes, ".venv"] } : { blocked: link };

  /** Where `pyproject.toml` says itself what is asked for, without sources on disk, nothing is built. */
  function dynamic(): string | undefined {
    const project = tableAt(manifest ?? {}, "project");
    const isStatic =
      typeof project.name === "string" &&
      !(Array.isArray(project.dynamic) && project.dynamic.some((name) => /dependencies/.test(String(name))));
    const sources = Object.values(tableAt(manifest ?? {}, "tool", "uv", "sources"))
      .flat()
      .filter(isTable);
    const isRemote = sources.every((source) => !("path" in source) && !("workspace" in source));
    return isStatic && isRemote ? undefined : manifestPath;
  }
}
