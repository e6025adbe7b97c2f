import { posix } from "node:path";
import type { BuildContext } from "../context/types.ts";
import { inFolder, linkAmong } from "./blocked.ts";
import { Blocked, orBlocked } from "./blocking.ts";
import { builtMavenApp, mavenOutputs } from "./maven/builds.ts";
import { DECLARED } from "./maven/declaration.ts";
import { fetchCommand } from "./maven/fetch.ts";
import { openProject } from "./maven/project.ts";
import { folderOfPom, goalsOf, pomNamed, wordsOf } from "./maven/words.ts";
import type { Call, Ecosystem, InstallInputs, Surroundings } from "./types.ts";

/** Goals that resolve what poms ask for, and do nothing else. */
const DOWNLOADS = ["go-offline", "resolve", "resolve-plugins", "tree", "list"].map((goal) => `dependency:${goal}`);

/** Maven and its wrapper. */
export const maven: Ecosystem = {
  name: "maven",
  commands: ["mvn", "mvnw"],
  declares: DECLARED,
  actions: { dependencies: DOWNLOADS, build: ["compile", "package", "verify", "install"] },
  folderOf: ({ args }, cwd) => {
    const named = pomNamed(args);
    if (named === undefined) return undefined;
    return named.startsWith("/") ? folderOfPom(named) : cwd;
  },
  recognise: ({ args }) => {
    const goals = goalsOf(args);
    const isDownload = goals.length > 0 && goals.every((goal) => DOWNLOADS.includes(goal));
    return { purpose: isDownload ? "dependencies" : "build", action: goals.join(" ") };
  },
  installInputs,
  fetchFor: (call, context, folder, surroundings) => orBlocked(() => fetchCommand(call, context, folder, surroundings)),
  outputsOf: mavenOutputs,
  worksAtRoot: true,
  builtApp: builtMavenApp,
};

/**
 * `dependency:go-offline` and the like read the poms, and all that Maven reads before any goal; they write to the local repository, and the
 * wrapper to its own folder there, or to `.mvn/wrapper` in the project where its archive is missing.
 */
function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  return orBlocked(() => {
    const words = wordsOf(call.args);
    if (words.options.some(([name]) => name === "-l")) throw new Blocked("the option -l has Maven write a file");
    const project = openProject(words, context, folder, surroundings);
    const wrapper = call.tool === "mvnw" ? wrapperOf(call, context, folder) : undefined;
    const files = [...new Set([...project.files, ...(wrapper?.files ?? [])])];
    const link = linkAmong(context, files);
    if (link !== undefined) throw new Blocked(link);
    const relative = (path: string) => posix.relative(`/${folder}`, `/${path}`);
    const made = (wrapper?.makes ?? []).map(relative);
    return {
      files: files.map(relative),
      writes: made,
      fetched: [...repositoryOf(project.repository), `${userHomeOf(surroundings)}/wrapper`, ...made],
    };
  });
}

/** Where the local repository is; what is named relative to where Maven runs lies in the project. */
function repositoryOf(named: string | undefined): string[] {
  const path = named?.replace(/^\$\{(user\.home|env\.HOME)\}/, "~");
  if (path?.includes("${")) throw new Blocked(`the local repository is ${named}, which refit can't work out`);
  return path === undefined ? ["~/.m2"] : [path, "~/.m2"];
}

/** Where the wrapper puts Maven, in a folder of its own. */
function userHomeOf({ env }: Surroundings): string {
  const home = env.has("MAVEN_USER_HOME") ? env.get("MAVEN_USER_HOME") : "~/.m2";
  if (!home?.match(/^[/~]/)) throw new Blocked("it is not known where MAVEN_USER_HOME is");
  return home;
}

/** The script of the wrapper, and the archive that older ones put beside its settings. */
function wrapperOf({ path, args }: Call, context: BuildContext, folder: string) {
  const script = posix.normalize(posix.join(folder, path));
  if (path.startsWith("/") || pomNamed(args)?.startsWith("/") || script.startsWith(".."))
    throw new Blocked(`it is not known where ${path} is`);
  const text = context.read(script);
  if (text === undefined) throw new Blocked(`the build context has no ${script}`);
  if (text.includes("\r")) throw new Blocked(`${script} has line ends of Windows`);
  const home = posix.dirname(script) === "." ? "" : posix.dirname(script);
  const settings = inFolder(home, ".mvn/wrapper/maven-wrapper.properties");
  if (!context.has(settings)) throw new Blocked(`the build context has no ${settings}`);
  const archive = inFolder(home, ".mvn/wrapper/maven-wrapper.jar");
  const makes = context.has(archive) || !text.includes("maven-wrapper.jar") ? [] : [archive];
  return { files: [script, settings, ...[archive].filter(context.has)], makes };
}
