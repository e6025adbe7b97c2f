/**
 * What Gradle's scripts lead to. They are programs: one is only known where each of its words is one that describes a project, and where no
 * plugin could read more (Gradle's user manual, "Build lifecycle": scripts and plugins run before any task).
 */
import { Blocked } from "../blocking.ts";

/** Words that describe a project: none of them makes Gradle read a file, run a program, or ask when or where it runs. */
const WORDS = new Set(
  `plugins id version apply plugin kotlin alias buildscript classpath pluginManagement dependencyResolutionManagement repositoriesMode
  RepositoriesMode FAIL_ON_PROJECT_REPOS PREFER_SETTINGS PREFER_PROJECT repositories mavenCentral jcenter google gradlePluginPortal maven url
  uri content includeGroup excludeGroup dependencies implementation api compileOnly compileOnlyApi runtimeOnly testImplementation
  testCompileOnly testRuntimeOnly annotationProcessor testAnnotationProcessor compile runtime testCompile testRuntime providedCompile
  providedRuntime developmentOnly kapt ksp platform enforcedPlatform project constraints because exclude group module transitive strictly
  require prefer description sourceCompatibility targetCompatibility JavaVersion toVersion java toolchain languageVersion set
  JavaLanguageVersion of withSourcesJar withJavadocJar tasks named withType configureEach test useJUnitPlatform useJUnit useTestNG testLogging
  events exceptionFormat showStandardStreams maxParallelForks jvmArgs jar war bootJar bootWar bootRun shadowJar mergeServiceFiles manifest
  attributes archiveFileName archiveBaseName archiveVersion archiveClassifier archivesBaseName archivesName baseName archiveName classifier
  mainClass mainClassName
  application applicationName applicationDefaultJvmArgs springBoot compileJava compileTestJava compileKotlin compileTestKotlin kotlinOptions
  jvmTarget jvmToolchain compilerOptions freeCompilerArgs apiVersion options encoding release compilerArgs JavaCompile KotlinCompile JavaExec
  Jar Test configurations all extendsFrom allprojects subprojects ext extra dependencyManagement imports mavenBom dependency rootProject
  include enabled true false null it listOf mapOf to duplicatesStrategy DuplicatesStrategy EXCLUDE INCLUDE WARN wrapper gradleVersion
  distributionType Wrapper DistributionType BIN ALL def val var by getting String jacoco toolVersion groovy scala idea eclipse name artifact
  distribution base checkstyle pmd ear`.split(/\s+/),
);

/** Plugins that read no sources when they are applied: Gradle's own, and a few that many projects have. */
const PLUGINS =
  /^org\.gradle\.toolchains\.foojay-resolver(-convention)?$|^(org\.gradle\.)?(java|java-library|java-platform|java-test-fixtures|application|distribution|groovy|scala|war|ear|base|jacoco|checkstyle|pmd|idea|eclipse|jvm-test-suite)$|^(org\.springframework\.boot|io\.spring\.dependency-management|com\.(github\.johnrengelman|gradleup)\.shadow|(org\.jetbrains\.)?kotlin([.-]jvm|\.(plugin\.)?(spring|jpa|serialization|allopen|noarg|kapt))?)$/;

/**
 * An archive that packs what the project depends on, unpacked, and its own classes: both are there when the task runs. As people write it in
 * Groovy and in Kotlin, strings aside.
 */
