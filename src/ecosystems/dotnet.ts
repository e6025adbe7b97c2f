import type { BuildContext } from "../context/types.ts";
import { orBlocked } from "./blocking.ts";
import { argumentsOf } from "./call.ts";
import { builtDotnetApp } from "./dotnet/builds.ts";
import { DECLARED } from "./dotnet/declaration.ts";
import { fetchCommand } from "./dotnet/fetch.ts";
import { dotnetOutputs } from "./dotnet/outputs.ts";
import { restoreInputs } from "./dotnet/restore.ts";
import { toolInputs } from "./dotnet/tools.ts";
import { wordsOf } from "./dotnet/words.ts";
import { subcommands } from "./subcommands.ts";
import { hasOtherHome, homeFolders, PROGRAM_FOLDERS, projectFiles, systemFootprint } from "./system.ts";
import type { Call, Ecosystem, Fetch, Footprint, InstallInputs, Recognised, Surroundings } from "./types.ts";

const known = subcommands({
  name: "dotnet",
  commands: ["dotnet", "nuget", "msbuild"],
  purposes: {
    dependencies: ["restore", "tool restore"],
    system: ["tool install", "workload install"],
    build: ["build", "publish", "test", "pack", "run", "msbuild", "ef"],
    files: ["dev-certs", "nuget add"],
    clean: ["clean"],
  },
  declares: DECLARED,
});

/** .NET's command line. */
export const dotnet: Ecosystem = {
  ...known,
  worksBelow: true,
  recognise,
  footprint,
  installInputs,
  fetchFor,
  outputsOf: (call, project, surroundings) => dotnetOutputs(recognise(call)?.action ?? "", call, project, surroundings),
  worksAtRoot: true,
  builtApp: builtDotnetApp,
};

/** `dotnet msbuild -t:Restore` is a restore. */
function recognise(call: Call): Recognised | undefined {
  const recognised = known.recognise(call);
  const isRestore =
    recognised?.action === "msbuild" && call.args.some((word) => /^[-/](t|target):restore$/i.test(word ?? ""));
  return isRestore ? { purpose: "dependencies", action: "msbuild restore" } : recognised;
}

/** Global tools and workloads go into a home folder and into .NET's own; settings are read from where they are installed. */
function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  if (known.recognise(call)?.purpose !== "system" || surroundings.cwd === undefined || hasOtherHome(surroundings))
    return undefined;
  const { options } = argumentsOf(call.args);
  if (call.args[0] === "tool" && !["-g", "--global", "--tool-path"].some((name) => options.has(name))) return undefined;
  const homes = homeFolders(".dotnet", ".nuget", ".local/share/NuGet", ".config/NuGet", ".templateengine");
  const touched = systemFootprint(call, [...PROGRAM_FOLDERS, ...homes, "/tmp"], ["--version", "--framework"]);
  const settings = projectFiles(surroundings.cwd, ["nuget.config", "NuGet.config", "NuGet.Config", "global.json"]);
  return touched && { ...touched, reads: [...touched.reads, ...settings] };
}

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const action = recognise(call)?.action;
  if (action === "tool restore") return toolInputs(call, context, folder);
  if (action !== "restore" || call.tool !== "dotnet")
    return { blocked: `refit does not know which files \`${call.tool} ${action}\` reads` };
  return orBlocked(() => restoreInputs(wordsOf(call.args.slice(1), "restore"), context, folder, surroundings));
}

function fetchFor(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): Fetch | undefined {
  const action = recognise(call)?.action;
  if (call.tool !== "dotnet" || !["build", "publish", "pack", "test"].includes(action ?? "")) return undefined;
  return orBlocked(() => fetchCommand(call, action ?? "", context, folder, surroundings));
}
