/** What the wrapper reads to get and to start the Gradle that a project asks for (GradleWrapperMain, WrapperExecutor). */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { inFolder, unread } from "../blocked.ts";
import { Blocked } from "../blocking.ts";
import type { Call, Surroundings } from "../types.ts";

/** Settings of the Java machine and of the launcher, which Gradle reads even to say its version. */
const OF_THE_LAUNCHER = ["gradle.properties", "gradle/gradle-daemon-jvm.properties", ".gradle/config.properties"];

/** Files in the context, from its root, that `./gradlew` reads in `folder`. Throws `Blocked`. */
export function wrapperFiles({ path }: Call, context: BuildContext, folder: string, around: Surroundings): string[] {
  const script = posix.normalize(posix.join(folder, path));
  if (path.startsWith("/") || script.startsWith("..")) throw new Blocked(`it is not known where ${path} is`);
  const home = posix.dirname(script).replace(/^\.$/, "");
  if (home !== folder) throw new Blocked(`${path} lies in another folder than the one that it is called in`);
  const [archive, properties] = ["jar", "properties"].map((end) =>
    inFolder(home, `gradle/wrapper/gradle-wrapper.${end}`),
  );
  const missing = [script, archive!, properties!].find((file) => !context.has(file));
  if (missing !== undefined) throw new Blocked(unread(context, missing));
  if (context.read(script)?.includes("\r")) throw new Blocked(`${script} has line ends of Windows`);
  const distribution = distributionOf(context.read(properties!) ?? "", properties!, around);
  const own = distribution === undefined ? [] : [posix.join(posix.dirname(properties!), distribution)];
  if (own[0] !== undefined && !context.has(own[0])) throw new Blocked(`the build context has no ${own[0]}`);
  return [
    script,
    archive!,
    properties!,
    ...own,
    ...OF_THE_LAUNCHER.map((name) => inFolder(home, name)).filter(context.has),
  ];
}

/** The archive with Gradle, where it lies beside the wrapper's settings. */
function distributionOf(text: string, path: string, { cwd }: Surroundings): string | undefined {
  const properties = new Map(
    [...text.matchAll(/^\s*(\w+)\s*[=:]\s*(.*?)\s*$/gm)].map(([, name = "", value = ""]) => [
      name,
      value.replaceAll("\\", ""),
    ]),
  );
  for (const name of ["distributionBase", "zipStoreBase"])
    if ((properties.get(name) ?? "GRADLE_USER_HOME") !== "GRADLE_USER_HOME")
      throw new Blocked(`${path} sets ${name}, so that Gradle is put into the project`);
  const url = properties.get("distributionUrl");
  if (url === undefined) throw new Blocked(`${path} has no distributionUrl`);
  if (/snapshot|nightly/i.test(url)) throw new Blocked(`${path} asks for a Gradle that may be another one tomorrow`);
  const file = /^file:(?:\/\/)?(\/.*)$/.exec(url)?.[1];
  if (file !== undefined && (cwd === undefined || !posix.relative(cwd, file).startsWith("..")))
    throw new Blocked(`${path} asks for ${file}, which may be a file of the project`);
  return /^[a-z]+:/.test(url) ? undefined : url;
}