const PACKED = new RegExp(
  [
    /\bfrom\b[\s({]*configurations\.\w+(\.get\(\)|\.files)?/,
    /(\s*\.\s*(filter|findAll)\s*\{\s*(it\.name\.endsWith\(?\s*"\d+"\s*\)?|it\.exists\(\))\s*\})?/,
    /\s*\.\s*(collect|map)\s*\{\s*(it\.(isDirectory(\(\))?|directory)\s*\?\s*it\s*:\s*zipTree\(it\)|if\s*\(\s*it\.isDirectory(\(\))?\s*\)\s*it\s*else\s*zipTree\(it\)|zipTree\(it\))\s*\}/,
  ]
    .map(({ source }) => source)
    .join(""),
  "g",
);
const CLASSES =
  /\b(from|with)\b[\s(]*(sourceSets\.main\.(get\(\)\.)?output|jar\b)|\bdependsOn\b[\s(]*configurations\.\w+/g;

/** What `kotlin("…")` names in a list of dependencies. */
const KOTLIN_LIBRARIES = /^(stdlib(-\w+)?|reflect|test(-\w+)?)$/;

/** The projects that a script includes, as folders below its own. Throws `Blocked` for one that may lead to more; `properties` are words that it may use. */
export function projectsOf(text: string, path: string, properties: readonly string[]): string[] {
  const { code, strings } = split(text, path);
  const string = (index: string | undefined) => strings[Number(index)] ?? "";
  const all = (pattern: RegExp) => [...code.matchAll(pattern)].map(([, found = ""]) => found);
  const own = new Set([
    ...properties,
    ...all(/\b(?:def|val|var|String)\s+(\w+)\s*(?=[=:]|by\b)/g),
    ...all(/\bext\.(\w+)\s*=/g),
    ...all(/\bext\s*\{([^{}]*)\}/g).flatMap((body) => [...body.matchAll(/(\w+)\s*=/g)].map(([, name = ""]) => name)),
    ...all(/\bset\s*\(?\s*"(\d+)"/g).map(string),
  ]);
  checkWords(code.replace(PACKED, "").replace(CLASSES, ""), own, path);
  // What it names must be there to read.
  if (/\b(id|plugin|include)\b(?!\s*[(:=]?\s*"\d+"(?!\s*\+))|\binclude\b(\s*[(,]?\s*"\d+")+\s*,\s*\w/.test(code))
    throw new Blocked(`${path} can't be read`);
  for (const index of all(/\b(?:id|plugin)\s*[(:=]?\s*"(\d+)"/g)) checkPlugin(string(index), path);
  for (const index of all(/\bkotlin\s*\(\s*"(\d+)"/g))
    if (!KOTLIN_LIBRARIES.test(string(index))) checkPlugin(`kotlin.${string(index)}`, path);
  for (const { 0: word, index } of code.matchAll(/\b(url|uri|maven(?!\s*\{))\b/g)) {
    const value = code.slice(index + word.length).replace(/^\s*=?\s*\(?\s*(url\s*=\s*)?/, "");
    // `url = uri("…")` counts at its second word.
    if (!/^uri\b/.test(value) && !/^https?:/.test(string(/^"(\d+)"/.exec(value)?.[1])))
      throw new Blocked(`${path} has a repository that may lie in the project`);
  }
  const lists = all(/\binclude\s*\(?((?:\s*,?\s*"\d+")+)/g);
  const names = lists.flatMap((list) => [...list.matchAll(/"(\d+)"/g)].map(([, index]) => string(index)));
  return names.map((name) => name.replace(/^:/, "").replaceAll(":", "/"));
}

/** Throws `Blocked` where the code has a word that is neither known nor one of the script's `own`, or calls what a string or a variable names. */
function checkWords(code: string, own: ReadonlySet<string>, path: string): void {
  const words = code.replace(/"\d+"/g, (string) => '"'.repeat(string.length));
  if (/\.\s*"|"\s*[({]/.test(words)) throw new Blocked(`${path} can't be read`);
  for (const { 0: chain, index } of words.matchAll(/[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g)) {
    if (chain.startsWith("libs.")) continue;
    const isCalled = /^\s*["({]/.test(words.slice(index + chain.length));
    const isKnown = (word: string, isLast: boolean) =>
      WORDS.has(word) || /^VERSION_[\d_]+$/.test(word) || (own.has(word) && !(isLast && isCalled));
    const unknown = chain.split(".").find((word, at, all) => !isKnown(word, at === all.length - 1));
    if (unknown !== undefined)
      throw new Blocked(`${path} has the word \`${unknown}\`, which may make Gradle read more`);
  }
}

/** Plugins of a version catalog. */
export function checkCatalog(text: string, path: string): void {
  const section = /^\[plugins\]\s*$([^[]*)/m.exec(text)?.[1] ?? "";
  for (const line of section.split("\n")) {
    const [, id = /^\s*[\w.-]+\s*=\s*"([^":]+):/.exec(line)?.[1]] = /\bid\s*=\s*"([^"]+)"/.exec(line) ?? [];
    if (id !== undefined) checkPlugin(id, path);
    else if (/^\s*[^\s#]/.test(line)) throw new Blocked(`${path} can't be read`);
  }
}

function checkPlugin(name: string, path: string): void {
  if (!PLUGINS.test(name)) throw new Blocked(`${path} has the plugin ${name}, which may read more`);
}

/** The script without its comments, and with `"0"`, `"1"`, … for its strings; what a string puts in by `${}` is code. */
function split(text: string, path: string): { readonly code: string; readonly strings: readonly string[] } {
  const strings: string[] = [];
  const code = text.replace(
    /\/\/.*|\/\*[\s\S]*?\*\/|'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`[^`\n]*`|["'`/]/g,
    (found) => {
      if (/^\/[/*]/.test(found)) return " ";
      if (found.length === 1) throw new Blocked(`${path} can't be read`);
      const inner = found.replace(/^("""|'''|["'`])([\s\S]*)\1$/, "$2");
      strings.push(inner);
      if (found.startsWith("`")) return `id "${strings.length - 1}"`;
      const puts = found.startsWith('"') ? [...inner.matchAll(/(?<!\\)\$(?:\{([^{}"']*)\}|(\w+)|.?)/g)] : [];
      if (puts.some(([whole]) => /^\$.?$/.test(whole) && !/^\$\w$/.test(whole)))
        throw new Blocked(`${path} can't be read`);
      return [`"${strings.length - 1}"`, ...puts.map(([, long, short]) => ` ${long ?? short ?? ""} `)].join("");
    },
  );
  return { code, strings };
}
