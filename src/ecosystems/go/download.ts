/** What `go mod download` reads and writes (cmd/go/internal/modcmd/download.go). */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, foldersAbove, homeSettings, inFolder, linkAmong, unknownOption, unread } from "../blocked.ts";
import { argumentsOf } from "../call.ts";
import type { Call, InstallInputs, Surroundings } from "../types.ts";
import { downloadedModules, type GoFile, hasAllSums, hasSum, readGoFile, replacingFolders } from "./files.ts";

/** A module, or a workspace of several. Paths are of the context. */
export interface GoProject {
  /** `go.work` where there is one. */
  readonly work: { readonly path: string; readonly file: GoFile; readonly hasSums: boolean } | undefined;
  readonly modules: readonly { readonly path: string; readonly file: GoFile }[];
  /** Texts of all `go.sum` and `go.work.sum`. */
  readonly sums: string;
  /** All that is read. */
  readonly files: readonly string[];
}

/**
 * It reads `go.mod`, `go.sum` and the `go.mod` of modules replaced by local folders, in a workspace those of all its modules, and writes
 * below GOPATH alone where the sums are complete (since Go 1.17 it saves none of its own for a single module; in a workspace it adds what
 * is missing to `go.work.sum`).
 */
export function downloadInputs(
  call: Call,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): InstallInputs {
  const args = argumentsOf(call.args, ["-C"]);
  if (args.positional.length > 2) return { blocked: "go mod download with module names writes go.mod and go.sum" };
  const option = unknownOption(args, /^-(x|json|C|modcacherw)$/);
  if (option !== undefined) return { blocked: option };
  const project = goProject(context, folder, surroundings);
  if ("blocked" in project) return project;
  const env = new Map([...surroundings.env, ...call.env]);
  const blocked =
    oldGo(surroundings.base) ??
    environment(env, surroundings.cwd) ??
    homeSettings(context, folder, surroundings) ??
    gap(project);
  if (blocked !== undefined) return { blocked };
  const files = project.files.map((path) => posix.relative(folder, path));
  const { work, sums } = project;
  const isWhole = !hasDownloads(project) || (work ? work.hasSums || hasAllSums(sums) : sums !== "");
  const written = work ? `${work.path}.sum` : inFolder(folder, "go.sum");
  return { files, writes: isWhole ? [] : [posix.relative(folder, written)], fetched: cacheFolders(env) };
}

/** The project that a command in `folder` belongs to. */
export function goProject(
  context: BuildContext,
  folder: string,
  { env }: Surroundings,
): GoProject | { readonly blocked: string } {
  if (env.has("GOWORK") && !/^(off|auto|)$/.test(env.get("GOWORK") ?? "?"))
    return { blocked: "GOWORK names a workspace file" };
  const work =
    env.get("GOWORK") === "off"
      ? undefined
      : [folder, ...foldersAbove(folder)].map((above) => inFolder(above, "go.work")).find(context.has);
  const workText = work === undefined ? undefined : context.read(work);
  if (work === undefined || workText === undefined) return readProject(context, undefined, [folder]);
  const file = readGoFile(workText);
  const folders = file.used.map((used) => posix.join(posix.dirname(work), used));
  return readProject(context, { path: work, file, hasSums: context.has(`${work}.sum`) }, folders);
}

function readProject(
  context: BuildContext,
  work: GoProject["work"],
  folders: readonly string[],
): GoProject | { readonly blocked: string } {
  const modules: { path: string; file: GoFile }[] = [];
  const files: string[] = work ? [work.path, ...(work.hasSums ? [`${work.path}.sum`] : [])] : [];
  const named: { from: string; target: string }[] = work
    ? replacingFolders(work.file).map((target) => ({ from: work.path, target }))
    : [];
  for (const folder of folders.map((path) => (path === "." ? "" : path))) {
    const path = inFolder(folder, "go.mod");
    const text = isOutside(folder) ? undefined : context.read(path);
    if (text === undefined) return { blocked: unread(context, path) };
    const file = readGoFile(text);
    modules.push({ path, file });
    const sums = inFolder(folder, "go.sum");
    files.push(path, ...(context.has(sums) ? [sums] : []));
    named.push(...replacingFolders(file).map((target) => ({ from: path, target })));
  }
  for (const { from, target } of named) {
    const path = posix.join(posix.dirname(from), target, "go.mod");
    if (target.startsWith("/") || isOutside(path) || !context.has(path))
      return { blocked: `${from} replaces a module by ${target}, whose go.mod the build context lacks` };
    files.push(path);
  }
  const link = linkAmong(context, files);
  if (link !== undefined) return { blocked: link };
  const sums = files.filter((path) => path.endsWith(".sum")).map((path) => context.read(path) ?? "");
  return { work, modules, sums: sums.join("\n"), files: [...new Set(files)] };
}

function isOutside(path: string): boolean {
  return path === ".." || path.startsWith("../") || path.startsWith("/");
}

/** Whether anything is required that no folder replaces. */
export function hasDownloads({ work, modules }: GoProject): boolean {
  return modules.some(({ file }) => downloadedModules(file, work ? [work.file] : []).length > 0);
}

/** A module whose sum the download would add. */
function gap({ work, modules, sums }: GoProject): Blocker {
  if (sums === "") return undefined;
  for (const { path, file } of modules) {
    const module = downloadedModules(file, work ? [work.file] : []).find((each) => !hasSum(sums, each, "go.mod"));
    if (module) return `go mod download would add ${module.path} to ${path.replace(/mod$/, "sum")}`;
  }
  return undefined;
}

/** Go has modules since 1.11; 1.16 and older write the sums of all they download. */
function oldGo(base: string | undefined): Blocker {
  const minor = /(?:^|\/)golang:1\.(\d+)/.exec(base ?? "")?.[1];
  if (minor === undefined || Number(minor) >= 17) return undefined;
  return Number(minor) < 11 ? `${base} is older than Go's modules` : `go mod download of ${base} may write go.sum`;
}

/** Flags and variables that send the command elsewhere. */
function environment(env: Surroundings["env"], cwd = "/"): Blocker {
  const flags = env.has("GOFLAGS") ? env.get("GOFLAGS") : "";
  const moved = flags === undefined ? undefined : /(^|\s)--?(modfile|overlay)\b/.exec(flags)?.[2];
  if (flags === undefined || moved !== undefined) return `GOFLAGS is ${flags ?? "not known"}`;
  const variable = ["GOENV", "GO111MODULE"].find(
    (name) => env.has(name) && !/^(on|auto|off)?$/.test(env.get(name) ?? "?"),
  );
  if (variable !== undefined) return `${variable} is ${env.get(variable) ?? "not known"}`;
  const proxy = /file:\/\/(\/[^,|]*)/.exec(env.get("GOPROXY") ?? "")?.[1];
  return proxy !== undefined && `${proxy}/`.startsWith(`${cwd}/`.replace("//", "/"))
    ? `GOPROXY names ${proxy}, a folder of the project`
    : undefined;
}

/** GOMODCACHE, GOPATH/pkg/mod or what they are by default; with the counters that every Go command keeps (Go 1.23). */
function cacheFolders(env: Surroundings["env"]): string[] {
  const counters = "~/.config/go/telemetry";
  const cache = env.get("GOMODCACHE");
  if (cache) return [cache, counters];
  const roots = env.has("GOPATH") ? (env.get("GOPATH") ?? "/go").split(":").slice(0, 1) : ["/go", "~/go"];
  return [...roots.map((root) => `${root}/pkg`), counters];
}
