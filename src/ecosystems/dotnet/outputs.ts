/** Where `dotnet publish` and `dotnet build` put what they make. */
import { posix } from "node:path";
import { type BuildContext, folderOf, within } from "../../context/index.ts";
import { inFolder } from "../blocked.ts";
import { Blocked } from "../blocking.ts";
import type { Call, Outputs, Surroundings } from "../types.ts";
import { type Evaluated, evaluate } from "./evaluation.ts";
import { checkResponses } from "./responses.ts";
import { builtIn, entryPoints, isSolution } from "./solution.ts";
import { type Words, wordsOf } from "./words.ts";

/** Actions that make nothing but what the next build reads. */
const MAKES_NOTHING = ["restore", "msbuild restore", "tool restore", "clean", "test"];

/** Properties that send outputs elsewhere. */
const LEADING =
  /^(PublishDir|PublishUrl|PublishProfile|OutDir|OutputPath|BaseOutputPath|ArtifactsPath|UseArtifactsOutput|AppendTargetFrameworkToOutputPath|AppendRuntimeIdentifierToOutputPath)$/i;

/** Those that a project may have, and `TargetFrameworks`, which makes a folder for each. */
const MOVING = [
  "OutputPath",
  "BaseOutputPath",
  "OutDir",
  "PublishDir",
  "UseArtifactsOutput",
  "ArtifactsPath",
  "TargetFrameworks",
];

/** Folders, relative to the project or absolute. */
export function dotnetOutputs(action: string, call: Call, project: BuildContext, surroundings: Surroundings): Outputs {
  if (MAKES_NOTHING.includes(action)) return { outputs: [] };
  if (call.tool !== "dotnet" || (action !== "publish" && action !== "build"))
    return { unknown: `\`${call.tool} ${action}\` may write anything` };
  try {
    const words = wordsOf(call.args.slice(1), action);
    const leading = [...words.properties.keys()].find((name) => LEADING.test(name));
    if (leading !== undefined) throw new Blocked(`the property ${leading} sends the outputs elsewhere`);
    if (words.options.has("artifacts-path")) throw new Blocked("--artifacts-path sends the outputs elsewhere");
    checkResponses(project, project.files());
    const named = words.options.get("output");
    const projects = () => projectsBuilt(action, words, project, surroundings);
    if (action === "build") for (const each of projects()) checkPackages(each, words);
    if (named === undefined) return { outputs: projects().map((each) => outputOf(each, action, words, surroundings)) };
    const path = named.startsWith("/")
      ? posix.normalize(named)
      : within(startOfOutput(words, project, surroundings), named);
    if (path === undefined || path === "")
      throw new Blocked(`dotnet ${action} writes to ${named}, which is not below the project folder`);
    return { outputs: [path.replace(/\/$/, "")] };
  } catch (error) {
    if (error instanceof Blocked) return { unknown: error.message };
    throw error;
  }
}

interface Project {
  /** In the context. */
  readonly path: string;
  readonly evaluated: Evaluated;
}

/** The project, or each that the solution builds. Throws `Blocked`. */
function projectsBuilt(action: string, words: Words, context: BuildContext, surroundings: Surroundings): Project[] {
  const start = startOf(words, context, surroundings);
  const solutionFolder = isSolution(start) ? folderOf(start) : undefined;
  const given = { globals: words.properties, env: surroundings.env, solutionFolder };
  const evaluated = (path: string) => ({ path, evaluated: evaluate(context, path, given) });
  if (solutionFolder === undefined) return [evaluated(start)];
  const configuration = configurationOf(words) ?? (action === "build" || sdkOf(surroundings) < 8 ? "Debug" : undefined);
  if (configuration === undefined) throw new Blocked(CHOSEN);
  return builtIn(context, start, configuration).map(evaluated);
}

/** A solution comes before a project of its name, and two of different names are too many for MSBuild. */
function startOf({ target = "." }: Words, context: BuildContext, { folder = "" }: Surroundings): string {
  const path = within(folder, target);
  if (path === undefined) throw new Blocked(`${target} lies outside of the project`);
  return entryPoints(context, path === "." ? "" : path)[0] ?? "";
}

