import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { cacheOf, type Fetch, fetchFor, footprintOf, intermediateOf } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf, type Place } from "./calls.ts";

const sdk = "mcr.microsoft.com/dotnet/sdk:8.0";
const csproj = (body = "") =>
  `<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup>\n    <TargetFramework>net8.0</TargetFramework>\n  </PropertyGroup>\n${body}</Project>\n`;
const refersTo = (...paths: readonly string[]) =>
  `<ItemGroup>${paths.map((path) => `<ProjectReference Include="${path}" />`).join("")}</ItemGroup>`;
const packages = '<ItemGroup><PackageReference Include="Serilog" Version="3.1.1" /></ItemGroup>';

type Files = Readonly<Record<string, string>>;

function restore(script: string, files: Files, place: Place = {}) {
  return inputsOf(script, files, { base: sdk, ...place });
}

function fetched(script: string, files: Files, base = sdk): Fetch | undefined {
  const surroundings = { cwd: "/app", env: new Map<string, string>(), base };
  return fetchFor(invocationOf(script)!, memoryContext(files), "", surroundings);
}

describe("dotnet restore", () => {
  test("needs the one project of its folder", () => {
    expect(restore("dotnet restore", { "Letters.csproj": csproj(packages), "Program.cs": "" })).toEqual({
      files: ["Letters.csproj"],
      writes: ["obj"],
      fetched: ["~/.nuget", "~/.local/share/NuGet", "/tmp/NuGetScratch", "~/.dotnet", "obj"],
    });
  });

  test("follows references from project to project, with folders kept", () => {
    const files = {
      "src/Api/Api.csproj": `\uFEFF${csproj(refersTo("..\\Core\\Core.csproj"))}`,
      "src/Core/Core.csproj": csproj(refersTo("$(MSBuildThisFileDirectory)../Words/Words.fsproj")),
      "src/Words/Words.fsproj": csproj(),
      "src/Other/Other.csproj": csproj(),
      "src/Api/Program.cs": "",
    };
    expect(restore('dotnet restore "src/Api/Api.csproj"', files)).toMatchObject({
      files: ["src/Api/Api.csproj", "src/Core/Core.csproj", "src/Words/Words.fsproj"],
      writes: ["src/Api/obj", "src/Core/obj", "src/Words/obj"],
    });
    expect(restore("dotnet restore", files, { folder: "src/Api" })).toMatchObject({
      files: ["Api.csproj", "../Core/Core.csproj", "../Words/Words.fsproj"],
    });
    expect(restore("dotnet restore src/Api", files)).toMatchObject({
      writes: expect.arrayContaining(["src/Core/obj"]),
    });
  });

  test("reads settings, props and targets upwards", () => {
    const files = {
      "global.json": '{ "sdk": { "version": "8.0.100" } }',
      "NuGet.Config":
        '<configuration><packageSources><add key="feed" value="https://feed.example/v3/index.json" /></packageSources></configuration>',
      "Directory.Build.props": '<Project><Import Project="build\\versions.props" /></Project>',
      "build/versions.props": "<Project />",
      "Directory.Packages.props": "<Project />",
      "src/Directory.Build.props":
        "<Project><Import Project=\"$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))\" /></Project>",
      "src/Directory.Build.targets": "<Project />",
      "src/Api/Api.csproj": csproj(),
      "src/Api/Api.csproj.user": "<Project />",
    };
    expect(restore("dotnet restore src/Api/Api.csproj", files)).toMatchObject({
      files: [
        ...["src/Api/Api.csproj", "src/Directory.Build.props", "Directory.Build.props", "build/versions.props"],
        ...["Directory.Packages.props", "src/Api/Api.csproj.user", "src/Directory.Build.targets"],
        ...["NuGet.Config", "global.json"],
      ],
    });
  });

  test("reads more words from files beside the project and above", () => {
    const files = { "src/Api/Api.csproj": csproj(), "Directory.Build.rsp": "# quiet\n-v:m\n" };
    const beside = (text: string) => restore("dotnet restore src/Api", { ...files, "src/Api/MSBuild.rsp": text });
    expect(beside("-m:2")).toMatchObject({
      files: ["src/Api/Api.csproj", "src/Api/MSBuild.rsp", "Directory.Build.rsp"],
    });
    expect(beside("-p:BaseIntermediateOutputPath=elsewhere/")).toEqual({
      blocked: "src/Api/MSBuild.rsp has options that could make the restore read other files",
    });
  });

  test("needs every project of a solution", () => {
    const solution = [
      'Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "Api", "src\\Api\\Api.csproj", "{1}"',
      'Project("{2150E333-8FDC-42A3-9474-1A3956D46DE8}") = "docs", "docs", "{2}"',
    ].join("\r\n");
    const files = { "src/Api/Api.csproj": csproj() };
    const needed = { files: ["Letters.sln", "src/Api/Api.csproj"], writes: ["src/Api/obj"] };
    expect(restore("dotnet restore", { ...files, "Letters.sln": solution })).toMatchObject(needed);
    const xml = '<Solution><Folder Name="/src/"><Project Path="src/Api/Api.csproj" /></Folder></Solution>';
    expect(restore("dotnet restore Letters.slnx", { ...files, "Letters.slnx": xml })).toMatchObject({
      files: ["Letters.slnx", "src/Api/Api.csproj"],
    });
    expect(restore("dotnet restore Letters.sln", { "Letters.sln": solution })).toEqual({
      blocked: "the build context has no src/Api/Api.csproj, which Letters.sln lists",
    });
  });

  test("takes along what conditions ask for, and packages in folders", () => {
    const files = {
      "Letters.csproj": csproj(
        '<Import Project="extra.props" Condition="Exists(\'extra.props\')" /><PropertyGroup Condition="Exists(\'$(MSBuildProjectDirectory)/stable.txt\')"><Stable>true</Stable></PropertyGroup>',
      ),
      "stable.txt": "",
      "nuget.config":
        '<configuration><packageSources><clear /><add key="local" value="./packages" /></packageSources></configuration>',
      "packages/words.1.0.0.nupkg": "",
    };
    expect(restore("dotnet restore", files)).toMatchObject({
      files: ["Letters.csproj", "stable.txt", "nuget.config", "packages/words.1.0.0.nupkg"],
    });
  });

  test("knows where projects put what it writes", () => {
    const files = {
      "Directory.Build.props":
        "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>",
      "src/Api.csproj": csproj(),
    };
    expect(restore("dotnet restore src", files)).toMatchObject({ writes: ["src/obj", "artifacts"] });
    const moved = csproj(
      "<PropertyGroup><BaseIntermediateOutputPath>..\\made\\</BaseIntermediateOutputPath></PropertyGroup>",
    );
    expect(restore("dotnet restore src", { "src/Api.csproj": moved })).toMatchObject({ writes: ["src/obj", "made"] });
  });

  test("reads a lock file in locked mode", () => {
    const files = { "Letters.csproj": csproj(), "packages.lock.json": "{}" };
    expect(restore("dotnet restore", files)).toEqual({
      blocked: "dotnet restore keeps packages.lock.json up to date; with --locked-mode it would not",
    });
    expect(restore("dotnet restore --locked-mode", files)).toMatchObject({
      files: ["Letters.csproj", "packages.lock.json"],
    });
  });

  test("takes options that name no file", () => {
    const files = { "Letters.csproj": csproj() };
    for (const options of [
      ...["-r linux-x64", "--runtime linux-musl-$TARGETARCH", "-a $TARGETARCH", "--no-cache -v minimal --nologo"],
      ...[
        "-p:PublishReadyToRun=true",
        "/p:Configuration=Release",
        "-s https://feed.example",
        "--property:Platform=x64",
      ],
      ...["Letters.csproj", "./Letters.csproj", ".", "/app/Letters.csproj", "--disable-parallel --force"],
    ])
      expect(restore(`dotnet restore ${options}`, files), options).toMatchObject({ files: ["Letters.csproj"] });
  });

  test("settings by option take the place of those above", () => {
    const files = {
      "Letters.csproj": csproj(),
      "NuGet.config": "<configuration>",
      "ci/nuget.xml": "<configuration />",
    };
    expect(restore("dotnet restore --configfile ci/nuget.xml", files)).toMatchObject({
      files: ["Letters.csproj", "ci/nuget.xml"],
    });
    expect(restore("dotnet restore", files)).toEqual({ blocked: "NuGet.config can't be read" });
  });

  test.each([
    ["a path nobody can work out", csproj(refersTo("$(Root)/a.csproj")), {}, /refers to \$\(Root\)\/a.csproj/],
    ["a project outside", csproj(refersTo("..\\a\\a.csproj")), {}, /outside of the build context/],
    ["a project that is not there", csproj(refersTo("a/a.csproj")), {}, /has no a\/a.csproj, to which/],
    ["an import nobody can work out", csproj('<Import Project="$(Shared).props" />'), {}, /imports/],
    [
      "a hook",
      csproj(
        '<Target Name="husky" BeforeTargets="Restore;CollectPackageReferences"><Exec Command="dotnet tool restore" /></Target>',
      ),
      {},
      /has a target husky that the restore may run/,
    ],
    [
      "a file that is read",
      csproj("<PropertyGroup><Version>$([System.IO.File]::ReadAllText('version.txt'))</Version></PropertyGroup>"),
      { "version.txt": "1.0" },
      /reads files by \[System.IO.File\]::ReadAllText/,
    ],
    [
      "a folder that is asked for",
      csproj("<ItemGroup Condition=\"Exists('data')\" />"),
      { "data/a": "" },
      /a folder data/,
    ],
    ["computed references", csproj('<ItemGroup><ProjectReference Include="@(Found)" /></ItemGroup>'), {}, /computes/],
    ["an SDK of others", '<Project Sdk="Microsoft.VisualStudio.JavaScript.Sdk/1.0.0" />', {}, /uses the SDK/],
    ["XML that is broken", "<Project>", {}, /can't be read/],
    [
      "a source nobody knows",
      csproj(),
      { "nuget.config": '<c><packageSources><add key="a" value="%HOME%/a" /></packageSources></c>' },
      /%HOME%/,
    ],
    [
      "a source that is not there",
      csproj(),
      { "nuget.config": '<c><packageSources><add key="a" value="gone" /></packageSources></c>' },
      /takes packages from gone/,
    ],
    ["two projects", csproj(), { "Other.csproj": csproj() }, /more than one project/],
    ["options of MSBuild", csproj(), { "Directory.Build.rsp": "@other.rsp" }, /Directory.Build.rsp has options/],
  ])("is blocked by %s", (_, project, files, reason) => {
    expect(restore("dotnet restore", { "Letters.csproj": project, ...files })).toEqual({
      blocked: expect.stringMatching(reason),
    });
  });

  test.each([
    "dotnet restore $PROJECT",
    "dotnet restore --evil",
    "dotnet restore a.csproj b.csproj",
    "nuget restore",
    "dotnet restore -p:Root=x",
    "dotnet msbuild -t:Restore",
  ])("%s is blocked", (script) => {
    expect(restore(script, { "Letters.csproj": csproj() })).toHaveProperty("blocked");
  });
});

describe("dotnet tool restore", () => {
  test("needs the manifests upwards and the settings", () => {
    const files = { ".config/dotnet-tools.json": "{}", "nuget.config": "<configuration />", "a/b.cs": "" };
    expect(restore("dotnet tool restore", files, { folder: "a" })).toEqual({
      files: ["../.config/dotnet-tools.json", "../nuget.config"],
      writes: [],
    });
    expect(restore("dotnet tool restore --tool-manifest x", files)).toHaveProperty("blocked");
    expect(restore("dotnet tool restore", {})).toHaveProperty("blocked");
  });

  test("a global tool is installed beside the project", () => {
    const surroundings = { cwd: "/app", env: new Map<string, string>(), base: sdk };
    expect(footprintOf(invocationOf("dotnet tool install -g dotnet-ef")!, surroundings)?.writes).toContain(
      "/root/.dotnet",
    );
    expect(footprintOf(invocationOf("dotnet tool install dotnet-ef")!, surroundings)).toBeUndefined();
  });
});

describe("what dotnet restores of its own accord is fetched ahead", () => {
  const files = { "src/Api/Api.csproj": csproj(packages) };
  test.each([
    ["dotnet publish src/Api -c Release -o out", "dotnet restore src/Api -p:Configuration=Release"],
    [
      "dotnet publish src/Api/Api.csproj -r linux-x64 --self-contained false -o /app",
      "dotnet restore src/Api/Api.csproj --runtime linux-x64 -p:SelfContained=false",
    ],
    ["DOTNET_NOLOGO=1 dotnet build 'src/Api' /p:Version=1.0", "dotnet restore src/Api -p:Version=1.0"],
    ["dotnet publish src/Api -a arm64", "dotnet restore src/Api --arch arm64"],
    ["dotnet test src/Api --filter Fast -f net8.0", "dotnet restore src/Api"],
  ])("%s", (script, command) => {
    expect(fetched(script, files)).toEqual({ command });
  });

  test.each([
    "dotnet publish --no-restore src/Api",
    "dotnet build --no-build src/Api",
    "dotnet clean src/Api",
    "dotnet run",
  ])("%s restores nothing", (script) => {
    expect(fetched(script, files)).toBeUndefined();
  });

  test("not where the restore would be another one, or may fail", () => {
    expect(fetched("dotnet publish src/Api -a arm64", files, "mcr.microsoft.com/dotnet/sdk:6.0")).toHaveProperty(
      "blocked",
    );
    expect(fetched("dotnet publish src/Api -p:PublishProfile=Linux", files)).toHaveProperty("blocked");
    const debug = `<ItemGroup Condition="'$(Configuration)' == 'Debug'"><PackageReference Include="A" Version="1" /></ItemGroup>`;
    const conditional = { "src/Api/Api.csproj": csproj(debug) };
    expect(fetched("dotnet publish src/Api", conditional)).toHaveProperty("blocked");
    expect(fetched("dotnet publish -c Release src/Api", conditional)).toHaveProperty("command");
  });
});

test("what the command line keeps in a home folder is a cache, its tools are none", () => {
  const notes = [
    "3.1.102.dotnetFirstUseSentinel",
    "8.0.100_MachineId.dotnetUserLevelCache",
    "TelemetryStorageService/1.trn",
  ];
  for (const name of notes) expect(cacheOf(`/root/.dotnet/${name}`)).toBe("dotnet");
  expect(cacheOf("/root/.dotnet/tools/dotnet-ef")).toBeUndefined();
  expect(intermediateOf("/home/app/.nuget/NuGet/NuGet.Config", () => true)).toBe("dotnet");
});
