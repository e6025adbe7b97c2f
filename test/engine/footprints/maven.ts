import { within } from "./npm.ts";
import type { Files, Idle, Project, Tool } from "./project.ts";

const POM = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion>`;
const PARENT = "<parent><groupId>com.example</groupId><artifactId>letters</artifactId><version>1.0</version></parent>";
const LIBRARY =
  "<dependencies><dependency><groupId>commons-io</groupId><artifactId>commons-io</artifactId><version>debian</version></dependency></dependencies>";

/** Of the plugins that Maven asks for unless told otherwise, the versions that Debian has. */
const PLUGINS = [
  ["dependency", "3.8.1"],
  ["deploy", "3.1.4"],
  ["site", "3.21.0"],
].map(
  ([name, version]) => `<plugin><artifactId>maven-${name}-plugin</artifactId><version>${version}</version></plugin>`,
);
const MANAGED = `<build><pluginManagement><plugins>${PLUGINS.join("")}</plugins></pluginManagement></build>`;

const root = (body: string) =>
  `${POM}<groupId>com.example</groupId><artifactId>letters</artifactId><version>1.0</version>${body}${MANAGED}</project>\n`;
const member = (name: string, body = LIBRARY) => `${POM}${PARENT}<artifactId>${name}</artifactId>${body}</project>\n`;

const plain: Files = {
  "pom.xml": root(LIBRARY),
  "src/main/java/letters/Letters.java": "package letters;\nclass Letters {}\n",
};
const modules: Files = {
  "pom.xml": root("<packaging>pom</packaging><modules><module>words</module><module>extra/pom.xml</module></modules>"),
  "words/pom.xml": member("words"),
  "words/src/main/java/letters/Words.java": "package letters;\nclass Words {}\n",
  "extra/pom.xml": member("extra"),
};
const command = "mvn -B dependency:go-offline";

const projects: readonly Project[] = [
  { says: "reads the pom", files: plain, command },
  {
    says: "reads the pom, whatever cannot be found",
    files: plain,
    command: "mvn -B -fn -DskipTests dependency:go-offline",
  },
  { says: "resolves libraries alone", files: plain, command: "mvn -B dependency:resolve" },
  { says: "shows what it resolves", files: plain, command: "mvn -B dependency:tree" },
  { says: "works in a folder", files: within("api", plain), from: "api", command },
  {
    says: "works in a folder that is named",
    files: within("api", plain),
    command: "mvn -B -f api/pom.xml dependency:go-offline",
    reads: "api/pom.xml",
  },
  {
    says: "works in a folder that is named in full",
    files: within("api", plain),
    command: "mvn -B -f /app/api/pom.xml dependency:go-offline",
    reads: "api/pom.xml",
  },
  { says: "reads modules", files: modules, command, reads: "extra/pom.xml" },
  { says: "reads the parent above a module", files: modules, from: "words", command, reads: "pom.xml" },
  {
    says: "reads options, and those of the Java machine",
    files: { ...plain, ".mvn/maven.config": "-ntp\n", ".mvn/jvm.config": "-Xmx512m\n" },
    command,
    reads: ".mvn/jvm.config",
  },
  {
    says: "reads settings that are named",
    files: {
      ...plain,
      "ci/settings.xml":
        "<settings><mirrors><mirror><id>debian</id><mirrorOf>*</mirrorOf><url>file:///usr/share/maven-repo</url></mirror></mirrors></settings>\n",
    },
    command: "mvn -B -s ci/settings.xml dependency:go-offline",
    reads: "ci/settings.xml",
  },
  {
    says: "asks for a file that switches a profile on",
    files: {
      ...plain,
      "pom.xml": root(
        `${LIBRARY}<profiles><profile><id>release</id><activation><file><exists>release.flag</exists></file></activation></profile></profiles>`,
      ),
      "release.flag": "",
    },
    command,
    reads: "release.flag",
  },
  { says: "has its home in the project", files: plain, command, env: { HOME: "/app" } },
];

const idle: Idle = [
  [/(^|\/)\.mvn$/, "it is the folder that counts"],
  [/(^|\/)\.hotspot(rc|_compiler)$/, "the Java machine says that it ignores it"],
  [/(^|\/)profiles\.xml$/, "Maven 3 says that it ignores it"],
  [/(^|\/)target\/dependency-maven-plugin-markers\//, "by it `dependency:resolve` sorts what it prints"],
];

export const maven: Tool = { name: "Maven", base: "maven:3.9", projects, idle };
