/** What a `java` command is told to run (the `java` command of JDK 21, "Synopsis" and "Class path wildcards"). */
import type { Leaf } from "../../context/index.ts";
import { Decline } from "../decline.ts";

/** Options that take the next word. */
const VALUED = [
  "-cp",
  "-classpath",
  "--class-path",
  "-p",
  "--module-path",
  "--upgrade-module-path",
  "--add-modules",
  "--add-opens",
  "--add-exports",
  "--add-reads",
  "--source",
];

const PATHS = /^(-cp|-classpath|--class-path|-p|--module-path)$/;

/**
 * Archives, and folders of classes or of archives (`lib/*`), as the command names them; patterns of the shell are left as they are. `said` are
 * all words that the container's commands have. Throws a `Decline` for what only the shell knows, and for sources.
 */
export function classPathOf({ words }: Leaf, said: readonly string[]): readonly string[] {
  const paths: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    // `$JAVA_OPTS`, which may be empty.
    if (word === undefined) continue;
    if (word.startsWith("@")) throw new Decline("start-unknown", `java reads its words from the file ${word.slice(1)}`);
    if (word === "-jar") return [...paths, ...archive(words[at + 1], said)];
    const inOne = /^(?:--class-path|--module-path)=(.+)$|^-javaagent:([^=]+)/.exec(word);
    if (inOne) paths.push(...(inOne[1] ?? inOne[2] ?? "").split(":"));
    else if (VALUED.includes(word)) {
      const value = words[++at];
      if (value === undefined && PATHS.test(word))
        throw new Decline("start-unknown", `the class path behind \`java ${word}\` is only known to the shell`);
      if (PATHS.test(word)) paths.push(...(value ?? "").split(":"));
    } else if (word === "-m" || word === "--module") return paths;
    else if (!word.startsWith("-")) {
      if (word.endsWith(".java"))
        throw new Decline(
          "runs-toolchain",
          `the container runs \`java ${word}\`, which needs the compiler and the sources`,
        );
      // A class without a class path is looked up where the container starts, or where CLASSPATH says.
      return paths.length === 0 ? ["."] : paths;
    }
  }
  return paths;
}

/** The word behind `-jar`; a pattern where the shell finds the only match. */
function archive(word: string | undefined, said: readonly string[]): readonly string[] {
  if (word !== undefined) return [word];
  const patterns = said.filter((each) => /\*[^/]*\.[jw]ar$/.test(each) && !each.includes("$"));
  if (patterns.length !== 1)
    throw new Decline("start-unknown", "the archive behind `java -jar` is only known to the shell");
  return patterns;
}
