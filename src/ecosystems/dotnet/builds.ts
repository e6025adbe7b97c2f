/** What of a .NET project its container needs. */
import { posix } from "node:path";
import { isUnder } from "../../context/index.ts";
import { compiledApp, madeByAll, pathsOf } from "../compiled-app.ts";
import { Decline } from "../decline.ts";
import { type Made, moved, placeIn } from "../moved.ts";
import { isInProject } from "../places.ts";
import { startedIn } from "../started.ts";
import type { BuildWork, BuiltApp } from "../types.ts";
import { dotnetOutputs } from "./outputs.ts";
import { readByBuild } from "./sources.ts";

/** Throws a `Decline`. */
export function builtDotnetApp(work: BuildWork): BuiltApp {
  checkPackagesFolder(work);
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
      isInProject(place, work.folder) &&
      !work.finished.has(posix.relative(work.folder, place))
    )
      throw new Decline("start-unknown", `the container runs ${assembly}, which lies in no known output`);
  }
  for (const word of started.words) if (word.includes("/") || work.startsIn !== work.folder) take(word);
  if (needed.size === 0) throw new Decline("start-unknown", "the container names nothing that the build makes");
  // What is put outside of the project may be looked for there by others.
  const crossing = all.filter((one) => needed.has(one) || one.path.startsWith("/"));
  const places = crossing.map(({ path }) => posix.resolve(work.folder, path));
  return compiledApp(
    { ...work, moves: [] },
    {
      outputs: crossing.map(({ path, isFolder }) => ({ path: placeIn(work.folder, path), isFolder })),
      ...readByBuild(work, places, started.words),
      toolchain: TOOLCHAIN,
      left: ["restored packages"],
    },
  );
}

const TOOLCHAIN = ["msbuild", "nuget", "csc", "dotnet-ef", "dotnet-watch"];

/** Only where people have no other use for the folder is it known that restored packages are all that is in it. */
function checkPackagesFolder({ commands }: BuildWork): void {
  for (const { surroundings } of commands) {
    if (!surroundings.env.has("NUGET_PACKAGES")) continue;
    const folder = surroundings.env.get("NUGET_PACKAGES");
    if (folder === undefined || !/^(\/root|\/home\/[^/]+)\/\.nuget(\/|$)/.test(folder))
      throw new Decline(
        "outputs-unknown",
        `packages are restored to ${folder ?? "$NUGET_PACKAGES"}, which others may use`,
      );
  }
}
