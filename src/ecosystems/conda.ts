import { posix } from "node:path";
import type { BuildContext } from "../context/types.ts";
import { type Blocker, foldersAbove, homeSettings, inFolder, linkAmong, unknownOption } from "./blocked.ts";
import { type Arguments, argumentsOf } from "./call.ts";
import { placeOf } from "./places.ts";
import { condaFile } from "./python/conda-files.ts";
import { valuesOf } from "./python/pip-options.ts";
import { subcommands } from "./subcommands.ts";
import { hasOtherHome, homeFolders, PROGRAM_FOLDERS, systemFootprint } from "./system.ts";
import type { Call, Declaration, Ecosystem, Footprint, InstallInputs, Recognised, Surroundings } from "./types.ts";

const FILES = ["-f", "--file"];
const PREFIXES = ["-p", "--prefix"];
const VALUED = [
  ...FILES,
  ...PREFIXES,
  ...["-n", "--name", "-c", "--channel", "--solver", "--platform", "--subdir", "-r", "--root-prefix", "--category"],
  "--rc-file",
];

const declares: Declaration = {
  title: "conda",
  files: [
    { name: "environment.yml", role: "manifest", about: "or what --file names" },
    { name: "*.txt", role: "manifest", about: "lists of packages, and explicit ones with addresses" },
    { name: "requirements*.txt", role: "manifest", about: "which the pip section includes with -r" },
  ],
  readsMore: [
    { what: "a requirement of the pip section that is a folder, such as `-e .`", then: "declined" },
    { what: "a channel or a package on disk", then: "declined" },
    { what: "a module of the project by a name that pip imports, under a pip section", then: "declined" },
    { what: "anything in environment.yml beside names, channels and dependencies", then: "declined" },
    { what: "an archive that the pip section names", then: "copied" },
  ],
  installs: ["/opt/conda", "/opt/conda/envs"],
  caches: ["/opt/conda/pkgs", "/opt/miniconda/pkgs", "~/.cache/conda"],
  network: "the channels that the command, environment.yml and .condarc name; the package index for a pip section",
  builds: [],
  developmentOnly: "conda has no packages for development alone.",
};

const known = subcommands({
  name: "conda",
  commands: ["conda", "mamba", "micromamba"],
  purposes: {
    dependencies: ["env create", "env update", "create"],
    system: ["install", "update", "upgrade"],
    build: ["run", "build"],
    files: ["config", "init", "info", "list", "--version"],
    clean: ["clean", "remove", "uninstall", "env remove"],
  },
  valued: VALUED,
  declares,
});

/** Conda and its kin: packages of a system of their own, or of the app's `environment.yml`. */
export const conda: Ecosystem = {
  ...known,
  linksIn: ["conda", "miniconda", "miniconda3", "envs", "pkgs"],
  recognise,
  folderOf,
  footprint,
  installInputs,
};

/** Packages named on the command line belong to the system; the app's come from its files. */
function recognise(call: Call): Recognised | undefined {
  const found = known.recognise(call);
  return found?.purpose === "system" && filesOf(call).length > 0 ? { ...found, purpose: "dependencies" } : found;
}

/** Images whose conda lies in /opt/conda. */
const IMAGES = /^(docker\.io\/)?(continuumio|condaforge|mambaorg|jupyter|quay\.io\/jupyter)\//;
const PLACES = [
  "/opt/conda",
  "/tmp",
  ...PROGRAM_FOLDERS,
  ...homeFolders(".conda", ".condarc", ".mamba", ".cache", ".config"),
];

/** Of packages named on the command line, settings and caches, where it is known where conda lies. */
function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { purpose, action } = recognise(call) ?? {};
  const { base, env } = surroundings;
  const isOutside = purpose === "system" || purpose === "clean" || action === "config";
  const moved = [...env.keys()].some((name) => ELSEWHERE.test(name)) || hasOtherHome(surroundings);
  const { options } = argumentsOf(call.args, VALUED);
  const other = [...PREFIXES, "-r", "--root-prefix", "--env", "--use-local"].some((name) => options.has(name));
  if (!isOutside || moved || other || !IMAGES.test(base ?? "")) return undefined;
  return systemFootprint(call, PLACES, VALUED);
}

/** `-fa` as `-f a`. */
function wordsOf({ args }: Call): Call["args"] {
  return args.flatMap((word) => (/^-f./.test(word ?? "") ? ["-f", word?.slice(2).replace(/^=/, "")] : [word]));
}

/** What `-f` and `--file` name; of `env create` and `env update` the usual name where none is named. */
function filesOf(call: Call): (string | undefined)[] {
  const named = valuesOf(wordsOf(call), FILES);
  return named.length === 0 && /^env /.test(known.recognise(call)?.action ?? "") ? ["environment.yml"] : named;
}

