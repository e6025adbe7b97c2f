import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { type Outputs, outputsOf } from "../../src/ecosystems/index.ts";
import { invocationOf } from "./calls.ts";

const surroundings = { cwd: "/srv/tides", env: new Map<string, string | undefined>(), base: "debian:13" };

function made(script: string, files: Readonly<Record<string, string>>): Outputs {
  return outputsOf(invocationOf(script)!, memoryContext({ "src/Main.java": "", ...files }), surroundings);
}

function pom(more: string): Readonly<Record<string, string>> {
  const own = "<groupId>example</groupId><artifactId>tides</artifactId><version>1</version>";
  return { "pom.xml": `<project>${own}${more}</project>` };
}

function plugin(name: string, more: string): string {
  return `<build><plugins><plugin><artifactId>${name}</artifactId>${more}</plugin></plugins></build>`;
}

function goal(name: string, configuration = ""): string {
  return `<executions><execution><goals><goal>${name}</goal></goals><configuration>${configuration}</configuration></execution></executions>`;
}

const CLASSES = "target/classes";

describe("Maven", () => {
  const shade = (configuration: string) => pom(plugin("maven-shade-plugin", goal("shade", configuration)));
  const assembly = (configuration: string) => pom(plugin("maven-assembly-plugin", goal("single", configuration)));
  const withParts = "<descriptorRefs><descriptorRef>jar-with-dependencies</descriptorRef></descriptorRefs>";

  test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    ["the archive by its coordinates", "mvn package", pom(""), [CLASSES, "target/tides-1.jar"]],
    ["its name", "mvn -B install", pom("<build><finalName>sea</finalName></build>"), [CLASSES, "target/sea.jar"]],
    ["a web archive", "mvn verify", pom("<packaging>war</packaging>"), [CLASSES, "target/tides-1.war"]],
    ["classes alone", "mvn compile", pom(""), [CLASSES]],
    ["nothing", "mvn dependency:go-offline", pom(""), []],
    [
      "an archive that is repackaged beside the plain one",
      "mvn package",
      pom(plugin("spring-boot-maven-plugin", "<configuration><classifier>exec</classifier></configuration>")),
      [CLASSES, "target/tides-1.jar", "target/tides-1-exec.jar"],
    ],
    [
      "what shading leaves of the plain one",
      "mvn package",
      shade(""),
      [CLASSES, "target/tides-1.jar", "target/original-tides-1.jar"],
    ],
    [
      "a shaded archive beside the plain one",
      "mvn package",
      shade("<shadedArtifactAttached>true</shadedArtifactAttached>"),
      [CLASSES, "target/tides-1.jar", "target/tides-1-shaded.jar"],
    ],
    [
      "an assembly",
      "mvn package",
      assembly(withParts),
      [CLASSES, "target/tides-1.jar", "target/tides-1-jar-with-dependencies.jar"],
    ],
    [
      "a version from the command line",
      "mvn package -Drevision=4",
      { "pom.xml": "<project><artifactId>tides</artifactId><version>${revision}</version></project>" },
      [CLASSES, "target/tides-4.jar"],
    ],
    [
      "a version that settings of the project choose",
      "mvn package",
      {
        "pom.xml":
          "<project><artifactId>tides</artifactId><version>${revision}</version><properties><revision>1</revision></properties></project>",
        ".mvn/maven.config": "-Drevision=5\n",
      },
      [CLASSES, "target/tides-5.jar"],
    ],
  ])("makes %s", (_, script, files, outputs) => {
    expect(made(script, files)).toEqual({ outputs });
  });

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ["`mvn site` may write anything", "mvn site", pom("")],
    ["pom.xml sets the directory of its build", "mvn package", pom("<build><directory>out</directory></build>")],
    [
      "pom.xml sets outputDirectory of maven-jar-plugin",
      "mvn package",
      pom(plugin("maven-jar-plugin", "<configuration><outputDirectory>x</outputDirectory></configuration>")),
    ],
    [
      "pom.xml names its archive by ${stamp}, which is not known",
      "mvn package",
      pom("<build><finalName>${stamp}</finalName></build>"),
    ],
    ["the build context has no pom.xml", "mvn package", {}],
  ])("says: %s", (unknown, script, files) => {
    expect(made(script, files)).toEqual({ unknown });
  });
});

