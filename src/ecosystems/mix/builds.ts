/** What `mix release` makes, and what of an Elixir project its container needs. */
import { posix } from "node:path";
import { type BuildContext, isUnder, within } from "../../context/index.ts";
import { argumentsOf } from "../call.ts";
import { compiledApp, madeByAll, pathsOf } from "../compiled-app.ts";
import { placeIn } from "../moved.ts";
import type { BuildWork, BuiltApp, Call, Outputs, Surroundings } from "../types.ts";
import { withoutComments } from "./scripts.ts";

/** Tasks that leave nothing but what a release takes in. */
const TAKEN_IN = [
  "compile",
  "deps.get",
  "deps.compile",
  "deps.update",
  "assets.deploy",
  "assets.build",
  "assets.setup",
  "phx.digest",
  "clean",
  "deps.clean",
  "test",
];

/** A release is a folder of its own, with Erlang in it (Mix.Tasks.Release). */
export function mixOutputs(tasks: readonly Call[], project: BuildContext, { env }: Surroundings): Outputs {
  const outputs: string[] = [];
  for (const { args, env: own } of tasks) {
    const [task] = args;
    if (task !== "release") {
      if (!TAKEN_IN.includes(task ?? "") && !/^(local\.|archive\.)/.test(task ?? ""))
        return { unknown: `\`mix ${task ?? ""}\` may write anything` };
      continue;
    }
    const all = new Map([...env, ...own]);
    const made = releaseOf(args, project, all.has("MIX_ENV") ? all.get("MIX_ENV") : "dev");
    if (typeof made !== "string") return made;
    outputs.push(made);
  }
  return { outputs };
}

function releaseOf(
  args: Call["args"],
  project: BuildContext,
  environment: string | undefined,
): string | { readonly unknown: string } {
  const { options, positional } = argumentsOf(args, ["--path", "--version"]);
  if (environment === undefined) return { unknown: "the value of MIX_ENV is not known" };
  if (options.has("--path")) {
    const path = options.get("--path");
    const place = path?.startsWith("/") ? posix.normalize(path) : within("", path ?? "..");
    return place?.replace(/\/$/, "") ?? { unknown: "`mix release --path` writes elsewhere" };
  }
  const text = withoutComments(project.read("mix.exs") ?? "");
  if (/\b(build_path|apps_path):|\bpath:\s*[^"\s]*\bSystem\b/.test(text))
    return { unknown: "mix.exs says where releases go" };
  const app = /\bapp:\s*:(\w+)/.exec(text)?.[1];
  const releases = /\breleases:\s*\[([\s\S]*)/.exec(text)?.[1];
  if (/\breleases:\s*[^[\s]/.test(text) || (releases !== undefined && /\bpath:/.test(releases)))
    return { unknown: "mix.exs computes its releases" };
  const name =
    positional.length > 2
      ? undefined
      : (positional[1] ?? (releases === undefined ? app : /^\s*(\w+):/.exec(releases)?.[1]));
  return name === undefined
    ? { unknown: "the name of the release is not known" }
    : posix.join("_build", environment, "rel", name);
}

/** `outputsOf` is that of the ecosystem. */
export function builtMixApp(outputsOf: (call: Call, project: BuildContext, surroundings: Surroundings) => Outputs) {
  return (work: BuildWork): BuiltApp => {
    const { project } = work;
    const outputs = madeByAll(work, "mix", ({ invocation, surroundings }) =>
      pathsOf(outputsOf(invocation.call, project, surroundings)),
    );
    return compiledApp(work, {
      outputs: [...new Set(outputs.map((path) => placeIn(work.folder, path)))].map((path) => ({
        path,
        isFolder: true,
      })),
      isSource: (path) => SOURCE.test(path) || TAKEN.some((folder) => isUnder(path, folder)),
      speech: (text) => (withoutComments(text).match(/"(?:[^"\\\n]|\\.)*"/g) ?? []).join(" "),
      toolchain: ["mix", "iex", "elixir", "elixirc"],
      left: ["dependencies", "the other builds"],
    });
  };
}

const SOURCE =
  /\.(exs?|erl|hrl|yrl|xrl|app\.src|[hl]?eex|lock)$|(^|\/)(\.formatter\.exs|\.credo\.exs|\.tool-versions)$/;

/** Folders that a release holds a copy of, and those of its sources. */
const TAKEN = ["assets", "config", "lib", "priv", "rel", "deps", "_build"];
