import { posix } from "node:path";
import { within } from "../context/index.ts";
import { madeByAll } from "./compiled-app.ts";
import { jvmApp } from "./jvm/app.ts";
import type { Made } from "./moved.ts";
import type { BuildWork, BuiltApp, Call, Declaration, Ecosystem } from "./types.ts";

const declares: Declaration = {
  title: "javac",
  files: [],
  readsMore: [],
  installs: [],
  caches: [],
  network: "nothing",
  builds: [
    { command: "javac -d FOLDER", outputs: ["FOLDER"] },
    { command: "jar cf FILE", outputs: ["FILE"] },
  ],
};

/** The JDK's compiler, and its program for archives. */
export const java: Ecosystem = {
  name: "java",
  commands: ["javac", "jar"],
  declares,
  actions: { build: ["javac", "jar"] },
  recognise: ({ tool }) => ({ purpose: "build", action: tool }),
  outputsOf: (call) => {
    const made = madeBy(call);
    return "unknown" in made ? made : { outputs: made.map(({ path }) => path) };
  },
  worksAtRoot: true,
  builtApp,
};

function builtApp(work: BuildWork): BuiltApp {
  const made = madeByAll(work, "java", ({ invocation: { call } }) => madeBy(call));
  return jvmApp(work, {
    made: [...new Map(made.map((one) => [one.path, one])).values()],
    // What no name tells to be left over by a build.
    isKept: () => true,
    isSource: (path) => /\.java$|(^|\/)(MANIFEST\.MF|manifest\.(mf|txt)|sources\.txt)$/i.test(path),
    left: [],
  });
}

function madeBy({ tool, args }: Call): readonly Made[] | { readonly unknown: string } {
  return tool === "jar" ? madeByJar(args) : madeByJavac(args);
}

/** Options of javac whose value is the next word (javac of JDK 21, "Options"). */
const VALUED =
  /^(-d|-h|-s|-cp|-classpath|-sourcepath|-p|-processor|-processorpath|-encoding|-source|-target|-bootclasspath|-extdirs|-endorseddirs|-m|--(class-path|source-path|module-path|module-source-path|processor-path|processor-module-path|release|source|target|module|module-version|add-modules|add-exports|add-reads|limit-modules|system|upgrade-module-path))$/;

function madeByJavac(args: Call["args"]): readonly Made[] | { readonly unknown: string } {
  let folder: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (word === "-version" || word === "--version" || word === "-help" || word === "--help") return [];
    if (word === "-h" || word === "-s") return { unknown: `\`javac ${word}\` writes more than classes` };
    if (word === "-d") {
      folder = args[at + 1];
      if (folder === undefined) return { unknown: "the folder behind `javac -d` is computed" };
    }
    if (VALUED.test(word ?? "")) at++;
  }
  if (folder === undefined) return { unknown: "`javac` without -d leaves its classes beside the sources" };
  const path = placeOf(folder);
  if (path === "") return { unknown: "`javac -d` leaves its classes in the project folder" };
  return path === undefined
    ? { unknown: `javac writes to ${folder}, outside of the project` }
    : [{ path, isFolder: true }];
}

/** `jar cfe app.jar Main …`, `jar --create --file app.jar`: letters in one word take their values in its order. */
function madeByJar(args: Call["args"]): readonly Made[] | { readonly unknown: string } {
  const [first = "", ...rest] = args;
  const letters = /^-?([ctxui][a-zA-Z0]*)$/.exec(first)?.[1];
  const isLong = args.some((word) => /^(--create|-c|--update|-u)$/.test(word ?? ""));
  if (letters !== undefined && letters.length > 1) {
    if (letters.startsWith("t") || letters.includes("t")) return [];
    if (!/^[cu]/.test(letters)) return { unknown: "`jar` unpacks an archive" };
    const file = rest[[...letters].filter((letter) => "fme".includes(letter)).indexOf("f")];
    return archive(letters.includes("f") ? file : undefined);
  }
  if (!isLong) return { unknown: `\`jar ${first}\` may write anything` };
  const at = args.findIndex((word) => /^(-f|--file)(=|$)/.test(word ?? ""));
  return archive(/=/.test(args[at] ?? "") ? args[at]?.replace(/^[^=]*=/, "") : args[at + 1]);
}

function archive(file: string | undefined): readonly Made[] | { readonly unknown: string } {
  const path = file === undefined ? undefined : placeOf(file);
  return path ? [{ path, isFolder: false }] : { unknown: "the archive that `jar` makes is not known" };
}

function placeOf(word: string): string | undefined {
  return word.startsWith("/") ? posix.normalize(word) : within("", word);
}
