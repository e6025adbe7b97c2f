import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { fetchFor, intermediateOf } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf } from "./calls.ts";

type Files = Readonly<Record<string, string>>;

const URL = "https\\://services.example/distributions/gradle-8.12-bin.zip";
const wrapper: Files = {
  gradlew: "#!/bin/sh\nexec java -jar gradle/wrapper/gradle-wrapper.jar\n",
  "gradle/wrapper/gradle-wrapper.jar": "an archive",
  "gradle/wrapper/gradle-wrapper.properties": `distributionBase=GRADLE_USER_HOME\ndistributionUrl=${URL}\n`,
};
const OF_THE_WRAPPER = Object.keys(wrapper);
const script = `plugins {
    id 'java'
    id 'org.springframework.boot' version '3.4.1' // newest
}

group = 'com.example'
version = "1.0-\${flavour}"
def flavour = 'plain'

repositories {
    mavenCentral()
    maven { url = uri('https://repo.example/releases') }
}

dependencies {
    implementation "commons-io:commons-io:2.18.0"
    implementation(libs.words.core)
    testImplementation platform('org.junit:junit-bom:5.11.4')
}

tasks.named('test') {
    useJUnitPlatform()
}
`;
const project: Files = {
  "settings.gradle": "rootProject.name = 'letters'\n",
  "build.gradle": script,
  "src/main/java/Letters.java": "",
};

function needs(command: string, files: Files, env: Files = {}, folder = "") {
  return inputsOf(command, files, { base: "gradle:8", env, folder });
}

function fetched(command: string, files: Files) {
  const surroundings = { cwd: "/app", env: new Map<string, string>(), base: "eclipse-temurin:21" };
  return fetchFor(invocationOf(command)!, memoryContext(files), "", surroundings);
}

describe("what is known of a call", () => {
  test.each([
    ["gradle build --no-daemon", "build build"],
    ["./gradlew -x test :app:bootJar", "build :app:bootJar"],
    ["gradle clean", "clean clean"],
    ["gradle clean build", "build clean build"],
    ["gradle -q :app:dependencies --configuration runtimeClasspath", "dependencies :app:dependencies"],
    ["./gradlew --version", "dependencies --version"],
    ["gradle --version", "build --version"],
    ["./gradlew $TASK", "build "],
  ])("%s", (command, expected) => {
    const found = invocationOf(command);
    expect(`${found?.purpose} ${found?.action}`).toBe(expected);
  });
});

describe("gradlew --version", () => {
  test("reads the wrapper, and settings of the Java machine", () => {
    expect(needs("./gradlew --version", { ...project, ...wrapper })).toEqual({
      files: OF_THE_WRAPPER,
      writes: [],
      fetched: ["~/.gradle"],
    });
    const more = {
      ...wrapper,
      "gradle.properties": "org.gradle.jvmargs=-Xmx1g\n",
      "gradle/gradle-daemon-jvm.properties": "",
    };
    expect(needs("./gradlew --version", more)).toMatchObject({
      files: [...OF_THE_WRAPPER, "gradle.properties", "gradle/gradle-daemon-jvm.properties"],
    });
  });

  test("downloads to where options and variables say", () => {
    expect(needs("./gradlew -g /cache --version", wrapper)).toMatchObject({ fetched: ["/cache"] });
    expect(needs("./gradlew --version", wrapper, { GRADLE_USER_HOME: "/cache" })).toMatchObject({
      fetched: ["/cache"],
    });
  });

  test("takes along an archive with Gradle that lies in the project", () => {
    const own = {
      ...wrapper,
      "gradle/wrapper/gradle-wrapper.properties": "distributionUrl=gradle-8.12-bin.zip\n",
      "gradle/wrapper/gradle-8.12-bin.zip": "",
    };
    expect(needs("./gradlew --version", own)).toMatchObject({
      files: [...OF_THE_WRAPPER, "gradle/wrapper/gradle-8.12-bin.zip"],
    });
  });

  const properties = (text: string): Files => ({ ...wrapper, "gradle/wrapper/gradle-wrapper.properties": text });
  test.each([
    ["no archive of the wrapper", { gradlew: "" }, {}, "the build context has no gradle/wrapper/gradle-wrapper.jar"],
    ["line ends of Windows", { ...wrapper, gradlew: "#!/bin/sh\r\n" }, {}, "gradlew has line ends of Windows"],
    [
      "Gradle in the project",
      properties(`distributionBase=PROJECT\ndistributionUrl=${URL}\n`),
      {},
      "gradle/wrapper/gradle-wrapper.properties sets distributionBase, so that Gradle is put into the project",
    ],
    [
      "a Gradle of the day",
      properties("distributionUrl=https\\://services.example/distributions-snapshots/gradle-9-bin.zip\n"),
      {},
      "gradle/wrapper/gradle-wrapper.properties asks for a Gradle that may be another one tomorrow",
    ],
    [
      "a home in the project",
      wrapper,
      { GRADLE_USER_HOME: "/app/.home" },
      "Gradle keeps its downloads in /app/.home, a folder of the project",
    ],
    ["another home", wrapper, { GRADLE_OPTS: "-Dgradle.user.home=/x" }, "GRADLE_OPTS sends Gradle elsewhere"],
  ])("is blocked by %s", (_, files, env, reason) => {
    expect(needs("./gradlew --version", files, env as Files)).toEqual({ blocked: reason });
  });
});