/** Relative outputs lie where the command runs; up to SDK 2, where the project lies. */
function startOfOutput(words: Words, context: BuildContext, surroundings: Surroundings): string {
  return sdkOf(surroundings) < 3 ? folderOf(startOf(words, context, surroundings)) : (surroundings.folder ?? "");
}

/** Up to .NET Core 2, and where the project says so, what is built (and not published) takes packages from where they were restored to. */
function checkPackages({ path, evaluated }: Project, { options }: Words): void {
  const framework = options.get("framework") ?? onlyValue(evaluated, path, "TargetFramework") ?? "";
  const copies = onlyValue(evaluated, path, "CopyLocalLockFileAssemblies")?.toLowerCase();
  if (copies === "false" || (/^netcoreapp[12]/.test(framework) && copies !== "true"))
    throw new Blocked(`what \`dotnet build\` makes of ${path} reads packages where they were restored to`);
}

function configurationOf({ options, properties }: Words): string | undefined {
  return options.get("configuration") ?? properties.get("Configuration");
}

/** `bin/Release/net8.0/publish`, with the runtime before the last name where one is given. Throws `Blocked`. */
function outputOf({ path, evaluated }: Project, action: string, words: Words, surroundings: Surroundings): string {
  const only = (name: string) => onlyValue(evaluated, path, name);
  const named = configurationOf(words) ?? (action === "build" ? "Debug" : undefined);
  const deciding = named === undefined ? [...MOVING, "PublishRelease"] : MOVING;
  const set = deciding.find((name) => only(name) !== undefined);
  if (set !== undefined) throw new Blocked(`${path} sets ${set}`);
  const framework = words.options.get("framework") ?? only("TargetFramework");
  if (framework === undefined || !/^net(coreapp|standard)?\d+\.\d+$/.test(framework))
    throw new Blocked(`the framework of ${path} is not known`);
  const runtime = words.options.get("runtime") ?? only("RuntimeIdentifier");
  const chosen = ["arch", "os", "use-current-runtime"].find((name) => words.options.has(name));
  if (chosen !== undefined) throw new Blocked(`--${chosen} chooses the output folder by the machine that builds`);
  const below = [
    "bin",
    named ?? publishedAs(framework, surroundings),
    framework,
    runtime,
    action === "publish" ? "publish" : undefined,
  ];
  return inFolder(folderOf(path), below.filter((name) => name !== undefined).join("/"));
}

/** `dotnet publish` chooses Release by itself since SDK 8, for what is made for .NET 8 and later. */
function publishedAs(framework: string, surroundings: Surroundings): string {
  const sdk = sdkOf(surroundings);
  if (Number.isNaN(sdk) || surroundings.env.has("DOTNET_CLI_DISABLE_PUBLISH_AND_PACK_RELEASE"))
    throw new Blocked(CHOSEN);
  return sdk >= 8 && Number(/^net(\d+)/.exec(framework)?.[1]) >= 8 ? "Release" : "Debug";
}

const CHOSEN = "`dotnet publish` without -c chooses the configuration by the version of .NET";

/** The major version of the SDK; NaN where it is not known. */
function sdkOf({ base }: Surroundings): number {
  const tag = /\b(?:dotnet\/(?:core\/|nightly\/)?sdk|microsoft\/(?:dotnet|aspnetcore-build)):(\d+)/;
  return Number(tag.exec(base ?? "")?.[1]);
}

/** What the project sets a property to; undefined where it does not. Throws `Blocked` where that is not known. */
function onlyValue(evaluated: Evaluated, path: string, name: string): string | undefined {
  const values = evaluated.property(name);
  if (values?.length === 0 || (values?.length === 1 && values[0] === "")) return undefined;
  if (values?.length !== 1) throw new Blocked(`${path} computes ${name}`);
  return values[0];
}
