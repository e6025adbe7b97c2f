import { posix } from "node:path";
import type { BuildContext } from "../context/types.ts";
import { homeSettings, linkAmong } from "./blocked.ts";
import { Blocked, orBlocked } from "./blocking.ts";
import { commandOf } from "./command-text.ts";
import { builtGradleApp, gradleOutputs } from "./gradle/builds.ts";
import { DECLARED } from "./gradle/declaration.ts";
import { openProject } from "./gradle/project.ts";
import { harmlessWords, isAboutGradle, isReport, type Words, wordsOf } from "./gradle/words.ts";
import { wrapperFiles } from "./gradle/wrapper.ts";
import type { Call, Ecosystem, Fetch, InstallInputs, Surroundings } from "./types.ts";

/** Tasks that resolve what projects depend on; the last ones are a custom of many projects. */
const RESOLVES = ["dependencies", "buildEnvironment", "resolveDependencies", "downloadDependencies"];

/** Tasks that need no dependency of the project. */
const LIGHT = ["clean", "wrapper", "init", "help", "tasks", "projects", "properties"];

/** Gradle and its wrapper. */
export const gradle: Ecosystem = {
  name: "gradle",
  commands: ["gradle", "gradlew"],
  declares: DECLARED,
  actions: {
    dependencies: RESOLVES,
    clean: ["clean"],
    build: ["build", "assemble", "bootJar", "shadowJar", "installDist"],
  },
  recognise: (call) => {
    const { known } = wordsOf(call.args);
    const action = isAboutGradle(known) ? "--version" : known.tasks.join(" ");
    const all = (tasks: readonly string[]) =>
      known.tasks.length > 0 && known.tasks.every((task) => tasks.includes(task.replace(/^.*:/, "")));
    if (action === "--version") return { purpose: call.tool === "gradlew" ? "dependencies" : "build", action };
    return { purpose: all(RESOLVES) ? "dependencies" : all(["clean"]) ? "clean" : "build", action };
  },
  installInputs: (call, context, folder, surroundings) =>
    orBlocked(() => inputsOf(call, context, folder, surroundings)),
  fetchFor: (call, context, folder, surroundings) => orBlocked(() => fetchOf(call, context, folder, surroundings)),
  outputsOf: gradleOutputs,
  worksAtRoot: true,
  builtApp: builtGradleApp,
};

function inputsOf(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const { known } = wordsOf(call.args);
  const wrapper = call.tool === "gradlew" ? wrapperFiles(call, context, folder, surroundings) : [];
  const home = homeOf(known, context, folder, surroundings);
  const relative = (path: string) => posix.relative(`/${folder}`, `/${path}`);
  const checked = (files: readonly string[]) => {
    const link = linkAmong(context, files);
    if (link !== undefined) throw new Blocked(link);
    return [...new Set(files)].map(relative);
  };
  if (isAboutGradle(known)) return { files: checked(wrapper), writes: [], fetched: [home] };
  const words = harmlessWords(call.args);
  if (!isReport(words)) throw new Blocked(`\`${call.tool} ${words.tasks.join(" ")}\` may read the sources`);
  const { files, folders } = openProject(context, folder);
  const writes = folders.flatMap((at) => [".gradle", ".kotlin", "build"].map((name) => relative(posix.join(at, name))));
  return { files: checked([...files, ...wrapper]), writes };
}

/**
 * The wrapper's download of Gradle itself, which fails where the build would. Nothing downloads the project's libraries and does no more:
 * `dependencies` reads their descriptions alone, for one project at a time, and runs all scripts (gradle/gradle#14051).
 */
function fetchOf(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): Fetch | undefined {
  const { known } = wordsOf(call.args);
  if (isAboutGradle(known)) return undefined;
  if (call.tool !== "gradlew") {
    if (known.tasks.every((task) => LIGHT.includes(task))) return undefined;
    throw new Blocked("Gradle has no command that downloads what a build needs and does no more");
  }
  wrapperFiles(call, context, folder, surroundings);
  const kept = known.options.filter(([name = ""]) => /^(-g|--gradle-user-home|-D)/.test(name)).flat();
  return { command: commandOf([call.path, ...kept, "--version"]), gets: "Gradle" };
}

/** Where Gradle keeps what it downloads. Throws `Blocked`. */
function homeOf({ options }: Words, context: BuildContext, folder: string, surroundings: Surroundings): string {
  const { env } = surroundings;
  for (const name of ["GRADLE_OPTS", "JAVA_OPTS", "JAVA_TOOL_OPTIONS"]) {
    const value = env.has(name) ? env.get(name) : "";
    if (value === undefined) throw new Blocked(`the value of ${name} is not known`);
    if (/-D(gradle\.user\.home|user\.(home|dir))/.test(value)) throw new Blocked(`${name} sends Gradle elsewhere`);
  }
  const leading = options.find((words) => /(gradle\.user\.home|user\.(home|dir))=/.test(words.join(" ")));
  if (leading) throw new Blocked(`the option ${leading.join(" ")} sends Gradle elsewhere`);
  const option = options.findLast(([name = ""]) => /^(-g|--gradle-user-home)/.test(name));
  const [name = "", value = name.replace(/^[^=]*=/, "")] = option ?? [];
  const home = option ? value : env.has("GRADLE_USER_HOME") ? env.get("GRADLE_USER_HOME") : "~/.gradle";
  if (home === undefined || !/^[/~]/.test(home)) throw new Blocked("it is not known where Gradle keeps its downloads");
  const { cwd } = surroundings;
  if (cwd !== undefined && home.startsWith("/") && !posix.relative(cwd, home).startsWith(".."))
    throw new Blocked(`Gradle keeps its downloads in ${home}, a folder of the project`);
  const settings = homeSettings(context, folder, surroundings, [".gradle"]);
  if (settings !== undefined) throw new Blocked(settings);
  return home;
}
