import type { Files, Idle, Project, Tool } from "./project.ts";

const plain: Files = {
  "settings.gradle": "rootProject.name = 'letters'\n",
  "build.gradle":
    "plugins {\n    id 'java'\n}\n\nrepositories {\n    mavenCentral()\n}\n\ndependencies {\n    compile 'commons-io:commons-io:debian'\n}\n",
  "src/main/java/letters/Letters.java": "package letters;\nclass Letters {}\n",
};
const modules: Files = {
  "settings.gradle": "include 'app', 'lib:words'\n",
  "build.gradle": "subprojects {\n    apply plugin: 'java'\n    version = \"1.0-$flavour\"\n}\n",
  "gradle.properties": "flavour=plain\n",
  "app/build.gradle": "dependencies {\n    compile project(':lib:words')\n}\n",
  "lib/gradle.properties": "flavour=other\n",
  "lib/words/build.gradle": "description = 'words'\n",
};
const command = "gradle --no-daemon --offline dependencies";
const version = "./gradlew --version";

const ofTheVersion: Idle = [
  [/^settings\.gradle$/, "Gradle asks whether it is there, for properties of the Java machine beside it"],
];

const wrap = "cp -r /wrapped/gradlew /wrapped/gradle /app";

const projects: readonly Project[] = [
  {
    says: "gets Gradle, by its wrapper",
    files: plain,
    prepare: wrap,
    command: version,
    idle: ofTheVersion,
    reads: "gradle/wrapper/gradle-wrapper.properties",
  },
  {
    says: "reads properties of the Java machine, by its wrapper",
    files: modules,
    prepare: wrap,
    command: version,
    idle: ofTheVersion,
    reads: "gradle.properties",
  },
  {
    says: "puts Gradle elsewhere, by its wrapper",
    files: plain,
    prepare: wrap,
    command: version,
    idle: ofTheVersion,
    env: { GRADLE_USER_HOME: "/cache" },
  },
  { says: "resolves what scripts ask for", files: plain, command },
  { says: "reads the scripts of all projects", files: modules, command, reads: "lib/words/build.gradle" },
  {
    says: "applies another script",
    files: { ...plain, "build.gradle": "apply from: 'more.gradle'\n", "more.gradle": "apply plugin: 'java'\n" },
    command,
    blocked: /the word `from`/,
    reads: "more.gradle",
  },
  {
    says: "runs scripts, which are programs",
    files: { ...plain, "build.gradle": "version = file('VERSION').text\n", VERSION: "1\n" },
    command,
    blocked: /the word `file`/,
    reads: "VERSION",
  },
];

/** Debian's Gradle, and the wrapper that it makes, with an archive on disk in the place of one on a server. */
const setup = `RUN apt-get update && apt-get install -y --no-install-recommends gradle zip && rm -rf /var/lib/apt/lists/*
RUN mkdir /dist && cp -rL /usr/share/gradle /dist/gradle-4.4.1 && cd /dist && zip -qr /opt/gradle.zip gradle-4.4.1
RUN mkdir /wrapped && cd /wrapped && touch settings.gradle && gradle -q --no-daemon --offline wrapper && \\
    sed -i "s#^distributionUrl=.*#distributionUrl=file:///opt/gradle.zip#" gradle/wrapper/gradle-wrapper.properties`;

const idle: Idle = [
  [/(^|\/)\.hotspot(rc|_compiler)$/, "the Java machine says that it ignores it"],
  [/(^|\/)buildSrc$/, "it is the folder that counts"],
];

export const gradle: Tool = { name: "Gradle", base: "maven:3.9", setup, projects, idle };