describe("Gradle", () => {
  const project = (build: string, settings = "rootProject.name = 'tides'"): Readonly<Record<string, string>> => ({
    "settings.gradle": settings,
    "build.gradle": build,
  });
  const boot = "plugins { id 'java'\nid 'org.springframework.boot' version '3.4.1' }\n";

  test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    ["an archive without a version", "gradle jar", project("plugins { id 'java' }"), ["tides.jar"]],
    ["its version", "gradle build", project("plugins { id 'java' }\nversion = '2.0'"), ["tides-2.0.jar"]],
    ["the name of its folder", "gradle jar", project("plugins { id 'java' }", ""), ["tides.jar"]],
    [
      "a plain archive beside Spring's",
      "gradle build",
      project(`${boot}version = '1'`),
      ["tides-1-plain.jar", "tides-1.jar"],
    ],
    ["Spring's alone", "gradle bootJar", project(boot), ["tides.jar"]],
    ["Spring's without the other", "gradle assemble", project(`${boot}jar { enabled = false }`), ["tides.jar"]],
    ["a name of its own", "gradle bootJar", project(`${boot}bootJar { archiveFileName = 'app.jar' }`), ["app.jar"]],
    [
      "a classifier",
      "gradle jar",
      project("plugins { id 'java' }\njar { archiveClassifier = 'all' }"),
      ["tides-all.jar"],
    ],
    [
      "the version of all projects",
      "gradle jar",
      project("plugins { id 'java' }\nallprojects { version = '3' }\nsubprojects { version = '4' }"),
      ["tides-3.jar"],
    ],
    ["nothing", "gradle test", project("plugins { id 'java' }"), []],
  ])("makes %s", (_, script, files, outputs) => {
    expect(made(script, files)).toEqual({ outputs: outputs.map((name) => `build/libs/${name}`) });
  });

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ["`gradle deploy` may write anything", "gradle deploy", project("plugins { id 'java' }")],
    ["build.gradle computes the version", "gradle jar", project("plugins { id 'java' }\ndef own = '1'\nversion = own")],
    ["-Pversion=3 may change how archives are named", "gradle jar -Pversion=3", project("plugins { id 'java' }")],
  ])("says: %s", (unknown, script, files) => {
    expect(made(script, files)).toEqual({ unknown });
  });
});

describe("javac and jar", () => {
  test.each<[string, readonly string[]]>([
    ["javac -d out src/Main.java", ["out"]],
    ["javac -cp lib/words.jar -d /opt/tides src/Main.java", ["/opt/tides"]],
    ["javac --version", []],
    ["jar cfe tides.jar Main -C out .", ["tides.jar"]],
    ["jar cvfm tides.jar manifest.txt -C out .", ["tides.jar"]],
    ["jar cmf manifest.txt tides.jar -C out .", ["tides.jar"]],
    ["jar --create --file=tides.jar -C out .", ["tides.jar"]],
    ["jar tf tides.jar", []],
  ])("%s makes %j", (script, outputs) => {
    expect(made(script, {})).toEqual({ outputs });
  });

  test.each([
    ["javac src/Main.java", "`javac` without -d leaves its classes beside the sources"],
    ["javac -d . src/Main.java", "`javac -d` leaves its classes in the project folder"],
    ["jar xf tides.jar", "`jar` unpacks an archive"],
  ])("%s: %s", (script, unknown) => {
    expect(made(script, {})).toEqual({ unknown });
  });
});

describe(".NET", () => {
  const files = (more = "") => ({
    "Tides.csproj": `<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework>${more}</PropertyGroup></Project>`,
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["dotnet publish -c Release -o out", files(), ["out"]],
    ["dotnet publish -c Release --output /app/", files(), ["/app"]],
    ["dotnet publish -c Release", files(), ["bin/Release/net8.0/publish"]],
    ["dotnet publish -c Release -r linux-x64 --self-contained", files(), ["bin/Release/net8.0/linux-x64/publish"]],
    ["dotnet build", files(), ["bin/Debug/net8.0"]],
    ["dotnet restore", files(), []],
  ])("%s makes its folder", (script, given, outputs) => {
    expect(made(script, given)).toEqual({ outputs });
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["dotnet publish", files(), "`dotnet publish` without -c chooses the configuration by the version of .NET"],
    ["dotnet build", files("<OutputPath>made</OutputPath>"), "Tides.csproj sets OutputPath"],
    ["dotnet publish -c Release -p:PublishDir=out", files(), "the property PublishDir sends the outputs elsewhere"],
    ["dotnet pack", files(), "`dotnet pack` may write anything"],
    [
      "dotnet build -o out",
      files("<CopyLocalLockFileAssemblies>false</CopyLocalLockFileAssemblies>"),
      "what `dotnet build` makes of Tides.csproj reads packages where they were restored to",
    ],
    ["dotnet publish", files("<PublishRelease>false</PublishRelease>"), "Tides.csproj sets PublishRelease"],
  ])("%s is not known", (script, given, unknown) => {
    expect(made(script, given)).toEqual({ unknown });
  });

  test.each([
    ["dotnet/sdk:8.0", "net8.0", "Release"],
    ["dotnet/sdk:9.0-alpine", "netstandard2.0", "Debug"],
    ["dotnet/sdk:7.0", "net7.0", "Debug"],
    ["dotnet/core/sdk:3.1-buster", "netcoreapp3.1", "Debug"],
  ])("%s publishes %s as %s", (image, framework, configuration) => {
    const given = {
      "Tides.csproj": `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>${framework}</TargetFramework></PropertyGroup></Project>`,
    };
    const on = { ...surroundings, base: `mcr.microsoft.com/${image}` };
    expect(outputsOf(invocationOf("dotnet publish")!, memoryContext(given), on)).toEqual({
      outputs: [`bin/${configuration}/${framework}/publish`],
    });
  });

  test.each([
    ["dotnet/core/sdk:2.2", "src/Api/out"],
    ["dotnet/sdk:3.1", "out"],
  ])("%s publishes to a relative folder: %s", (image, folder) => {
    const given = { "src/Api/Api.csproj": '<Project Sdk="Microsoft.NET.Sdk" />' };
    const on = { ...surroundings, base: `mcr.microsoft.com/${image}` };
    const publish = invocationOf("dotnet publish src/Api -c Release -o out")!;
    expect(outputsOf(publish, memoryContext(given), on)).toEqual({ outputs: [folder] });
  });
});
