import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { type Fetch, fetchFor, workingFolderOf } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf } from "./calls.ts";

type Files = Readonly<Record<string, string>>;

const pom = (body = "", artifact = "letters") =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0">\n<modelVersion>4.0.0</modelVersion><groupId>com.example</groupId><artifactId>${artifact}</artifactId><version>1.0-SNAPSHOT</version>\n${body}</project>\n`;
const dependency = (version: string, more = "") =>
  `<dependencies><dependency><groupId>org.words</groupId><artifactId>words</artifactId><version>${version}</version>${more}</dependency></dependencies>`;
const parent =
  "<parent><groupId>com.example</groupId><artifactId>letters</artifactId><version>1.0-SNAPSHOT</version></parent>";

function needs(script: string, files: Files, env: Files = {}, folder = "") {
  return inputsOf(script, files, { base: "maven:3.9", env, folder });
}

function fetched(script: string, files: Files = { "pom.xml": pom(dependency("1.0")) }): Fetch | undefined {
  const surroundings = { cwd: "/app", env: new Map<string, string>(), base: "maven:3.9" };
  return fetchFor(invocationOf(script)!, memoryContext(files), "", surroundings);
}

describe("mvn dependency:go-offline", () => {
  test("reads the pom and downloads into the local repository", () => {
    expect(needs("mvn -B dependency:go-offline", { "pom.xml": pom(), "src/main/java/A.java": "" })).toEqual({
      files: ["pom.xml"],
      writes: [],
      fetched: ["~/.m2", "~/.m2/wrapper"],
    });
  });

  test("follows modules, those of profiles too, and parents", () => {
    const files = {
      "pom.xml": pom(
        "<packaging>pom</packaging><modules><module>lib</module><module>app</module></modules><profiles><profile><id>all</id><modules><module>extra/pom.xml</module></modules></profile></profiles>",
      ),
      "lib/pom.xml": pom(parent, "lib"),
      "app/pom.xml": pom(parent, "app"),
      "extra/pom.xml": pom(parent, "extra"),
      "other/pom.xml": pom(parent, "other"),
    };
    expect(needs("mvn dependency:resolve", files)).toMatchObject({
      files: ["pom.xml", "lib/pom.xml", "app/pom.xml", "extra/pom.xml"],
    });
    expect(needs("mvn -f lib dependency:resolve", files)).toMatchObject({
      files: ["lib/pom.xml", "pom.xml", "app/pom.xml", "extra/pom.xml"],
    });
  });

  test("takes along settings, repositories and libraries in the project", () => {
    const files = {
      "pom.xml": pom(
        `<repositories><repository><id>own</id><url>file://\${project.basedir}/repo</url></repository></repositories>${dependency("1.0", "<scope>system</scope><systemPath>${basedir}/lib/words.jar</systemPath>")}`,
      ),
      "repo/org/words/words.jar": "",
      "lib/words.jar": "",
      ".mvn/maven.config": "-ntp\n-Dmaven.repo.local=/cache/m2\n",
      ".mvn/jvm.config": "-Xmx1g\n",
      "ci/settings.xml": "<settings />",
    };
    expect(needs("mvn -s ci/settings.xml dependency:go-offline", files)).toMatchObject({
      files: [
        "pom.xml",
        "repo/org/words/words.jar",
        "lib/words.jar",
        ".mvn/jvm.config",
        ".mvn/maven.config",
        "ci/settings.xml",
      ],
      fetched: ["/cache/m2", "~/.m2", "~/.m2/wrapper"],
    });
  });

  test("the wrapper needs its script and its settings, and may put its archive beside them", () => {
    const files = {
      "pom.xml": pom(),
      mvnw: "#!/bin/sh\n",
      ".mvn/wrapper/maven-wrapper.properties": "distributionUrl=https://maven.example/maven.zip\n",
    };
    expect(needs("./mvnw dependency:go-offline", files)).toMatchObject({
      files: ["pom.xml", ".mvn/wrapper/maven-wrapper.properties", "mvnw"],
      writes: [],
    });
    expect(needs("./mvnw dependency:go-offline", files, { MAVEN_USER_HOME: "/cache" })).toMatchObject({
      fetched: ["~/.m2", "/cache/wrapper"],
    });
    const old = { ...files, mvnw: '#!/bin/sh\nwrapperJarPath=".mvn/wrapper/maven-wrapper.jar"\n' };
    expect(needs("./mvnw dependency:go-offline", old)).toMatchObject({ writes: [".mvn/wrapper/maven-wrapper.jar"] });
    expect(needs("./mvnw dependency:go-offline", { "pom.xml": pom(), mvnw: "" })).toHaveProperty("blocked");
    expect(needs("./mvnw dependency:go-offline", { ...files, mvnw: "#!/bin/sh\r\n" })).toHaveProperty("blocked");
  });

  test.each([
    [
      "an extension nobody knows",
      pom(
        "<build><extensions><extension><groupId>org.words</groupId><artifactId>git-version</artifactId></extension></extensions></build>",
      ),
      {},
      /the extension org.words:git-version/,
    ],
    [
      "a plugin with extensions",
      pom(
        "<build><plugins><plugin><groupId>org.eclipse.tycho</groupId><artifactId>tycho-maven-plugin</artifactId><extensions>true</extensions></plugin></plugins></build>",
      ),
      {},
      /tycho/,
    ],
    [
      "a core extension",
      pom(),
      {
        ".mvn/extensions.xml":
          "<extensions><extension><groupId>com.words</groupId><artifactId>polyglot</artifactId></extension></extensions>",
      },
      /polyglot/,
    ],
    ["a packaging of others", pom("<packaging>eclipse-plugin</packaging>"), {}, /packaging eclipse-plugin/],
    ["a module that is not there", pom("<modules><module>gone</module></modules>"), {}, /has no gone/],
    ["a broken pom", "<project>", {}, /can't be read/],
    [
      "a file nobody can work out",
      pom(dependency("1", "<systemPath>${words.home}/words.jar</systemPath>")),
      {},
      /names the file/,
    ],
    ["options that are not known", pom(), { ".mvn/maven.config": "--words\n" }, /the option --words/],
  ])("is blocked by %s", (_, text, files, reason) => {
    expect(needs("mvn dependency:go-offline", { "pom.xml": text, ...files })).toEqual({
      blocked: expect.stringMatching(reason),
    });
  });

  test("an extension that is known blocks nothing", () => {
    const text = pom(
      "<build><extensions><extension><groupId>kr.motd.maven</groupId><artifactId>os-maven-plugin</artifactId></extension></extensions></build>",
    );
    expect(needs("mvn dependency:go-offline", { "pom.xml": text })).toHaveProperty("files");
  });

  test.each([
    "mvn dependency:go-offline -P $PROFILE",
    "mvn -l log dependency:resolve",
    "mvn -DoutputFile=a dependency:resolve",
  ])("%s is blocked", (script) => {
    expect(needs(script, { "pom.xml": pom() })).toHaveProperty("blocked");
  });

  test("is known by its full name, and with all that does no more", () => {
    const full = "mvn org.apache.maven.plugins:maven-dependency-plugin:3.8.1:go-offline";
    for (const script of [full, "mvn -q dependency:tree", "mvn dependency:resolve dependency:resolve-plugins"]) {
      expect(invocationOf(script)?.purpose).toBe("dependencies");
      expect(needs(script, { "pom.xml": pom() })).toHaveProperty("fetched");
    }
    expect(invocationOf("mvn dependency:resolve package")?.purpose).toBe("build");
    expect(invocationOf("mvn -pl dependency:tree")?.purpose).toBe("build");
  });

  test("works where its pom is, wherever it is called", () => {
    const at = (script: string, cwd?: string) => workingFolderOf(invocationOf(script)!, cwd);
    expect(at("mvn -f /app/pom.xml package")).toBe("/app");
    expect(at("mvn package --file=/app/", "/src")).toBe("/app");
    expect(at("mvn -f app package", "/src")).toBe("/src");
    expect(at("mvn -f $POM package", "/src")).toBeUndefined();
    const files = { "pom.xml": pom(), "ci/settings.xml": "<settings />" };
    expect(needs("mvn -f /app/pom.xml dependency:resolve", files)).toMatchObject({ files: ["pom.xml"] });
    expect(needs("mvn -f /app -s /app/ci/settings.xml dependency:resolve", files)).toMatchObject({
      files: ["pom.xml", "ci/settings.xml"],
    });
    expect(needs("mvn -f /app/pom.xml -s ci/settings.xml dependency:resolve", files)).toEqual({
      blocked: "it is not known where ci/settings.xml is",
    });
    expect(needs("mvn -f /app/pom.xml dependency:resolve", { ...files, "ci/.mvn/maven.config": "-o" })).toEqual({
      blocked: "it is not known whether Maven reads ci/.mvn/maven.config",
    });
    expect(inputsOf("mvn -f /app/api dependency:resolve", { "api/pom.xml": pom() }, { folder: "api" })).toMatchObject({
      files: ["pom.xml"],
    });
  });

  test("MAVEN_OPTS and a home folder in the project may lead elsewhere", () => {
    expect(
      needs("mvn dependency:resolve", { "pom.xml": pom() }, { MAVEN_OPTS: "-Xmx1g -Dmaven.repo.local=/m2" }),
    ).toMatchObject({
      fetched: ["/m2", "~/.m2", "~/.m2/wrapper"],
    });
    expect(
      needs("mvn dependency:resolve", { "pom.xml": pom(), ".m2/settings.xml": "" }, { HOME: "/app" }),
    ).toHaveProperty("blocked");
  });
});

describe("what a build downloads is fetched ahead", () => {
  test.each([
    ["mvn clean package -DskipTests", "mvn -B -fn -DskipTests dependency:go-offline"],
    ["mvn -B -q -Pprod -T 1C -f pom.xml verify", "mvn -B -fn -q -P prod -f pom.xml dependency:go-offline"],
    [
      "mvn -DskipTests install -pl :app,:lib -am -ntp",
      "mvn -B -fn -pl :app,:lib -am -ntp -DskipTests dependency:go-offline",
    ],
    ["mvn package '-Dwords=a b'", "mvn -B -fn '-Dwords=a b' dependency:go-offline"],
    ["mvn clean compile assembly:single", "mvn -B -fn dependency:go-offline"],
    ["./mvnw clean package -Pprod -DskipTests", "./mvnw -B -fn -P prod -DskipTests dependency:go-offline"],
  ])("%s", (script, command) => {
    expect(fetched(script)).toEqual({ command });
  });

  test.each(["mvn clean", "mvn --version", "mvn -o package", "mvn dependency:tree"])(
    "%s downloads nothing to speak of",
    (script) => {
      const answer = fetched(script);
      expect(answer === undefined || "blocked" in answer).toBe(true);
    },
  );

  test.each([
    ["a snapshot", dependency("2.0-SNAPSHOT")],
    [
      "a snapshot by a property",
      `<properties><words.version>2.0-SNAPSHOT</words.version></properties>${dependency("${words.version}")}`,
    ],
    ["a range", dependency("[1.0,2.0)")],
    [
      "a parent that moves",
      "<parent><groupId>org.words</groupId><artifactId>words-parent</artifactId><version>3-SNAPSHOT</version></parent>",
    ],
  ])("not with %s, unless the build asks for the newest", (_, body) => {
    expect(fetched("mvn package", { "pom.xml": pom(body) })).toHaveProperty("blocked");
    expect(fetched("mvn -U package", { "pom.xml": pom(body) })).toHaveProperty("command");
  });

  test("not into a repository that nobody takes for one", () => {
    expect(fetched("mvn -Dmaven.repo.local=/repo package")).toEqual({
      blocked: "the local repository is /repo, where more downloads are more files of the image",
    });
    expect(fetched("mvn -Dmaven.repo.local=/root/.m2/app package")).toHaveProperty("command");
  });

  test("modules of the project may be snapshots", () => {
    const files = { "pom.xml": pom("<modules><module>lib</module></modules>"), "lib/pom.xml": pom(parent, "lib") };
    expect(fetched("mvn install", files)).toHaveProperty("command");
  });
});
