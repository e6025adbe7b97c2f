/** What of a project for the Java machine its container needs: what the command names, with what that needs. */
import { posix } from "node:path";
import { isUnder } from "../../context/index.ts";
import { compiledApp } from "../compiled-app.ts";
import { Decline } from "../decline.ts";
import { type Made, matches, moved, placeIn } from "../moved.ts";
import { isInProject } from "../places.ts";
import { checkToolchain, startedIn } from "../started.ts";
import type { BuildWork, BuiltApp } from "../types.ts";
import { classPathOf } from "./class-path.ts";

export interface JvmBuild {
  readonly made: readonly Made[];
  /** Whether the container needs an output though nothing names it. */
  isKept(one: Made): boolean;
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
export function jvmApp(work: BuildWork, { made, isKept, isSource, left }: JvmBuild): BuiltApp {
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
      if (take(word)) continue;
      if (REPOSITORIES.test(place(word)))
        throw new Decline("start-unknown", `the container runs ${word}, which stays with the downloads of the build`);
      if (!isInProject(place(word), work.folder)) continue;
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
  const sources = work.project.files().filter((path) => isSource(path));
  const texts = [...work.settings, ...sources.map((path) => speech(work.project.read(path) ?? "", path))];
  for (const one of all) if (isKept(one) || texts.some((text) => text.includes(one.path))) needed.add(one);
  if (needed.size === 0) throw new Decline("start-unknown", "the container names nothing that the build makes");
  return compiledApp(
    { ...work, moves: [] },
    {
      outputs: [...needed].map((one) => ({ path: placeIn(work.folder, one.path), isFolder: one.isFolder })),
      isSource: (path) => isSource(path),
      speech,
      toolchain: TOOLCHAIN,
      left,
    },
  );
}

/** Where Maven and Gradle keep what they download. */
const REPOSITORIES = /\/(\.m2\/repository|\.gradle\/caches|gradle\/caches)\//;

/** Whether `pattern` names the output, or something in it. */
function isNamed(output: string, isFolder: boolean, pattern: string): boolean {
  return (isFolder && isUnder(pattern, output)) || matches(pattern, output);
}

/** Strings of code that are no imports, and settings as they are; pages, styles and what describes the build name no files of the project. */
function speech(source: string, path: string): string {
  if (/\.(properties|ya?ml|conf)$|(^|\/)src\/.*\.xml$/.test(path) && !BUILD_SETTINGS.test(path)) return source;
  if (!/\.(java|kt|groovy|scala)$/.test(path)) return "";
  const code = source.replace(/^\s*(\/\/|\*|\/\*).*$/gm, "").replace(/^\s*(package|import)\s.*$/gm, "");
  return (code.match(/"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"/g) ?? []).join(" ");
}

const BUILD_SETTINGS = /(^|\/)(gradle\.properties|(gradle|maven)-wrapper\.properties)$/;
