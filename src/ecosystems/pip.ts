import { posix } from "node:path";
import type { BuildContext } from "../context/types.ts";
import { type Blocker, homeSettings, inFolder, linkAmong, unknownOption, versionFiles } from "./blocked.ts";
import { type Arguments, argumentsOf } from "./call.ts";
import { shadowing } from "./python-modules.ts";
import { archiveNeeds, linkFiles, requirementFiles } from "./requirements.ts";
import { subcommands } from "./subcommands.ts";
import { hasOtherHome, homeFolders, PROGRAM_FOLDERS, pathsFootprint, systemFootprint } from "./system.ts";
import type { Call, Ecosystem, Footprint, InstallInputs, Recognised, Surroundings } from "./types.ts";

const byName = subcommands({
  name: "pip",
  purposes: { dependencies: ["install", "wheel", "download"], files: ["config"], clean: ["cache purge", "uninstall"] },
});

const FILE_OPTIONS = ["-r", "--requirement", "-c", "--constraint", "-f", "--find-links", "-e", "--editable"];
const VALUED = [
  ...FILE_OPTIONS,
  ...["-i", "--index-url", "--extra-index-url", "--trusted-host", "--timeout", "--retries", "--proxy", "--cache-dir"],
  ...["--progress-bar", "--no-binary", "--only-binary", "--use-feature", "--root-user-action", "--upgrade-strategy"],
];

/** Options that change neither which files of the project an install reads nor where it writes. */
const HARMLESS =
  /^(-[qUvI]+|-r|-c|-f|-i|--(no-cache-dir|no-cache|upgrade|quiet|verbose|requirement|constraint|find-links|index-url|extra-index-url|trusted-host|timeout|default-timeout|retries|proxy|disable-pip-version-check|no-warn-script-location|no-input|prefer-binary|no-binary|only-binary|no-deps|no-index|pre|progress-bar|use-feature|use-pep517|no-use-pep517|no-build-isolation|root-user-action|break-system-packages|ignore-installed|force-reinstall|upgrade-strategy|require-hashes|no-compile|compile|user|cache-dir|isolated|use-deprecated|no-python-version-warning|no-color|exists-action|ignore-requires-python))$/;

/** Variables that send pip elsewhere: files to read, places to write. */
const ELSEWHERE =
  /^PIP_(REQUIREMENT|CONSTRAINT|FIND_LINKS|CONFIG_FILE|TARGET|PREFIX|ROOT|SRC|EDITABLE|PYTHON|BUILD_CONSTRAINT|CACHE_DIR)$|^PYTHON(HOME|STARTUP)$/;

/** Python's package installer, as `pip`, `pip3.12`, `python -m pip`. */
export const pip: Ecosystem = {
  name: "pip",
  commands: ["pip", "python"],
  folderOf,
  recognise,
  footprint,
  installInputs,
};

function recognise(call: Call): Recognised | undefined {
  if (!call.tool.startsWith("python")) return recognisePip(call);
  if (call.args[0] !== "-m") return { purpose: "build", action: call.args[0] ?? "" };
  const module = call.args[1];
  if (module === "venv") return { purpose: "files", action: "venv" };
  return module === "pip" ? recognisePip(plain(call)) : { purpose: "build", action: module ?? "" };
}

/** Packages named on the command line belong to the system; the app's come from its files. */
function recognisePip(call: Call): Recognised | undefined {
  const known = byName.recognise(call);
  if (known?.action !== "install") return known;
  const { positional, options } = argumentsOf(call.args, VALUED);
  const fromFiles = FILE_OPTIONS.some((option) => options.has(option));
  const local = positional.some((word) => word === undefined || /^\.|\/|\.(whl|gz|zip)$/.test(word));
  return { ...known, purpose: fromFiles || local ? "dependencies" : "system" };
}

/** `python -m pip install -rdev.txt` as `pip install -r dev.txt`. */
function plain(call: Call): Call {
  const args = call.tool.startsWith("python") ? call.args.slice(2) : call.args;
  return {
    ...call,
    args: args.flatMap((word) => (/^-[rc]./.test(word ?? "") ? [word?.slice(0, 2), word?.slice(2)] : [word])),
  };
}

const FOLDERS = [...PROGRAM_FOLDERS, ...homeFolders(".cache/pip", ".local", ".config/pip")];

