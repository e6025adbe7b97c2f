/** `go mod download` ahead of commands that download what they need. */
import type { BuildContext } from "../../context/types.ts";
import { foldersAbove, inFolder } from "../blocked.ts";
import type { Arguments } from "../call.ts";
import type { Call, Fetch, Surroundings } from "../types.ts";
import { type GoProject, goProject, hasDownloads } from "./download.ts";
import { downloadedModules, type GoModule, hasSum, isSinceGo } from "./files.ts";
import { optionsOf } from "./options.ts";

/** Undefined where nothing is downloaded: no module, modules in `vendor`, or no requirements. */
export function fetchFor(
  action: string,
  call: Call,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): Fetch | undefined {
  const env = new Map([...surroundings.env, ...call.env]);
  const args = optionsOf(call);
  const isOf = (value: string, name: string) =>
    env
      .get(name)
      ?.split(/[\s,|]+/)
      .includes(value);
  if (isOf("off", "GOPROXY")) return undefined;
  if (isOf("off", "GO111MODULE"))
    return action === "get" ? { blocked: "GO111MODULE is off: go get downloads what the sources import" } : undefined;
  if (!context.has(inFolder(folder, "go.mod")) && !context.has(inFolder(folder, "go.work"))) {
    const above = foldersAbove(folder).find((each) => context.has(inFolder(each, "go.mod")));
    if (above !== undefined) return { blocked: `${inFolder(above, "go.mod")} lies above the folder where go runs` };
    return action === "get" ? { blocked: "without go.mod, go get downloads what the sources import" } : undefined;
  }
  const project = goProject(context, folder, { ...surroundings, env });
  if ("blocked" in project) return project;
  const mode = args.options.get("-mod") ?? /(?:^|\s)--?mod=(\w+)/.exec(env.get("GOFLAGS") ?? "")?.[1];
  if (mode === "vendor" || (mode !== "mod" && isVendored(project, context)) || !hasDownloads(project)) return undefined;
  const blocked =
    unfitOption(action, args) ?? incompleteSums(project) ?? unneeded(action, project, context, folder, env);
  return blocked === undefined ? commandFor(args) : { blocked };
}

/** A `vendor` folder is used since Go 1.14 where the `go` line says so (cmd/go/internal/modload/init.go, setDefaultBuildMod). */
function isVendored({ work, modules }: GoProject, context: BuildContext): boolean {
  const { path, file } = work ?? modules[0]!;
  return isSinceGo(file, 14) && context.isFolder(path.replace(/go\.(mod|work)$/, "vendor"));
}

function unfitOption(action: string, { options, positional }: Arguments): string | undefined {
  const elsewhere = ["-modfile", "-overlay"].find((name) => options.has(name));
  if (elsewhere !== undefined) return `${elsewhere} names another file`;
  if (action !== "get") return undefined;
  const option = [...options.keys()].find((name) => !/^-([dvtx]|C|tags|ldflags)$/.test(name));
  if (option !== undefined) return `go get ${option} may choose other versions`;
  const named = positional.slice(1).find((word) => word === undefined || !/^\.\.?(\/|$)/.test(word));
  return positional.length > 1 && !positional.slice(1).every((word) => /^\.\.?(\/|$)/.test(word ?? ""))
    ? `go get ${named ?? ""} adds to go.mod`
    : undefined;
}

/**
 * Since Go 1.17 a `go.mod` names every module that its packages need, and those alone are downloaded. With a sum for each, all that is
 * downloaded was downloaded before; without one a checksum database is asked, which knows no private module.
 */
function incompleteSums({ work, modules, sums }: GoProject): string | undefined {
  for (const { path, file } of modules) {
    if (!isSinceGo(file, 17)) continue;
    const missing = downloadedModules(file, work ? [work.file] : []).find(
      (module) => !hasSum(sums, module, "go.mod") || !hasSum(sums, module, "content"),
    );
    if (missing) return `${path.replace(/mod$/, "sum")} has no checksum of ${missing.path}`;
  }
  return sums === "" ? `the build context has no ${modules[0]!.path.replace(/mod$/, "sum")}` : undefined;
}

const PRIVATE = ["GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE"];

/**
 * A private module that the build does not need, but the download asks for: nobody knows whether it can be reached. A `go.mod` of Go 1.16,
 * and a workspace, download all that their modules require.
 */
function unneeded(
  action: string,
  { work, modules }: GoProject,
  context: BuildContext,
  folder: string,
  env: Surroundings["env"],
): string | undefined {
  const variable = PRIVATE.find((name) => env.has(name) && env.get(name) !== "");
  if (variable === undefined) return undefined;
  if (work || !isSinceGo(modules[0]!.file, 17))
    return `go mod download asks for modules that the build does not need, and some are private by ${variable}`;
  const isPrivate = ({ path }: GoModule) => PRIVATE.some((name) => env.has(name) && isCovered(path, env.get(name)));
  const direct = downloadedModules(modules[0]!.file).filter((module) => !module.indirect && isPrivate(module));
  if (direct.length === 0) return undefined;
  const withTests = /^(test|vet|get|mod tidy|mod vendor)$/.test(action);
  const sources = context
    .files()
    .filter((path) => path.startsWith(folder === "" ? "" : `${folder}/`) && path.endsWith(".go"))
    .filter((path) => withTests || !path.endsWith("_test.go"))
    .map((path) => context.read(path) ?? "");
  const unused = direct.find(
    ({ path }) => !sources.some((text) => text.includes(`"${path}"`) || text.includes(`"${path}/`)),
  );
  return unused && `${unused.path} is private, and no source but tests imports it`;
}

/** `*.example.com,words.example/private`: globs of the first elements of a module's path; undefined covers all. */
function isCovered(path: string, patterns: string | undefined): boolean {
  return (patterns ?? "*").split(",").some((pattern) => {
    const elements = pattern.split("/");
    const start = path.split("/").slice(0, elements.length);
    const isLike = (element: string, index: number) =>
      new RegExp(
        `^${element
          .replace(/[.+^$()|{}\\]/g, "\\$&")
          .replace(/\*/g, ".*")
          .replace(/\?/g, ".")}$`,
      ).test(start[index] ?? "\0");
    return pattern !== "" && elements.every(isLike);
  });
}

function commandFor({ options }: Arguments): Fetch {
  return { command: `go mod download${options.has("-modcacherw") ? " -modcacherw" : ""}` };
}
