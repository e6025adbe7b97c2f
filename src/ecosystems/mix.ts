import { posix } from "node:path";
import type { BuildContext } from "../context/types.ts";
import { type Blocker, homeSettings, inFolder, linkAmong, unknownOption, versionFiles } from "./blocked.ts";
import { argumentsOf } from "./call.ts";
import { builtMixApp, mixOutputs } from "./mix/builds.ts";
import { outdated } from "./mix/lock.ts";
import { configurationOf, dependenciesIn, readsOf, withoutComments } from "./mix/scripts.ts";
import { subcommands } from "./subcommands.ts";
import { hasOtherHome, homeFolders, homeOf, PROGRAM_FOLDERS } from "./system.ts";
import type {
  Call,
  Declaration,
  Ecosystem,
  Footprint,
  InstallInputs,
  Outputs,
  Purpose,
  Recognised,
  Surroundings,
} from "./types.ts";

const declares: Declaration = {
  title: "Mix",
  files: [
    {
      name: "mix.exs",
      role: "manifest",
      about: "also of the apps of an umbrella, and of packages named by their path",
    },
    { name: "mix.lock", role: "lock" },
    { name: "config/*.exs", role: "settings", about: "those that every task loads; not runtime.exs" },
  ],
  readsMore: [
    { what: "a `mix.exs` that reads a file by its name", then: "copied" },
    { what: "a `mix.exs` or configuration that reads files in other ways", then: "declined" },
    {
      what: "a package named by its path",
      then: "depends",
      how: "its mix.exs is enough to get, its sources are needed to compile",
    },
    { what: "an umbrella", then: "depends", how: "the mix.exs of each app is enough to get, but not to compile" },
    { what: "a mix.lock that does not fit mix.exs", then: "declined", how: "an install would write it anew" },
    { what: "an alias for `deps.get` or `deps.compile`", then: "declined" },
  ],
  installs: ["deps", "_build"],
  intermediates: ["~/.mix", "~/.hex"],
  caches: ["~/.hex/packages", "~/.hex/cache.ets", "~/.cache/rebar3"],
  network: "Hex's registry and the Git repositories that mix.lock names",
  builds: [
    { command: "mix compile", outputs: ["_build"] },
    { command: "mix release", outputs: ["_build/prod/rel"] },
  ],
  developmentOnly: "`only: :dev` in `mix.exs`, left out by `mix deps.get --only prod` and by MIX_ENV.",
};

const known = subcommands({
  name: "mix",
  purposes: {
    system: ["local.hex", "local.rebar", "archive.install", "hex.info"],
    dependencies: ["deps.get", "deps.update", "deps.compile"],
    build: ["compile", "release", "assets.deploy", "assets.build", "assets.setup", "phx.digest", "test"],
    clean: ["clean", "deps.clean"],
  },
});

/** Elixir's build tool. */
export const mix: Ecosystem = {
  ...known,
  declares,
  recognise,
  footprint,
  installInputs,
  filledBy,
  outputsOf,
  builtApp: builtMixApp(outputsOf),
};

/** Of `mix local.hex` and its like: they bring Mix what it gets packages with. */
function filledBy(call: Call, surroundings: Surroundings): readonly string[] | undefined {
  const places = footprint(call, surroundings)?.writes.filter((path) => /^\/root\/\.(mix|hex)$/.test(path));
  return places && !surroundings.env.has("MIX_HOME") && homeOf(surroundings) === "/root" ? places : undefined;
}

function outputsOf(call: Call, project: BuildContext, surroundings: Surroundings): Outputs {
  return mixOutputs(tasksOf(call), project, surroundings);
}

/** Of what `mix do` runs, the last purpose of this order counts for all. */
const BY_WEIGHT: readonly Purpose[] = ["clean", "system", "dependencies", "build"];

function recognise(call: Call): Recognised | undefined {
  if (call.args[0] !== "do") return known.recognise(call);
  const purposes = tasksOf(call).map((task) => known.recognise(task)?.purpose ?? "build");
  const purpose = BY_WEIGHT.findLast((each) => purposes.includes(each)) ?? "build";
  return { purpose, action: "do" };
}

/** `mix do a, b + c` as `mix a`, `mix b` and `mix c`. */
function tasksOf(call: Call): Call[] {
  if (call.args[0] !== "do") return [call];
  const tasks: (string | undefined)[][] = [[]];
  for (const word of call.args.slice(1)) {
    if (word === "+" || word === ",") {
      tasks.push([]);
      continue;
    }
    const ends = word?.endsWith(",") ?? false;
    tasks.at(-1)?.push(ends ? word?.slice(0, -1) : word);
    if (ends) tasks.push([]);
  }
  return tasks.filter((words) => words.length > 0).map((args) => ({ ...call, args }));
}