/** Of packages named on the command line, and of `python -m venv`. */
function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { purpose, action } = recognise(call) ?? {};
  const { env } = surroundings;
  if (environment(surroundings) !== undefined || env.has("PYTHONPATH") || hasOtherHome(surroundings)) return undefined;
  if (action === "venv") return pathsFootprint({ ...call, args: call.args.slice(2) }, surroundings, FOLDERS);
  // `python -m pip` looks for modules in the working directory.
  if (purpose !== "system" || call.tool.startsWith("python")) return undefined;
  const venv = env.get("VIRTUAL_ENV");
  if (env.has("VIRTUAL_ENV") && venv === undefined) return undefined;
  return systemFootprint(call, venv === undefined ? FOLDERS : [...FOLDERS, venv], VALUED);
}

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const words = plain(call).args;
  const args = argumentsOf(words, VALUED);
  if (args.positional[0] !== "install")
    return { blocked: `pip ${args.positional[0]} writes its packages into the project` };
  const blocked =
    editable(args) ??
    unknownOption(args, HARMLESS) ??
    environment(surroundings) ??
    shadowed(call, context, folder, surroundings) ??
    virtualEnvironment(context, folder) ??
    homeSettings(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };

  const found = namedFiles(context, folder, words, args);
  if ("blocked" in found) return found;
  const versions = versionFiles(context, folder, surroundings.base);
  if ("blocked" in versions) return versions;
  const files = [...found.files, ...versions.files];
  const link = linkAmong(
    context,
    files.map((file) => inFolder(folder, file)),
  );
  return link === undefined ? { files, writes: [] } : { blocked: link };
}

/** Files that the command line names, and those that they lead to. */
function namedFiles(context: BuildContext, folder: string, words: Call["args"], args: Arguments) {
  const files: string[] = [];
  const requirements = requirementsOf(words);
  const links = valuesOf(words, ["-f", "--find-links"]);
  for (const word of [...args.positional.slice(1), ...requirements, ...links])
    if (word === undefined || word.includes("*")) return { blocked: "the shell decides what pip installs" };
  // By `folderOf` this is the folder that they lie in.
  const isAbsolute = requirements.some((word) => word?.startsWith("/"));
  const required = requirementFiles(
    context,
    folder,
    requirements.map((word) => (isAbsolute ? posix.basename(word ?? "") : (word ?? ""))),
  );
  if ("blocked" in required) return required;
  if (isAbsolute && (required.local !== undefined || args.positional.length > 1 || links.length > 0))
    return { blocked: "pip installs from its working directory too" };
  const needs = [
    required,
    ...(links as string[]).map((link) => linkFiles(context, folder, link)),
    ...(args.positional.slice(1) as string[]).map((word) => archiveNeeds(context, folder, word, "pip install")),
  ];
  for (const needed of needs) {
    if ("blocked" in needed) return needed;
    files.push(...needed.files);
  }
  return { files: [...new Set(files)] };
}

/** Requirements files that all lie in one absolute folder are looked for there, wherever pip runs. */
function folderOf(call: Call, cwd: string | undefined): string | undefined {
  const folders = new Set(requirementsOf(plain(call).args).map((word) => word?.startsWith("/") && posix.dirname(word)));
  const [folder] = folders;
  return folders.size === 1 && folder ? folder : cwd;
}

function requirementsOf(words: Call["args"]): (string | undefined)[] {
  return valuesOf(words, ["-r", "--requirement", "-c", "--constraint"]);
}

/** Values of repeatable options, as `-r a`, `-ra` and `--requirement=a`. */
function valuesOf(words: Call["args"], names: readonly string[]): (string | undefined)[] {
  return words.flatMap((word, index) => {
    if (word === undefined) return [];
    if (names.includes(word)) return [words[index + 1]];
    const name = names.find((name) => name.startsWith("--") && word.startsWith(`${name}=`));
    return name === undefined ? [] : [word.slice(name.length + 1)];
  });
}

function editable({ options }: Arguments): Blocker {
  const option = ["-e", "--editable"].find((name) => options.has(name));
  return option && `pip install ${option} ${options.get(option) ?? ""} reads the sources`;
}

function environment({ env }: Surroundings): Blocker {
  const name = [...env.keys()].find((key) => ELSEWHERE.test(key));
  return name && `the environment sets ${name}`;
}

/** `python -m pip` looks for modules in the working directory first, and any Python in PYTHONPATH. */
function shadowed(call: Call, context: BuildContext, folder: string, { env }: Surroundings): Blocker {
  const fromFolder = call.tool.startsWith("python");
  if (!fromFolder && !env.has("PYTHONPATH")) return undefined;
  const name = shadowing(context.list(folder)) ?? (env.has("PYTHONPATH") ? shadowing(context.list("")) : undefined);
  return name && `${fromFolder ? "python -m pip" : "PYTHONPATH"} would import ${name} of the project`;
}

/** A virtual environment in the context, which a COPY after the install would put over the one that pip installs into. */
function virtualEnvironment(context: BuildContext, folder: string): Blocker {
  const found = context.list(folder).find((name) => context.has(inFolder(folder, `${name}/pyvenv.cfg`)));
  return found && `the build context holds the virtual environment ${inFolder(folder, found)}`;
}
