/** What of a project for the Java machine its container needs: what the command names, with what that needs. */
import { posix } from "node:path";
import { isUnder } from "../../context/index.ts";
import { compiledApp } from "../compiled-app.ts";
import { Decline } from "../decline.ts";
import { type Made, matches, moved } from "../moved.ts";
import { checkToolchain, startedIn } from "../started.ts";
import type { BuildWork, BuiltApp } from "../types.ts";
import { classPathOf } from "./class-path.ts";

export interface JvmBuild {
  readonly made: readonly Made[];
  /** Whether archives name libraries that lie beside them. */
  readonly namesLibraries: boolean;
  isSource(path: string): boolean;
  /** What is left outside of the project, in words. */
  readonly left: readonly string[];
}

/** Programs that need the sources. */
const TOOLCHAIN = [
  "mvn",
  "mvnw",
  "mvnd",
  "gradle",
  "gradlew",
  "javac",
  "jshell",
  "jbang",
  "sbt",
  "ant",
  "groovy",
  "kotlinc",
];

/** Throws a `Decline` where the container needs more, or where it is not known what it starts. */
export function jvmApp(work: BuildWork, { made, namesLibraries, isSource, left }: JvmBuild): BuiltApp {
  const started = startedIn(work);
  checkToolchain(started, TOOLCHAIN);
  if (made.length === 0) throw new Decline("no-build", "the build commands make no outputs");
  const { all, arrived } = moved(made, work);
  const needed = new Set<Made>(arrived);
  const absolute = ({ path }: Made) => posix.resolve(work.folder, path);
  const place = (word: string) => posix.resolve(work.startsIn, word);
  const take = (word: string): boolean => {
    const found = all.filter((one) => isNamed(absolute(one), one.isFolder, place(word)));
    for (const one of found) needed.add(one);
    return found.length > 0;
  };
  for (const program of started.programs.filter(({ tool }) => /(^|\/)java$/.test(tool)))
    for (const word of classPathOf(program, started.words)) {
      if (take(word) || !isUnder(place(word), work.folder)) continue;
      const inside = posix.relative(work.folder, place(word).replace(/\/\*$/, ""));
      if (!work.finished.has(inside) && !work.finished.isFolder(inside))
        throw new Decline(
          "start-unknown",
          `the container runs ${word}, which no known output and no file of the context is`,
        );
      // Classes beside sources: what of a folder is compiled is not known.
      if (inside === "")
        throw new Decline("start-unknown", "the container looks for its classes in the project folder");
    }
  for (const word of [...started.words, ...work.words]) if (/[/.]/.test(word) && !word.includes("$")) take(word);
  if (namesLibraries) for (const one of all) if (one.isLibraries) needed.add(one);
  if (needed.size === 0) throw new Decline("start-unknown", "the container names nothing that the build makes");
  const inProject = ({ path }: Made) => (isUnder(path, work.folder) ? posix.relative(work.folder, path) : path);
  return compiledApp(
    { ...work, moves: [] },
    {
      outputs: [...needed].map((one) => ({ path: inProject(one), isFolder: one.isFolder })),
      isSource: (path) => isSource(path),
      speech,
      toolchain: TOOLCHAIN,
      left,
    },
  );
}

/** Whether `pattern` names the output, or something in it. */
function isNamed(output: string, isFolder: boolean, pattern: string): boolean {
  return (isFolder && isUnder(pattern, output)) || matches(pattern, output);
}

/** Strings that are no imports, and settings; pages, styles and what describes the build say nothing of files. */
function speech(source: string): string {
  const code = source.replace(/^\s*(\/\/|\*|\/\*|#).*$/gm, "").replace(/^\s*(package|import)\s.*$/gm, "");
  return (code.match(/"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"/g) ?? []).join(" ");
}
