/** What Gradle's tasks make, and what of a Gradle project its container needs. */
import type { BuildContext } from "../../context/index.ts";
import { inFolder } from "../blocked.ts";
import { Blocked } from "../blocking.ts";
import { madeByAll } from "../compiled-app.ts";
import { jvmApp } from "../jvm/app.ts";
import type { Made } from "../moved.ts";
import type { BuildWork, BuiltApp, Call, Outputs, Surroundings } from "../types.ts";
import { archivesOf } from "./archives.ts";
import { openProject } from "./project.ts";
import { harmlessWords, isAboutGradle, type Words, wordsOf } from "./words.ts";

/** Tasks that make no archive. */
const LIGHT =
  /^(clean|dependencies|buildEnvironment|help|tasks|projects|properties|wrapper|check|test|compile\w*|processResources|classes|testClasses|resolveDependencies|downloadDependencies)$/;
const TASKS =
  /^(build|assemble|jar|bootJar|war|bootWar|shadowJar|installDist|installShadowDist|startScripts|distZip|distTar)$/;

/** What the tasks of `call` make, archives under the names that the scripts give them. */
export function gradleOutputs(call: Call, project: BuildContext, surroundings: Surroundings): Outputs {
  const made = madeBy(call, project, surroundings);
  return "unknown" in made ? made : { outputs: made.map(({ path }) => path) };
}

/** Throws a `Decline`. */
export function builtGradleApp(work: BuildWork): BuiltApp {
  const made = madeByAll(work, "gradle", ({ invocation: { call }, surroundings }) =>
    madeBy(call, work.project, surroundings),
  );
  return jvmApp(work, {
    made: [...new Map(made.map((one) => [one.path, one])).values()],
    isKept: () => false,
    isSource: (path) => SOURCE.test(path),
    left: ["downloaded libraries"],
  });
}

const SOURCE =
  /(^|\/)(src\/.*|gradlew(\.bat)?|gradle\/(.*\.(toml|lockfile|gradle|kts|keys|gpg|xml)|wrapper\/.*)|(build|settings)\.gradle(\.kts)?|gradle\.properties|gradle\.lockfile|lombok\.config|\.sdkmanrc|\.java-version|HELP\.md)$|\.(java|kt|groovy|scala)$/;

function madeBy(
  call: Call,
  project: BuildContext,
  surroundings: Surroundings,
): readonly Made[] | { readonly unknown: string } {
  try {
    if (isAboutGradle(wordsOf(call.args).known)) return [];
    const words = taskWords(call);
    checkEnvironment(new Map([...surroundings.env, ...call.env]));
    const { folders } = openProject(project, "");
    return words.tasks.flatMap((task) => {
      const [name = "", ...path] = task.split(":").reverse();
      const folder = path
        .filter((part) => part !== "")
        .reverse()
        .join("/");
      if (LIGHT.test(name)) return [];
      if (!TASKS.test(name)) throw new Blocked(`\`${call.tool} ${task}\` may write anything`);
      // A bare name is for all projects that have such a task.
      const of = task.includes(":") ? folders.filter((each) => each === folder) : folders;
      return of.flatMap((each) => madeIn(project, each, name, surroundings.cwd));
    });
  } catch (error) {
    if (error instanceof Blocked) return { unknown: error.message };
    throw error;
  }
}

/** Properties of the project from elsewhere ("Build Environment", "Project properties" of Gradle's user manual). Throws `Blocked`. */
function checkEnvironment(env: Surroundings["env"]): void {
  const options = ["GRADLE_OPTS", "JAVA_OPTS", "JAVA_TOOL_OPTIONS"].find(
    (name) => env.has(name) && /org\.gradle\.project\./.test(env.get(name) ?? "org.gradle.project."),
  );
  const found = options ?? [...env.keys()].find((name) => name.startsWith("ORG_GRADLE_PROJECT_"));
  if (found !== undefined) throw new Blocked(`${found} may change how archives are named`);
}

/** Without `-x`, which leaves out tests and checks. */
function taskWords({ args }: Call): Words {
  const kept: (string | undefined)[] = [];
  for (let at = 0; at < args.length; at++) {
    const isExcluding = /^(-x|--exclude-task)$/.test(args[at] ?? "");
    if (isExcluding && !LIGHT.test((args[at + 1] ?? "").replace(/^.*:/, "")))
      throw new Blocked(`the task ${args[at + 1]} is left out`);
    if (isExcluding) at++;
    else if (/^-x(test|check)$/.test(args[at] ?? "")) continue;
    else kept.push(args[at]);
  }
  const property = kept.find((word) => /^(-P|--project-prop)/.test(word ?? ""));
  if (property !== undefined) throw new Blocked(`${property} may change how archives are named`);
  return harmlessWords(kept);
}

/** Throws `Blocked`. */
function madeIn(project: BuildContext, folder: string, task: string, home: string | undefined): readonly Made[] {
  const archives = archivesOf(project, "", folder, home);
  const { boot, application, war, shadow } = archives.plugins;
  const all = task === "build" || task === "assemble";
  const archive = (own: string, classifier: string, end = "jar"): readonly Made[] => {
    const file = archives.fileOf(own, classifier, end);
    return file === undefined ? [] : [{ path: inFolder(folder, `build/libs/${file}`), isFolder: false }];
  };
  const hasScript = ["", ".kts"].some((end) => project.has(inFolder(folder, `build.gradle${end}`)));
  if (!hasScript && folder === "") return [];
  return [
    ...(all || task === "jar" || (task === "installDist" && !boot) ? archive("jar", boot ? "plain" : "") : []),
    ...(boot && (all || task === "bootJar") ? archive("bootJar", "") : []),
    ...(war && (all || task === "war") ? archive("war", boot ? "plain" : "", "war") : []),
    ...(boot && war && (all || task === "bootWar") ? archive("bootWar", "", "war") : []),
    ...(shadow && (all || task === "shadowJar") ? archive("shadowJar", "all") : []),
    ...(application && task === "installDist"
      ? [{ path: inFolder(folder, `build/install/${archives.application}`), isFolder: true }]
      : []),
    ...(application && shadow && task === "installShadowDist"
      ? [{ path: inFolder(folder, `build/install/${archives.application}-shadow`), isFolder: true }]
      : []),
  ];
}
