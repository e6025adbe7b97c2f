/** What `dotnet publish` and `dotnet build` make, and what of a .NET project its container needs. */
import { posix } from "node:path";
import { type BuildContext, isUnder, within } from "../../context/index.ts";
import { inFolder } from "../blocked.ts";
import { Blocked } from "../blocking.ts";
import { compiledApp, madeByAll, pathsOf } from "../compiled-app.ts";
import { Decline } from "../decline.ts";
import { type Made, moved, placeIn } from "../moved.ts";
import { startedIn } from "../started.ts";
import type { BuildWork, BuiltApp, Call, Outputs, Surroundings } from "../types.ts";
import { type Evaluated, evaluate } from "./evaluation.ts";
import { builtIn, entryPoints, isSolution } from "./solution.ts";
import { readByBuild } from "./sources.ts";
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
    const named = words.options.get("output");
    if (named === undefined) return { outputs: defaultOutputs(action, words, project, surroundings) };
    const path = named.startsWith("/") ? posix.normalize(named) : within("", named);
    if (path === undefined || path === "")
      throw new Blocked(`dotnet ${action} writes to ${named}, which is not below the project folder`);
    return { outputs: [path.replace(/\/$/, "")] };
  } catch (error) {
    if (error instanceof Blocked) return { unknown: error.message };
    throw error;
  }
}

/** Of the project, or of each that the solution builds. Throws `Blocked`. */
function defaultOutputs(action: string, words: Words, project: BuildContext, surroundings: Surroundings): string[] {
  const target = words.target === undefined ? "" : within("", words.target);
  if (target === undefined) throw new Blocked(`${words.target} lies outside of the project`);
  const starts = entryPoints(project, target === "." ? "" : target);
  // A solution comes before a project of its name, and two of different names are too many for MSBuild.
  const [start = ""] = starts;
  const solutionFolder = isSolution(start) ? posix.dirname(start).replace(/^\.$/, "") : undefined;
  const given = { globals: words.properties, env: surroundings.env, solutionFolder };
  if (solutionFolder === undefined)
    return [outputOf(evaluate(project, start, given), start, action, words, surroundings)];
  const configuration = configurationOf(words) ?? (action === "build" || sdkOf(surroundings) < 8 ? "Debug" : undefined);
  if (configuration === undefined) throw new Blocked(CHOSEN);
  const paths = builtIn(project, start, configuration);
  return paths.map((path) => outputOf(evaluate(project, path, given), path, action, words, surroundings));
}

function configurationOf({ options, properties }: Words): string | undefined {
  return options.get("configuration") ?? properties.get("Configuration");
}

/** `bin/Release/net8.0/publish`, with the runtime before the last name where one is given. Throws `Blocked`. */
function outputOf(
  evaluated: Evaluated,
  path: string,
  action: string,
  words: Words,
  surroundings: Surroundings,
): string {
  const only = (name: string): string | undefined => {
    const values = evaluated.property(name);
    if (values?.length === 0 || (values?.length === 1 && values[0] === "")) return undefined;
    if (values?.length !== 1) throw new Blocked(`${path} computes ${name}`);
    return values[0];
  };
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
  const folder = posix.dirname(path).replace(/^\.$/, "");
  const below = [
    "bin",
    named ?? publishedAs(framework, surroundings),
    framework,
    runtime,
    action === "publish" ? "publish" : undefined,
  ];
  return inFolder(folder, below.filter((name) => name !== undefined).join("/"));
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
  return Number(/dotnet\/(?:core\/|nightly\/)?sdk:(\d+)/.exec(base ?? "")?.[1]);
}

/** Throws a `Decline`. */
export function builtDotnetApp(work: BuildWork): BuiltApp {
  const outputs = madeByAll(work, "dotnet", ({ invocation: { action, call }, surroundings }) =>
    pathsOf(dotnetOutputs(action, call, work.project, surroundings)),
  );
  const made = [...new Set(outputs)].map((path): Made => ({ path: placeIn(work.folder, path), isFolder: true }));
  const { all, arrived } = moved(made, work);
  const started = startedIn(work);
  const needed = new Set<Made>(arrived);
  const take = (word: string) => {
    const place = posix.resolve(work.startsIn, word);
    const found = all.filter(({ path }) => isUnder(place, posix.resolve(work.folder, path)));
    for (const one of found) needed.add(one);
    return found.length > 0;
  };
  for (const { tool, words } of started.programs) {
    if (!/(^|\/)dotnet$/.test(tool)) continue;
    const assembly = words.find((word) => word === undefined || !word.startsWith("-"));
    if (assembly === undefined)
      throw new Decline("start-unknown", "the assembly that `dotnet` runs is only known to the shell");
    if (!/\.(dll|exe)$/i.test(assembly) && assembly !== "exec")
      throw new Decline(
        "runs-toolchain",
        `the container runs \`dotnet ${words.join(" ")}\`, which needs the toolchain and the sources`,
      );
    const place = posix.resolve(work.startsIn, assembly);
    if (
      assembly !== "exec" &&
      !take(assembly) &&
      isUnder(place, work.folder) &&
      !work.finished.has(posix.relative(work.folder, place))
    )
      throw new Decline("start-unknown", `the container runs ${assembly}, which lies in no known output`);
  }
  for (const word of started.words) if (word.includes("/") || work.startsIn !== work.folder) take(word);
  if (needed.size === 0) throw new Decline("start-unknown", "the container names nothing that the build makes");
  const places = [...needed].map(({ path }) => posix.resolve(work.folder, path));
  return compiledApp(
    { ...work, moves: [] },
    {
      outputs: [...needed].map(({ path, isFolder }) => ({ path: placeIn(work.folder, path), isFolder })),
      ...readByBuild(work, places, started.words),
      toolchain: TOOLCHAIN,
      left: ["restored packages"],
    },
  );
}

const TOOLCHAIN = ["msbuild", "nuget", "csc", "dotnet-ef", "dotnet-watch"];