describe("gradle dependencies", () => {
  test("reads settings and scripts of all projects", () => {
    const files = {
      ...project,
      "settings.gradle": "rootProject.name = 'letters'\ninclude 'app', ':lib:words'\n",
      "app/build.gradle.kts":
        'plugins {\n    kotlin("jvm") version "2.1.0"\n    `java-library`\n}\ndependencies { api(project(":lib:words")); implementation(kotlin("stdlib")) }\n',
      "lib/words/build.gradle": "apply plugin: 'java'\n",
      "lib/gradle.properties": "flavour=plain\n",
      "gradle/libs.versions.toml": '[plugins]\nboot = { id = "org.springframework.boot", version = "3.4.1" }\n',
      "other/build.gradle": "",
    };
    expect(needs("gradle dependencies --no-daemon", files)).toMatchObject({
      files: [
        "settings.gradle",
        "gradle/libs.versions.toml",
        "build.gradle",
        "app/build.gradle.kts",
        "lib/gradle.properties",
        "lib/words/build.gradle",
      ],
    });
  });

  test("writes what it remembers, and reports", () => {
    expect(needs("gradle dependencies", project)).toMatchObject({ writes: [".gradle", ".kotlin", "build"] });
    expect(needs("./gradlew dependencies", { ...project, ...wrapper })).toMatchObject({
      files: ["settings.gradle", "build.gradle", ...OF_THE_WRAPPER],
    });
  });

  const withScript = (text: string): Files => ({ ...project, "build.gradle": text });
  test.each([
    "jar { from { configurations.runtimeClasspath.collect { it.isDirectory() ? it : zipTree(it) } } }",
    "jar {\n  from configurations.compile.collect { it.directory ? it : zipTree(it) }\n}",
    "jar { from sourceSets.main.output\n dependsOn configurations.runtimeClasspath\n from { configurations.runtimeClasspath.findAll { it.name.endsWith('jar') }.collect { zipTree(it) } } }",
    "tasks.jar { from(configurations.runtimeClasspath.get().map { if (it.isDirectory) it else zipTree(it) }) }",
    "tasks.jar { from({ configurations.runtimeClasspath.get().filter { it.name.endsWith(\"jar\") }.map { zipTree(it) } }) { exclude('META-INF/*.SF') } }",
  ])("an archive with all that the project depends on reads no more: %s", (script) => {
    expect(needs("gradle dependencies", withScript(script))).toHaveProperty("files");
  });

  test.each([
    ["no settings", { "build.gradle": "" }, "the build context has no settings.gradle"],
    [
      "a build of its own",
      { ...project, "buildSrc/build.gradle": "" },
      "buildSrc is a build of its own, which may read more",
    ],
    [
      "a script that is applied",
      withScript("apply from: 'x.gradle'\n"),
      "build.gradle has the word `from`, which may make Gradle read more",
    ],
    [
      "an archive with an unpacked file of the project",
      withScript("jar { from { zipTree('words.zip') } }"),
      "build.gradle has the word `from`, which may make Gradle read more",
    ],
    [
      "a file",
      withScript("version = file('VERSION').text\n"),
      "build.gradle has the word `file`, which may make Gradle read more",
    ],
    [
      "a file in a string",
      withScript('version = "${new File(path)}"\n'),
      "build.gradle has the word `new`, which may make Gradle read more",
    ],
    [
      "an included build",
      { ...project, "settings.gradle": "includeBuild '../words'\n" },
      "settings.gradle has the word `includeBuild`, which may make Gradle read more",
    ],
    [
      "a plugin nobody knows",
      withScript("plugins { id 'com.words.git-version' version '3' }\n"),
      "build.gradle has the plugin com.words.git-version, which may read more",
    ],
    [
      "a plugin of a catalog",
      { ...project, "gradle/libs.versions.toml": '[plugins]\ngit = "com.words.git-version:3"\n' },
      "gradle/libs.versions.toml has the plugin com.words.git-version, which may read more",
    ],
    [
      "a repository in the project",
      withScript("repositories { maven { url 'repo' } }\n"),
      "build.gradle has a repository that may lie in the project",
    ],
    [
      "a repository in the project, in Kotlin",
      withScript('repositories { maven(url = uri("repo")) }\n'),
      "build.gradle has a repository that may lie in the project",
    ],
    [
      "a plugin nobody knows, in Kotlin",
      withScript('apply(plugin = "com.words")\n'),
      "build.gradle has the plugin com.words, which may read more",
    ],
    [
      "a word behind others",
      withScript("version = layout.projectDirectory.name\n"),
      "build.gradle has the word `layout`, which may make Gradle read more",
    ],
    [
      "a property with the name of a method",
      withScript("ext.file = 'a'\nversion = file('b')\n"),
      "build.gradle has the word `file`, which may make Gradle read more",
    ],
    ["a method by a string", withScript("project.'exec' { }\n"), "build.gradle can't be read"],
    ["a plugin by a variable", withScript("def words = 'a'\napply plugin: words\n"), "build.gradle can't be read"],
    ["a slash", withScript("version = 'a' =~ /'/ \n"), "build.gradle can't be read"],
    [
      "a project without files",
      { ...project, "settings.gradle": "include 'app'\n" },
      "no file of the project app is read, and its folder must be there",
    ],
  ])("is blocked by %s", (_, files, reason) => {
    expect(needs("gradle dependencies", files)).toEqual({ blocked: reason });
  });

  test.each([
    ["gradle resolveDependencies", "`gradle resolveDependencies` may read the sources"],
    ["gradle -I ci.gradle dependencies", "the option -I could make Gradle read other files"],
    ["gradle dependencies $MORE", "a word of the command is only known to the shell"],
  ])("%s is blocked", (command, reason) => {
    expect(needs(command, project)).toEqual({ blocked: reason });
  });
});

