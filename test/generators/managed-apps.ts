/** Apps for the Java machine and .NET whose programs run: for split-builder. */
import fc from "fast-check";
import type { Case } from "./case.ts";
import type { Files } from "./minimal-projects.ts";

interface Build {
  readonly base: string;
  readonly steps: readonly string[];
  /** The archive, the class path or the assembly that the container names, as the build leaves it. */
  readonly output: string;
  readonly start: (output: string) => readonly string[];
  readonly files: Files;
}

const seldom = (frequency: number) => fc.integer({ min: 1, max: frequency }).map((n) => n === frequency);

/** In every project: what may be read at run time, and what only people and tests read. */
const BESIDE: Files = {
  "tables/brest.csv": "00:00,1.4\n",
  "README.md": "# Tides\n",
  "drafts/one.txt": "",
  ".dockerignore": "target\nbuild\ndrafts/*\n",
};

const java = (name: string): Files => ({
  "src/main/java/tides/Main.java": `package tides;\n\npublic class Main {\n  String path = "${name}";\n}\n`,
  "src/main/resources/application.properties": "server.port=8080\n",
});

const named = fc.constantFrom("", "tables/brest.csv", "src/main/java/tides", "pom.xml");
const runsArchive = (output: string) => ["java", "-jar", output];

const maven: fc.Arbitrary<Build> = fc
  .record({
    goals: fc.constantFrom("package", "-B clean package -DskipTests", "verify", "install", "compile", "package site"),
    version: fc.constantFrom("1.0", "${revision}", "2.0-SNAPSHOT"),
    finalName: fc.constantFrom("", "", "app", "${project.artifactId}"),
    wrapper: seldom(3),
    module: seldom(3),
    named,
  })
  .map(({ goals, version, finalName, wrapper, module, named }) => {
    const at = module ? "web/" : "";
    const pom = (more: string) =>
      `<project><groupId>example</groupId><artifactId>tides</artifactId><version>${version}</version><properties><revision>7</revision></properties>${more}</project>\n`;
    const build = finalName === "" ? "" : `<build><finalName>${finalName}</finalName></build>`;
    const known = finalName === "" ? `tides-${version}` : finalName;
    const name = known.replace("${revision}", "7").replace("${project.artifactId}", "tides");
    const sources = Object.entries(java(named)).map(([path, text]) => [`${at}${path}`, text] as const);
    return {
      base: "maven:3.9-eclipse-temurin-21",
      steps: [`${wrapper ? "./mvnw" : "mvn"} ${goals}`],
      output: `${at}target/${name}.jar`,
      start: runsArchive,
      files: {
        ...Object.fromEntries(sources),
        ...(module ? { "pom.xml": pom("<packaging>pom</packaging><modules><module>web</module></modules>") } : {}),
        [`${at}pom.xml`]: pom(build),
      },
    };
  });

const gradle: fc.Arbitrary<Build> = fc
  .record({
    task: fc.constantFrom("build", "jar", "bootJar", "assemble -x test", "shadowJar"),
    version: fc.constantFrom("version = '1.0'", "", "version = '1.' + 2"),
    kotlin: seldom(2),
    file: fc.constantFrom("", "", "archiveFileName = 'app.jar'"),
    named,
  })
  .map(({ task, version, kotlin, file, named }) => {
    const [own = ""] = task.split(" ");
    const plugin = { bootJar: "org.springframework.boot", shadowJar: "com.gradleup.shadow" }[own];
    const archive = ["build", "assemble"].includes(own) ? "jar" : own;
    const end = own === "shadowJar" ? "-all" : "";
    const code = [
      "plugins {\n    id 'java'",
      ...(plugin === undefined ? [] : [`    id '${plugin}' version '3.0'`]),
      `}\n${version}`,
      ...(file === "" ? [] : [`${archive} {\n    ${file}\n}`]),
    ].join("\n");
    return {
      base: "gradle:8-jdk21",
      steps: [`gradle --no-daemon ${task}`],
      output: `build/libs/${file === "" ? `tides${version === "" ? "" : "-1.0"}${end}.jar` : "app.jar"}`,
      start: runsArchive,
      files: {
        ...java(named),
        [`settings.gradle${kotlin ? ".kts" : ""}`]: 'rootProject.name = "tides"\n',
        [`build.gradle${kotlin ? ".kts" : ""}`]: `${kotlin ? code.replace(/id '([^']*)'/g, 'id("$1")').replaceAll("'", '"') : code}\n`,
      },
    };
  });