/** Of `mix local.hex` and its like: every task loads the project, if there is one. Its configuration has no other file without `config.exs`. */
function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { cwd, env } = surroundings;
  const isPlain = ({ args }: Call) => args.slice(1).every((word) => word === "--force" || word === "--if-missing");
  const areTools = tasksOf(call).every((task) => known.recognise(task)?.purpose === "system" && isPlain(task));
  const homes = ["MIX_HOME", "MIX_ARCHIVES", "HEX_HOME"].flatMap((name) => (env.has(name) ? [env.get(name)] : []));
  if (!areTools || cwd === undefined || environment(surroundings) !== undefined || hasOtherHome(surroundings))
    return undefined;
  if (homes.some((home) => !home?.startsWith("/"))) return undefined;
  const places = [...PROGRAM_FOLDERS, "/tmp", ...homeFolders(".mix", ".hex", ".cache"), ...(homes as string[])];
  const project = ["mix.exs", "mix.lock", "config/config.exs"].map((name) => posix.join(cwd, name));
  return { reads: [...places, ...project], writes: places, lookedFor: project, network: true };
}

/** `mix deps.get` and `mix deps.compile` load `mix.exs` and the configuration, read `mix.lock`, and write `deps` and `_build`. */
function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  let compiles = false;
  for (const task of tasksOf(call)) {
    const { purpose, action } = known.recognise(task) ?? {};
    if (purpose === "system" && action !== "archive.install") continue;
    if (action !== "deps.get" && action !== "deps.compile")
      return { blocked: `mix ${task.args[0] ?? ""} does more than getting what mix.lock names` };
    const args = argumentsOf(task.args, ["--only", "--target"]);
    const option = unknownOption(args, /^--(only|target|force|no-archives-check|check-locked|skip-umbrella-children)$/);
    if (option !== undefined) return { blocked: option };
    if (args.positional.length > 1) return { blocked: "mix deps.compile of single packages leaves others out" };
    compiles ||= action === "deps.compile";
  }
  const blocked = environment(surroundings) ?? homeSettings(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };
  const found = projectFiles(context, folder, compiles);
  if ("blocked" in found) return found;
  const versions = versionFiles(context, folder, surroundings.base);
  if ("blocked" in versions) return versions;
  const link = linkAmong(context, found.files);
  if (link !== undefined) return { blocked: link };
  const lock = context.has(inFolder(folder, "mix.lock")) ? [] : ["mix.lock"];
  const files = found.files.map((path) => posix.relative(folder, path));
  return { files: [...new Set([...files, ...versions.files])], writes: ["deps", "_build", ...lock] };
}

function environment({ env }: Surroundings): Blocker {
  const name = [...env.keys()].find((key) =>
    /^(MIX_(EXS|DEPS_PATH|BUILD_PATH|BUILD_ROOT|LOCKFILE|ARCHIVES_PATH)|ERL_LIBS|ERL_AFLAGS|ELIXIR_ERL_OPTIONS)$/.test(
      key,
    ),
  );
  return name && `the environment sets ${name}`;
}

/** Paths in the context. */
function projectFiles(
  context: BuildContext,
  folder: string,
  compiles: boolean,
): { readonly files: readonly string[] } | { readonly blocked: string } {
  const files: string[] = [];
  const all: { name: string; requirement: string | undefined }[] = [];
  const waiting = [folder];
  const seen = new Set(waiting);
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    const path = inFolder(at, "mix.exs");
    const reads = readsOf(context, path, at);
    if ("blocked" in reads) return reads;
    files.push(...reads);
    const text = withoutComments(context.read(path) ?? "");
    const setting = /\b(deps_path|build_path|lockfile|config_path):(?!\s*"\.\.\/)/.exec(text)?.[1];
    if (setting !== undefined) return { blocked: `${path} sets ${setting}` };
    if (/"?deps\.(get|compile)"?:/.test(text)) return { blocked: `${path} has an alias for deps.get or deps.compile` };
    const apps = at === folder ? /\bapps_path:\s*"([^"]+)"/.exec(text)?.[1] : undefined;
    const inUmbrella = apps === undefined ? [] : appsIn(context, inFolder(at, apps));
    for (const { name, options, requirement } of dependenciesIn(text)) {
      const local = /\bpath:\s*("([^"#]*)"|\S+)/.exec(options);
      if (/\bin_umbrella:/.test(options)) continue;
      if (!local) all.push({ name, requirement });
      else if (local[2] === undefined || local[2].startsWith("/"))
        return { blocked: `${path} names ${name} by a path that is not known` };
      else inUmbrella.push(posix.join(at, local[2]));
    }
    const configuration = at === folder || apps !== undefined ? configurationOf(context, at) : [];
    if ("blocked" in configuration) return configuration;
    files.push(...configuration);
    if (compiles && inUmbrella.length > 0) return { blocked: `mix deps.compile reads the sources in ${inUmbrella[0]}` };
    const outside = inUmbrella.find((each) => each.startsWith(".."));
    if (outside !== undefined)
      return { blocked: `${path} names a package in ${outside}, outside of the build context` };
    for (const each of inUmbrella) if (!seen.has(each)) waiting.push(each);
    for (const each of inUmbrella) seen.add(each);
  }
  const lock = inFolder(folder, "mix.lock");
  const text = context.read(lock);
  if (text === undefined) return { files };
  const reason = outdated(text, all);
  return reason === undefined ? { files: [...files, lock] } : { blocked: reason };
}

function appsIn(context: BuildContext, folder: string): string[] {
  return context
    .list(folder)
    .map((name) => inFolder(folder, name))
    .filter((path) => context.has(`${path}/mix.exs`));
}