describe("what is fetched ahead", () => {
  test.each([
    ["./gradlew build --no-daemon", "./gradlew --version"],
    ["./gradlew $TASK", "./gradlew --version"],
    ["./gradlew clean", "./gradlew --version"],
    [
      "./gradlew -g /cache bootJar -x test -Dhttps.proxyHost=proxy",
      "./gradlew -g /cache -Dhttps.proxyHost=proxy --version",
    ],
  ])("by %s", (command, expected) => {
    expect(fetched(command, { ...project, ...wrapper })).toEqual({ command: expected, gets: "Gradle" });
  });

  test.each(["./gradlew --version", "gradle clean", "gradle --stop", "gradle tasks"])("nothing by %s", (command) => {
    expect(fetched(command, { ...project, ...wrapper })).toBeUndefined();
  });

  test("no libraries, for Gradle has no command for them", () => {
    expect(fetched("gradle build", project)).toEqual({
      blocked: "Gradle has no command that downloads what a build needs and does no more",
    });
  });
});

test("a folder whose only archive was moved is left behind as well", () => {
  const has = (path: string) => path === "/app/build.gradle";
  expect(intermediateOf("/app/build/libs", has)).toBe("gradle");
  expect(intermediateOf("/app/build/libs/root.war", has)).toBe("gradle");
  expect(intermediateOf("/srv/build/libs", has)).toBeUndefined();
});
