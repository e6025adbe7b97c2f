/** `mvn dependency:go-offline` ahead of a build. */
import type { BuildContext } from "../../context/types.ts";
import { commandOf } from "../command-text.ts";
import type { Call, Fetch, Surroundings } from "../types.ts";
import { textAt, walk } from "../xml.ts";
import { type MavenProject, openProject } from "./project.ts";
import { type Words, wordsOf } from "./words.ts";

/** Phases that need the project's libraries, and goals that are built on them. */
const PHASES =
  /^((process-)?(test-)?(compile|classes|test-classes|resources|test-resources)|test|(prepare-)?package|(pre-|post-)?integration-test|verify|install|deploy|spring-boot:\S+|assembly:\S+|quarkus:build|native:compile|jib:\S+|war:war|jar:jar|shade:shade)$/;

/** Options that say nothing of what is downloaded, or that would write a file. */
const DROPPED = ["-T", "-b", "-rf", "-l", "-fae", "-ff", "-fn", "-V", "-B"];

/**
 * The download of what the build's goals need, undefined where they need nothing. It can't fail: under `--fail-never` Maven's exit code is 0
 * (MavenCli), and what is missing is downloaded by the build as before: plugins that no phase asks for, libraries of other modules.
 */
export function fetchCommand(
  call: Call,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): Fetch | undefined {
  const words = wordsOf(call.args);
  if (!words.goals.some((goal) => PHASES.test(goal))) return undefined;
  const project = openProject(words, context, folder, surroundings);
  if (project.offline) return undefined;
  // Downloads are told from files of the app by where they lie.
  if (!/^((~|\/root|\/home\/[^/]+|\$\{(user\.home|env\.HOME)\})\/\.m2(\/|$))/.test(project.repository ?? "~/.m2"))
    return {
      blocked: `the local repository is ${project.repository}, where more downloads are more files of the image`,
    };
  const open = words.options.some(([name]) => name === "-U") ? undefined : openVersion(project);
  if (open !== undefined) return { blocked: open };
  return { command: commandOf([call.path, ...argsOf(words)]) };
}

function argsOf({ options, properties }: Words): string[] {
  return [
    "-B",
    "-fn",
    ...options
      .filter(([name]) => !DROPPED.includes(name))
      .flatMap(([name, value]) => (value === "" ? [name] : [name, value])),
    ...[...properties].map(([name, value]) => (value === "true" ? `-D${name}` : `-D${name}=${value}`)),
    "dependency:go-offline",
  ];
}

/** A version that means something else tomorrow, while the download would be taken from the cache. */
function openVersion({ poms }: MavenProject): string | undefined {
  const own = new Set(poms.map(({ root }) => textAt(root, "artifactId")));
  for (const { path, root } of poms)
    for (const element of walk(root)) {
      const [version, artifact] = [textAt(element, "version"), textAt(element, "artifactId")];
      if (element === root || version === undefined || artifact === undefined || own.has(artifact)) continue;
      if (/-SNAPSHOT$|^(LATEST|RELEASE)$|^[[(]/.test(resolved(version, root)))
        return `${path} asks for ${artifact} in the version ${version}, which may be another one tomorrow`;
    }
  return undefined;
}

/** A version by one of the pom's own properties. */
function resolved(version: string, root: Parameters<typeof textAt>[0]): string {
  const name = /^\$\{([\w.-]+)\}$/.exec(version)?.[1];
  return (name === undefined ? undefined : textAt(root, "properties", name)) ?? version;
}
