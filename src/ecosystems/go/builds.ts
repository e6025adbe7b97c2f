/** What `go build` and `go install` make, and what of a Go project its container needs. */
import { posix } from "node:path";
import { type BuildContext, isUnder, unknown, within } from "../../context/index.ts";
import { foldersAbove, inFolder } from "../blocked.ts";
import { compiledApp, madeByAll, pathsOf } from "../compiled-app.ts";
import { Decline } from "../decline.ts";
import { placeIn } from "../moved.ts";
import { startedIn } from "../started.ts";
import type { BuildWork, BuiltApp, Call, Outputs, Surroundings } from "../types.ts";
import { readGoFile } from "./files.ts";
import { optionsOf } from "./options.ts";
import { GOPATH_SOURCES, packagesFolder } from "./packages.ts";

/** Actions that make nothing but caches, and what the build reads. */
const MAKES_NOTHING = ["test", "vet", "mod download", "mod tidy", "mod vendor", "mod verify", "get", "clean"];

/** Paths relative to the project, or absolute. */
export function goOutputs(action: string, call: Call, project: BuildContext, surroundings: Surroundings): Outputs {
  if (MAKES_NOTHING.includes(action)) return { outputs: [] };
  if (action !== "build" && action !== "install") return unknown(`\`go ${action}\` may write anything`);
  const args = optionsOf(call);
  const env = new Map([...surroundings.env, ...call.env]);
  if (args.options.has("-C")) return unknown("the folder behind `-C` is computed");
  const { folder = "" } = surroundings;
  const shared = args.options.get("-buildmode");
  if (shared !== undefined && shared !== "pie" && shared !== "exe")
    return unknown(`\`-buildmode=${shared}\` makes no program`);
  const words = args.positional.slice(1);
  const programs = programsOf(words.length === 0 ? ["."] : words, project, call, surroundings);
  if ("unknown" in programs) return programs;
  const files = programs.names.map((name) => `${name}${env.get("GOOS") === "windows" ? ".exe" : ""}`);
  if (action === "install") {
    const cross = ["GOOS", "GOARCH"].find((name) => env.has(name));
    if (cross !== undefined) return unknown(`${cross} may choose where \`go install\` puts the program`);
    const bin = env.has("GOBIN") ? env.get("GOBIN") : goPath(env, surroundings.base);
    return bin?.startsWith("/")
      ? { outputs: files.map((file) => posix.join(bin, file)) }
      : unknown("where `go install` puts the program is not known");
  }
  if (!args.options.has("-o")) return { outputs: programs.isOne ? files.map((file) => inFolder(folder, file)) : [] };
  const target = args.options.get("-o");
  if (target === undefined || target === "") return unknown("the file behind `-o` is computed");
  if (target === "/dev/null") return { outputs: [] };
  const isFolder = target.endsWith("/") || project.isFolder(within(folder, target) ?? "\0");
  const path = target.startsWith("/") ? posix.normalize(target) : within(folder, target);
  if (path === undefined) return unknown(`go writes to ${target}, outside of the project`);
  return { outputs: isFolder ? files.map((file) => posix.join(path, file)) : [path] };
}

/** Throws a `Decline` where the container needs more than its programs and files. */
export function builtGoApp(work: BuildWork): BuiltApp {
  const outputs = madeByAll(work, "go", ({ invocation: { action, call }, surroundings }) =>
    pathsOf(goOutputs(action, call, work.project, surroundings)),
  );
  checkInstalled(work);
  const places = new Set(outputs.map((path) => placeIn(work.folder, path)));
  return compiledApp(work, {
    outputs: [...places].map((path) => ({ path, isFolder: false })),
    isSource: (path) => SOURCE.test(path) || isUnder(path, "vendor"),
    speech,
    toolchain: TOOLCHAIN,
    left: [
      ...(work.project.files().some((path) => posix.basename(path) === "go.mod") ? ["downloaded modules"] : []),
      "the build cache",
    ],
  });
}

/** Before Go 1.18 `go get` installed the programs that it got, and stays behind with them. */
function checkInstalled(work: BuildWork): void {
  const got = work.commands.flatMap(({ invocation: { action, call } }) => {
    const { options, positional } = optionsOf(call);
    if (action !== "get" || options.has("-d")) return [];
    return positional
      .slice(1)
      .flatMap((word) =>
        word === undefined || /^\.|\.\.\.$/.test(word) ? [] : programNamed(word.replace(/@.*$/, "")),
      );
  });
  if (got.length === 0) return;
  const started = startedIn(work);
  const sources = work.project.files().filter((path) => path.endsWith(".go"));
  const called = [
    ...started.programs.map(({ tool }) => tool),
    ...started.words,
    ...sources.flatMap((path) => speech(work.project.read(path) ?? "").match(/[\w./-]+/g) ?? []),
  ].map((word) => posix.basename(word));
  const needed = got.find((name) => called.includes(name));
  if (needed !== undefined)
    throw new Decline("start-unknown", `the container may run ${needed}, which \`go get\` may have installed`);
}