const javac: fc.Arbitrary<Build> = fc
  .record({
    folder: fc.constantFrom("out", "build/classes", "/opt/tides", "."),
    sources: fc.constantFrom(
      "src/main/java/tides/Main.java",
      "src/main/java/tides/*.java",
      "$(find src -name '*.java')",
    ),
    archive: seldom(2),
    made: seldom(2),
    named,
  })
  .map(({ folder, sources, archive, made, named }) => ({
    base: "eclipse-temurin:21",
    steps: [
      `${made ? `mkdir -p ${folder} && ` : ""}javac -d ${folder} ${sources}`,
      ...(archive ? [`jar cfe tides.jar tides.Main -C ${folder} .`] : []),
    ],
    output: archive ? "tides.jar" : folder,
    start: (output: string) => (archive ? runsArchive(output) : ["java", "-cp", output, "tides.Main"]),
    files: java(named),
  }));

const dotnet: fc.Arbitrary<Build> = fc
  .record({
    action: fc.constantFrom("publish", "build"),
    configuration: fc.constantFrom("-c Release", "-c Debug", ""),
    output: fc.constantFrom("-o out", "--output /srv/tides", "", "-p:PublishDir=out"),
    restore: seldom(2),
    named: fc.constantFrom("", "tables/brest.csv", "wwwroot"),
  })
  .map(({ action, configuration, output, restore, named }) => {
    const words = ["dotnet", action, configuration, output].filter((word) => word !== "").join(" ");
    const own = `bin/${configuration === "-c Release" ? "Release" : "Debug"}/net8.0${action === "publish" ? "/publish" : ""}`;
    const folder = /^-(?:o|-output) (.*)/.exec(output)?.[1] ?? own;
    return {
      base: "mcr.microsoft.com/dotnet/sdk:8.0",
      steps: [...(restore ? ["dotnet restore"] : []), words],
      output: `${folder}/Tides.dll`,
      start: (assembly) => ["dotnet", assembly],
      files: {
        "Tides.csproj":
          '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>\n',
        "Program.cs": `var path = "${named}";\n`,
        "appsettings.json": "{}\n",
        "wwwroot/index.html": "<h1>Tides</h1>\n",
      },
    };
  });

export const managedApps: fc.Arbitrary<Case> = fc
  .record({
    build: fc.oneof(maven, gradle, javac, dotnet),
    moves: fc.constantFrom("", "", "", "mv", "cp"),
    goal: fc.constantFrom("app.jar", "/app.jar", "/opt/app/", "/srv/tides.jar"),
    pattern: seldom(2),
    joined: seldom(2),
    shell: seldom(2),
    user: fc.constantFrom("", "", "USER nobody"),
    settings: fc.array(fc.constantFrom("ENV PORT=8080", "EXPOSE 8080", "LABEL a=1", "STOPSIGNAL SIGINT"), {
      maxLength: 2,
    }),
    elsewhere: seldom(5),
  })
  .map(
    ({
      build: { base, steps, output, start, files },
      moves,
      goal,
      pattern,
      joined,
      shell,
      user,
      settings,
      elsewhere,
    }) => {
      const isMoved = moves !== "" && output.endsWith(".jar");
      const source = pattern ? output.replace(/[^/]*\.jar$/, "*.jar") : output;
      const runs = [...steps, ...(isMoved ? [`${moves} ${source} ${goal}`] : [])];
      const place = isMoved ? (goal.endsWith("/") ? `${goal}${output.replace(/^.*\//, "")}` : goal) : output;
      const words = start(elsewhere ? `other/${place}` : place);
      const lines = [
        ...[`FROM ${base}`, "WORKDIR /tides", "COPY . ."],
        ...(joined ? [`RUN ${runs.join(" && ")}`] : runs.map((run) => `RUN ${run}`)),
        ...settings,
        ...(user === "" ? [] : [user]),
        shell ? `CMD ${words.join(" ")}` : `CMD ${JSON.stringify(words)}`,
      ];
      return { text: `${lines.join("\n")}\n`, files: { ...BESIDE, ...files } };
    },
  );
