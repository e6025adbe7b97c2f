import type { BuildContext } from "../context/types.ts";
import { type Blocker, foldersAbove, homeSettings, inFolder, linkAmong, unknownOption } from "./blocked.ts";
import { argumentsOf } from "./call.ts";
import { subcommands } from "./subcommands.ts";
import type { Call, Ecosystem, InstallInputs, Surroundings } from "./types.ts";

const known = subcommands({
  name: "go",
  purposes: {
    dependencies: ["mod download", "mod vendor", "mod tidy", "get"],
    build: ["build", "install", "test", "run", "vet", "generate"],
    files: ["env", "mod init", "version", "mod verify"],
    clean: ["clean"],
  },
  valued: ["-C"],
});

/** The Go command. */
export const go: Ecosystem = { ...known, folderOptions: ["-C"], installInputs };

/**
 * `go mod download` reads `go.mod`, `go.sum` and the `go.mod` of modules replaced by local folders, and writes below GOPATH alone where
 * `go.sum` is complete (cmd/go/internal/modcmd/download.go; since Go 1.17 it saves no sums of its own).
 */
function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const args = argumentsOf(call.args, ["-C"]);
  if (known.recognise(call)?.action !== "mod download") return { blocked: `go ${call.args[0]} reads the sources` };
  if (args.positional.length > 2) return { blocked: "go mod download with module names writes go.mod and go.sum" };
  const option = unknownOption(args, /^-(x|json|C)$/);
  if (option !== undefined) return { blocked: option };

  const path = inFolder(folder, "go.mod");
  const text = context.read(path);
  if (text === undefined)
    return { blocked: context.ignores(path) ? `.dockerignore keeps out ${path}` : `the build context has no ${path}` };
  const blocked =
    workspace(context, folder, surroundings) ??
    oldGo(surroundings.base) ??
    environment(surroundings) ??
    homeSettings(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };

  const replaced: string[] = [];
  for (const target of localReplacements(text)) {
    const local = inFolder(folder, `${target}/go.mod`);
    if (target.startsWith("../") || !context.has(local)) return { blocked: `${path} replaces a module by ${target}` };
    replaced.push(`${target}/go.mod`);
  }
  const sums = context.read(inFolder(folder, "go.sum"));
  const missing = sums === undefined ? undefined : requirementsOf(text).find((module) => !hasSum(sums, module, text));
  if (missing !== undefined)
    return { blocked: `go mod download would add ${missing[0]} to ${inFolder(folder, "go.sum")}` };
  const files = ["go.mod", ...(sums === undefined ? [] : ["go.sum"]), ...replaced];
  const link = linkAmong(
    context,
    files.map((file) => inFolder(folder, file)),
  );
  return link === undefined ? { files, writes: [] } : { blocked: link };
}

function workspace(context: BuildContext, folder: string, { env }: Surroundings): Blocker {
  if (env.get("GOWORK") === "off") return undefined;
  if (env.has("GOWORK")) return "GOWORK names a workspace file";
  const found = [folder, ...foldersAbove(folder)].map((above) => inFolder(above, "go.work")).find(context.has);
  return found && `${found} makes the download read all modules of the workspace`;
}

/** Go 1.16 and older write the sums of all they download. */
function oldGo(base: string | undefined): Blocker {
  const minor = /(?:^|\/)golang:1\.(\d+)/.exec(base ?? "")?.[1];
  return minor !== undefined && Number(minor) < 17 ? `go mod download of ${base} may write go.sum` : undefined;
}

/** Flags and paths that send the command elsewhere. */
function environment({ env }: Surroundings): Blocker {
  const flags = env.has("GOFLAGS") ? (env.get("GOFLAGS") ?? "?") : "";
  if (!/^(\s|-mod=(mod|vendor|readonly)|-buildvcs=\w+|-trimpath|-x|-v|-tags=\S+|-p=\d+)*$/.test(flags))
    return `GOFLAGS is ${flags}`;
  const moved = ["GOENV", "GO111MODULE"].find(
    (name) => env.has(name) && !/^(on|auto|off)?$/.test(env.get(name) ?? "?"),
  );
  return moved && `${moved} is set`;
}

type Module = readonly [path: string, version: string];

/** Lines of a block or of a single directive, comments cut off. */
function directives(text: string, name: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/\/\/.*/, "").trim());
  const found: string[] = [];
  let inside = false;
  for (const line of lines) {
    if (inside && line === ")") inside = false;
    else if (inside && line !== "") found.push(line);
    else if (line === `${name} (` || line === `${name}(`) inside = true;
    else if (line.startsWith(`${name} `)) found.push(line.slice(name.length + 1).trim());
  }
  return found;
}

function requirementsOf(text: string): Module[] {
  return directives(text, "require").flatMap((line): Module[] => {
    const [path, version] = line.split(/\s+/);
    return path && version ? [[unquote(path), version]] : [];
  });
}

/** Relative folders on the right of `replace a => ./b`; also absolute ones. */
function localReplacements(text: string): string[] {
  return directives(text, "replace")
    .map((line) => unquote(line.split("=>")[1]?.trim().split(/\s+/)[0] ?? ""))
    .filter((target) => /^\.{0,2}\//.test(target))
    .map((target) => target.replace(/^\.\//, "").replace(/\/+$/, ""));
}

/** Whether `go.sum` knows the module; one that is replaced needs no sum of its own. */
function hasSum(sums: string, [path, version]: Module, text: string): boolean {
  const isReplaced = directives(text, "replace").some((line) => unquote(line.split(/\s+/)[0] ?? "") === path);
  return isReplaced || `\n${sums}`.includes(`\n${path} ${version}/go.mod h1:`);
}

function unquote(word: string): string {
  return word.replace(/^["`]|["`]$/g, "");
}