/** The Go command, a debugger, and watchers that build anew. */
const TOOLCHAIN = [
  "go",
  "gofmt",
  "dlv",
  "air",
  "reflex",
  "fresh",
  "gin",
  "realize",
  "CompileDaemon",
  "modd",
  "wgo",
  "gow",
  "bee",
  "revel",
];

const SOURCE =
  /\.(go|s|c|h|cc|cpp|hpp|proto|mod|sum|work)$|(^|\/)(go\.work\.sum|modules\.txt|\.golangci\.ya?ml|\.goreleaser\.ya?ml|\.air\.toml)$/;

/** Strings that are no imports; comments are left out with all else. */
function speech(source: string): string {
  const code = source
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/^import\s*\([^)]*\)/gm, "")
    .replace(/^import\s.*$/gm, "");
  return (code.match(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g) ?? []).join(" ");
}

interface Programs {
  readonly names: readonly string[];
  /** Whether one package is built: of several, `go build` keeps no program unless it is told where. */
  readonly isOne: boolean;
}

/** The programs of the packages, or of the files, that `words` name. */
function programsOf(
  words: readonly (string | undefined)[],
  project: BuildContext,
  call: Call,
  { cwd, folder = "" }: Surroundings,
): Programs | { readonly unknown: string } {
  if (words.every((word) => word?.endsWith(".go")))
    return { names: [posix.basename(words[0] ?? "", ".go")], isOne: true };
  const folders: string[] = [];
  const root = moduleAbove(folder, project);
  const module = root === undefined ? undefined : readGoFile(project.read(inFolder(root, "go.mod")) ?? "").module;
  const place = packagesFolder(call, cwd);
  const localOf = (word: string | undefined) => {
    if (word === undefined) return undefined;
    if (/^\.\.?(\/|$)/.test(word)) return within(folder, word);
    if (module !== undefined)
      return `${word}/`.startsWith(`${module}/`)
        ? posix.join(root!, word.slice(module.length)).replace(/^\/|^\.$/, "")
        : undefined;
    return place === cwd || place === undefined
      ? undefined
      : within(folder, posix.relative(place, posix.join(GOPATH_SOURCES, word)));
  };
  for (const word of words) {
    const local = localOf(word);
    if (local === undefined) return unknown(`the package ${word ?? ""} is not a folder of the project`);
    const above = /^(.*?)\/?\.\.\.$/.exec(local)?.[1];
    folders.push(...(above === undefined ? [local] : packagesBelow(above, project)));
  }
  const names = [...new Set(folders)]
    .filter((path) => isMain(path, project))
    .map((path) => programOf(path, project, posix.resolve(place ?? "/", posix.relative(folder, path))));
  return names.every((name) => name !== undefined)
    ? { names, isOne: folders.length === 1 }
    : unknown("the name of the program that go makes is not known");
}

/** Folders with sources, without `vendor`, `testdata`, other modules and names that go passes over. */
function packagesBelow(root: string, project: BuildContext): readonly string[] {
  const below = project.list(root).filter((name) => !/^[._]|^(vendor|testdata)$/.test(name));
  const folders = below
    .map((name) => (root === "" ? name : `${root}/${name}`))
    .filter((path) => project.isFolder(path) && !project.has(`${path}/go.mod`));
  const own = project.list(root).some((name) => name.endsWith(".go")) ? [root] : [];
  return [...own, ...folders.flatMap((folder) => packagesBelow(folder, project))];
}

function isMain(folder: string, project: BuildContext): boolean {
  return project
    .list(folder)
    .filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"))
    .some((name) => /^package\s+main\b/m.test(project.read(folder === "" ? name : `${folder}/${name}`) ?? ""));
}

/** The folder with the `go.mod` that holds for `folder`; undefined where there is none. */
function moduleAbove(folder: string, project: BuildContext): string | undefined {
  return [folder, ...foldersAbove(folder)].find((path) => project.has(inFolder(path, "go.mod")));
}

/**
 * The last element of the package's path, the one before where that is a version (cmd/go/internal/load, DefaultExecName). `place` is where the
 * package lies in the image: without a module, that is its path.
 */
function programOf(folder: string, project: BuildContext, place: string): string | undefined {
  const root = moduleAbove(folder, project);
  const module =
    root === undefined ? undefined : (readGoFile(project.read(inFolder(root, "go.mod")) ?? "").module ?? "");
  const path = module === undefined ? place.slice(1) : posix.join(module, posix.relative(root!, folder));
  const name = programNamed(path);
  return name === "." || name === "" ? undefined : name;
}

/** What the program of a package is called, by its path. */
function programNamed(path: string): string {
  const elements = path.split("/");
  const last = elements.at(-1) ?? "";
  return elements.length > 1 && /^v[1-9]\d*$/.test(last) && last !== "v1" ? (elements.at(-2) ?? "") : last;
}

/** Where the official images have it: /go. */
function goPath(env: Surroundings["env"], base: string | undefined): string | undefined {
  const path = env.has("GOPATH")
    ? env.get("GOPATH")?.split(":")[0]
    : /(^|\/)golang(:|@|$)/.test(base ?? "")
      ? "/go"
      : undefined;
  return path === undefined ? undefined : posix.join(path, "bin");
}
