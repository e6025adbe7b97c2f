import type { Declaration } from "../types.ts";

/** What there is to say of .NET. */
export const DECLARED: Declaration = {
  title: ".NET",
  files: [
    { name: "*.csproj, *.fsproj, *.vbproj", role: "manifest", about: "and those that they refer to" },
    { name: "*.sln, *.slnx", role: "manifest", about: "all projects of a solution are restored" },
    {
      name: "Directory.Build.props, Directory.Build.targets",
      role: "manifest",
      about: "from each project upwards, and what they import",
    },
    { name: "Directory.Packages.props", role: "manifest", about: "central package management" },
    { name: "packages.lock.json", role: "lock" },
    { name: "nuget.config", role: "settings", about: "in any case, from each project upwards" },
    { name: "global.json", role: "settings", about: "the SDK's version" },
    { name: "MSBuild.rsp, Directory.Build.rsp", role: "settings", about: "more words for the command line" },
    { name: ".config/dotnet-tools.json", role: "manifest", about: "for `dotnet tool restore`" },
  ],
  readsMore: [
    { what: "a `ProjectReference`", then: "copied", how: "the project, and all that it imports and refers to" },
    { what: "an `Import` or `Exists(…)` of a file", then: "depends", how: "copied where its path can be worked out" },
    { what: "a folder of packages in `nuget.config`", then: "copied" },
    { what: "a target that runs before `Restore`", then: "declined" },
    { what: "`System.IO.File` in a project file", then: "declined" },
    { what: "`packages.lock.json` without locked mode", then: "declined", how: "the restore may write it anew" },
  ],
  installs: ["~/.nuget/packages", "obj/"],
  caches: [
    "~/.local/share/NuGet/http-cache",
    "~/.local/share/NuGet/v3-cache",
    "~/.local/share/NuGet/plugins-cache",
    // What the command line notes of itself, from its first run on.
    "~/.dotnet/TelemetryStorageService",
    "~/.dotnet/optimizationdata",
    "~/.dotnet/*Sentinel",
    "~/.dotnet/*.sentinel",
    "~/.dotnet/*.dotnetUserLevelCache",
  ],
  intermediates: [
    "**/obj/Debug",
    "**/obj/Release",
    "**/bin/Debug/net*",
    "**/bin/Release/net*",
    "**/obj/project.assets.json",
    "**/obj/*.nuget.*",
    "~/.nuget",
    "~/.local/share/NuGet/Migrations",
  ],
  network: "the package sources that `nuget.config` names",
  builds: [
    { command: "dotnet build", outputs: ["bin/"] },
    { command: "dotnet publish -o out", outputs: ["out/"] },
  ],
};
