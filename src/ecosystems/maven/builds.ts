/** What Maven's goals make, and what of a Maven project its container needs. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/index.ts";
import { inFolder } from "../blocked.ts";
import { Blocked } from "../blocking.ts";
import { madeByAll } from "../compiled-app.ts";
import { jvmApp } from "../jvm/app.ts";
import type { Made } from "../moved.ts";
import type { BuildWork, BuiltApp, Call, Outputs, Surroundings } from "../types.ts";
import { type Element, textAt, walk } from "../xml.ts";
import { type Coordinates, coordinatesOf } from "./coordinates.ts";
import { openProject, type Pom } from "./project.ts";
import { folderOfPom, optionOf, type Words, wordsOf } from "./words.ts";

const COMPILES =
  /^((process-|generate-)?(test-)?(compile|classes|sources|resources|test-classes|test-resources)|test)$/;
const PACKAGES = /^((prepare-)?package|(pre-|post-)?integration-test|verify|install|deploy)$/;
/** Goals after a packaging phase that write to the same places, or to none. */
const HARMLESS =
  /^(clean|validate|initialize|spring-boot:repackage|war:war|jar:jar|shade:shade|assembly:single|dependency:(go-offline|resolve|resolve-plugins|tree|list|copy-dependencies))$/;

/** What the goals of `call` make, archives under all the names that the poms may give them. */
export function mavenOutputs(call: Call, project: BuildContext, surroundings: Surroundings): Outputs {
  const made = madeBy(call, project, surroundings);
  return "unknown" in made ? made : { outputs: [...new Set(made.map(({ path }) => path))] };
}

/** Throws a `Decline`. */
export function builtMavenApp(work: BuildWork): BuiltApp {
  const made = madeByAll(work, "maven", ({ invocation: { call }, surroundings }) =>
    madeBy(call, work.project, surroundings),
  );
  const poms = work.project.files().filter((path) => /(^|\/)pom\.xml$/.test(path));
  const namesLibraries = poms.some((path) => /<addClasspath>\s*true|<Class-Path>/.test(work.project.read(path) ?? ""));
  const sources = poms.map((path) => inFolder(posix.dirname(path).replace(/^\.$/, ""), "src/"));
  return jvmApp(work, {
    made: [...new Map(made.map((one) => [one.path, one])).values()],
    isKept: ({ isLibraries }) => namesLibraries && isLibraries === true,
    isSource: (path) => SOURCE.test(path) || sources.some((folder) => path.startsWith(folder)),
    left: ["downloaded libraries"],
  });
}

const SOURCE =
  /(^|\/)(pom\.xml|mvnw(\.cmd)?|\.mvn\/.*|lombok\.config|\.sdkmanrc|\.java-version|HELP\.md)$|\.(java|kt|groovy|scala)$/;

function madeBy(
  call: Call,
  project: BuildContext,
  surroundings: Surroundings,
): readonly Made[] | { readonly unknown: string } {
  try {
    const words = wordsOf(call.args);
    if (words.options.some(([name]) => name === "-v" || name === "-h")) return [];
    const unknown = words.goals.find((goal) => ![COMPILES, PACKAGES, HARMLESS].some((known) => known.test(goal)));
    if (unknown !== undefined || words.goals.length === 0)
      return { unknown: `\`${call.tool} ${unknown ?? ""}\` may write anything` };
    const named = optionOf(words, "-f");
    if (named?.startsWith("/") && folderOfPom(named) !== surroundings.cwd)
      return { unknown: `\`mvn -f ${named}\` builds in another folder` };
    const compiles = words.goals.some((goal) => COMPILES.test(goal) || PACKAGES.test(goal));
    if (!compiles) return [];
    const options = /-D(?!maven|java|user|https?|file|org\.slf4j)[\w.]+/.exec(surroundings.env.get("MAVEN_OPTS") ?? "");
    if (options) throw new Blocked(`MAVEN_OPTS has ${options[0]}, which may change how archives are named`);
    const { poms, properties } = openProject(words, project, "", surroundings);
    return poms.flatMap((pom) => madeIn(pom, poms, { ...words, properties }));
  } catch (error) {
    if (error instanceof Blocked) return { unknown: error.message };
    throw error;
  }
}

