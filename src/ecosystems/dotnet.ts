import { subcommands } from "./subcommands.ts";

/** .NET's command line. */
export const dotnet = subcommands({
  name: "dotnet",
  commands: ["dotnet", "nuget", "msbuild"],
  purposes: {
    dependencies: ["restore"],
    system: ["tool install", "workload install"],
    build: ["build", "publish", "test", "pack", "run", "msbuild", "ef"],
    files: ["dev-certs", "nuget add"],
    clean: ["clean"],
  },
});