/** Files that are named by absolute paths are looked for there: the one folder where they all lie, unless conda runs above it. */
function folderOf(call: Call, cwd: string | undefined): string | undefined {
  return filesFolder(call, cwd) ?? cwd;
}

function filesFolder(call: Call, cwd: string | undefined): string | undefined {
  const files = filesOf(call);
  const absolute = files.filter((file) => file?.startsWith("/")) as string[];
  const isBelow = (path: string) => cwd !== undefined && cwd !== "/" && path.startsWith(`${cwd}/`);
  const folders = new Set(absolute.map((file) => posix.dirname(file)));
  const [folder] = folders;
  return absolute.length < files.length || absolute.every(isBelow) || folders.size !== 1 ? undefined : folder;
}

/** Options that change neither which files of the project are read nor where conda writes, and those that are looked into. */
const HARMLESS =
  /^(-[fpncyqvdrS]|-vv|-vvv|--(file|prefix|name|channel|yes|quiet|verbose|prune|force|force-reinstall|override-channels|strict-channel-priority|no-channel-priority|solver|experimental-solver|copy|no-pin|no-deps|only-deps|update-deps|freeze-installed|no-update-deps|satisfied-skip-solve|update-all|all|offline|json|insecure|platform|subdir|root-prefix|rc-file|no-rc|no-env|use-index-cache|use-local|no-default-packages|no-py-pin|always-softlink|category|no-shortcuts|debug))$/;

const HOME_SETTINGS = [".condarc", ".mambarc", ".conda", ".mamba"];
const ELSEWHERE =
  /^(CONDARC|MAMBARC|CONDA_ENVS_(PATH|DIRS)|CONDA_PKGS_DIRS|MAMBA_ROOT_PREFIX|CONDA_PREFIX|PYTHONPATH)$/;

function installInputs(call: Call, context: BuildContext, folder: string, given: Surroundings): InstallInputs {
  const surroundings = { ...given, cwd: filesFolder(call, given.cwd) ?? given.cwd };
  const { cwd, env } = surroundings;
  const action = known.recognise(call)?.action ?? "";
  const args = argumentsOf(wordsOf(call), VALUED);
  const own = args.positional.slice(action.split(" ").length);
  const odd = own.find(
    (word) => word === undefined || !/^[\w.:-]+(\[.*\])?([=<>!~ ].*)?$/.test(word) || /\.(conda|bz2|ya?ml)$/.test(word),
  );
  const blocked =
    (odd !== undefined || own.includes(undefined)
      ? `${call.tool} ${action} installs ${odd ?? "what the shell says"}`
      : undefined) ??
    leading(args) ??
    unknownOption(args, HARMLESS) ??
    settings(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };
  const files: string[] = [];
  const writes: string[] = [];
  for (const word of filesOf(call)) {
    const at = word === undefined ? undefined : placeOf(word, folder, cwd);
    if (at === undefined || at === "outside" || /^\w+:/.test(word ?? ""))
      return { blocked: `the file ${word ?? ""} lies elsewhere` };
    const found = condaFile(context, folder, at.path, surroundings);
    if ("blocked" in found) return found;
    files.push(...found.files);
    writes.push(...found.writes);
  }
  for (const word of [
    ...valuesOf(call.args, PREFIXES),
    ...(env.has("CONDA_PREFIX") ? [env.get("CONDA_PREFIX")] : []),
  ]) {
    const at = word === undefined ? undefined : placeOf(word, folder, cwd);
    if (at === undefined || (at !== "outside" && /^\.\.?(\/|$)/.test(at.path)))
      return { blocked: `${call.tool} ${action} writes into ${word}` };
    if (at !== "outside") writes.push(at.path);
  }
  const link = linkAmong(
    context,
    files.map((file) => posix.join(folder, file)),
  );
  return link === undefined ? { files: [...new Set(files)], writes } : { blocked: link };
}

/** Options that lead to packages and settings that refit does not look into. */
function leading({ options }: Arguments): Blocker {
  if (options.has("--use-local")) return "--use-local takes packages that were built in the image";
  return options.has("--rc-file") ? "--rc-file names settings that may lead to other files" : undefined;
}

/** Settings that may lie in the home folder of who installs, and variables that lead into the project. */
function settings(context: BuildContext, folder: string, surroundings: Surroundings): Blocker {
  const { cwd, env } = surroundings;
  const found = [folder, ...foldersAbove(folder)]
    .flatMap((at) => HOME_SETTINGS.map((name) => inFolder(at, name)))
    .find((path) => context.has(path) || context.isFolder(path));
  const set = [...env.keys()].find(
    (name) =>
      ELSEWHERE.test(name) && name !== "CONDA_PREFIX" && placeOf(env.get(name) ?? ".", folder, cwd) !== "outside",
  );
  return (
    (found && `${found} may be settings of conda`) ??
    (set && `the environment sets ${set}`) ??
    homeSettings(context, folder, surroundings)
  );
}