/** What is made in the `target` folder of one module. Throws `Blocked`. */
function madeIn(pom: Pom, poms: readonly Pom[], words: Words): readonly Made[] {
  const own = coordinatesOf(pom, poms, words);
  if (own.packaging === "pom") return [];
  if (!["jar", "war", "bundle", "quarkus"].includes(own.packaging))
    throw new Blocked(`${pom.path} has the packaging ${own.packaging}, and refit does not know what that makes`);
  const target = inFolder(posix.dirname(pom.path).replace(/^\.$/, ""), "target");
  const classes = { path: `${target}/classes`, isFolder: true };
  if (!words.goals.some((goal) => PACKAGES.test(goal))) return [classes];
  const file = (name: string): Made => ({ path: `${target}/${name}`, isFolder: false });
  const end = own.packaging === "war" ? "war" : "jar";
  return [
    classes,
    file(`${own.finalName}.${end}`),
    ...own.plugins
      .flatMap((plugin) => madeByPlugin(plugin, own, words))
      .map((one) => ({ ...one, path: `${target}/${one.path}` })),
  ];
}

/** Beside the archive of a module, relative to its `target` folder. Throws `Blocked`. */
function madeByPlugin(plugin: Element, own: Coordinates, { goals }: Words): readonly Made[] {
  const name = textAt(plugin, "artifactId") ?? "";
  const settings = [...walk(plugin)].filter(({ name }) => name === "configuration");
  const setting = (key: string) => settings.map((each) => textAt(each, key)).find((text) => text !== undefined);
  const hasGoal = (goal: string) => [...walk(plugin)].some((each) => each.name === "goal" && each.text === goal);
  const file = (path: string): Made => ({ path, isFolder: false });
  const unknown = (key: string) => new Blocked(`${own.path} sets ${key} of ${name}`);
  switch (name) {
    case "maven-jar-plugin":
    case "maven-war-plugin":
    case "spring-boot-maven-plugin": {
      const moved = ["finalName", "outputDirectory", "warName", "webappDirectory"].find(
        (key) => setting(key) !== undefined,
      );
      if (moved !== undefined) throw unknown(moved);
      const classifier = own.resolved(setting("classifier") ?? "");
      return classifier === "" ? [] : [file(`${own.finalName}-${classifier}.jar`)];
    }
    case "maven-source-plugin":
      return [file(`${own.finalName}-sources.jar`)];
    case "maven-javadoc-plugin":
      return [file(`${own.finalName}-javadoc.jar`)];
    case "maven-shade-plugin": {
      if (!hasGoal("shade") && !goals.includes("shade:shade")) return [];
      const output = setting("outputFile");
      if (output !== undefined) throw unknown("outputFile");
      if (setting("outputDirectory") !== undefined) throw unknown("outputDirectory");
      const finalName = own.resolved(setting("finalName") ?? own.finalName);
      const classifier = own.resolved(setting("shadedClassifierName") ?? "shaded");
      return setting("shadedArtifactAttached") === "true"
        ? [file(`${finalName}-${classifier}.jar`)]
        : [file(`${finalName}.jar`), file(`original-${own.finalName}.jar`)];
    }
    case "maven-assembly-plugin": {
      if (!hasGoal("single") && !goals.includes("assembly:single")) return [];
      if (setting("outputDirectory") !== undefined) throw unknown("outputDirectory");
      const finalName = own.resolved(setting("finalName") ?? own.finalName);
      const ids = [...walk(plugin)].filter(({ name }) => name === "descriptorRef").map(({ text }) => text);
      return setting("appendAssemblyId") === "false"
        ? [file(`${finalName}.jar`)]
        : ids.filter((id) => id === "jar-with-dependencies").map((id) => file(`${finalName}-${id}.jar`));
    }
    case "maven-dependency-plugin": {
      if (!hasGoal("copy-dependencies") && !goals.includes("dependency:copy-dependencies")) return [];
      const folder = own.inTarget(setting("outputDirectory") ?? "${project.build.directory}/dependency");
      if (folder === undefined) throw unknown("outputDirectory");
      return own.hasLibraries ? [{ path: folder, isFolder: true, isLibraries: true }] : [];
    }
    case "quarkus-maven-plugin":
      return hasGoal("build") ? [{ path: "quarkus-app", isFolder: true }] : [];
    default:
      return [];
  }
}
