/** Packages of one project that are no workspace, each installed and built in a folder of its own: a server, and the pages that it serves. */
import { posix } from "node:path";
import {
  type BuildContext,
  below,
  buildOf,
  isInstall,
  isUnder,
  type Leaf,
  leavesOf,
  memberFolders,
  type Outputs,
  viewOf,
} from "../../context/index.ts";
import { BUILD_FILES } from "../build-inputs.ts";
import { Decline } from "../decline.ts";
import type { BuildWork } from "../types.ts";

export interface Part {
  /** Where it lies in the project; "" is the project's own folder. */
  readonly folder: string;
  /** As if the folder were the project. */
  readonly work: BuildWork;
  /** What its builds come down to, likewise. */
  readonly leaves: readonly Leaf[];
  /** The installs among that, where a script of another part runs them. */
  readonly installs: readonly Leaf[];
  /** Where the commands of `work` stand among those of the whole. */
  readonly places: readonly number[];
}

/** The parts of a project, its own folder first; one alone as a rule. Throws a `Decline` for commands that can't be followed. */
export function partsOf(work: BuildWork): readonly Part[] {
  const { project, commands } = work;
  const members = memberFolders(project) ?? [];
  const found = new Map<string, { places: Set<number>; leaves: Leaf[]; installs: Leaf[] }>();
  const partAt = (folder: string) => {
    const part = found.get(folder) ?? { places: new Set(), leaves: [], installs: [] };
    found.set(folder, part);
    return part;
  };
  for (const [place, { invocation, surroundings }] of commands.entries()) {
    const { call, purpose } = invocation;
    const leaves = leavesOf([call.tool, ...call.args], project, surroundings.folder);
    if ("unknown" in leaves) throw new Decline("outputs-unknown", leaves.unknown);
    for (const { folder = "", ...leaf } of leaves) {
      const isMember = members.some((member) => isUnder(folder, member));
      const part = partAt(isMember ? "" : folder);
      part.places.add(place);
      if (purpose !== "build") continue;
      if (folder !== "" && !isMember && isInstall(leaf)) part.installs.push(leaf);
      else part.leaves.push(isMember ? { ...leaf, folder } : leaf);
    }
  }
  const folders = [...found.keys()].sort();
  return folders.map((folder) => {
    const { places, ...part } = found.get(folder)!;
    return { folder, ...part, places: [...places], work: workIn(folder, [...places], folders, work) };
  });
}

/** The work of one part, which finds no other part in its folder. */
function workIn(folder: string, places: readonly number[], folders: readonly string[], work: BuildWork): BuildWork {
  const own = folder === "" ? work.project : below(work.project, folder);
  const others = folders.filter((other) => other !== folder && isUnder(other, folder));
  const inside = others.map((other) => posix.relative(folder, other));
  const isOwn = (path: string) => !inside.some((other) => isUnder(path, other));
  const paths = [...own.files(), ...own.emptyFolders()].filter(isOwn);
  return {
    ...work,
    project: inside.length === 0 ? own : viewOf(own, new Map(paths.map((path) => [path, path]))),
    finished: folder === "" ? work.finished : below(work.finished, folder),
    folder: posix.join(work.folder, folder),
    commands: places.map((place) => {
      const { surroundings, ...command } = work.commands[place]!;
      return { ...command, surroundings: { ...surroundings, folder: "" } };
    }),
  };
}

/** What the builds of a part make. Throws a `Decline` where that is not known. */
export function madeBy({ leaves, work: { project } }: Part): Outputs {
  const build = buildOf(leaves, project);
  if ("unknown" in build) throw new Decline("outputs-unknown", build.unknown);
  return build;
}

/** Files of the app in none of the folders of `parts`, but those that tools alone read. */
export function filesAround(parts: readonly Part[], project: BuildContext): readonly string[] {
  const folders = parts.map(({ folder }) => folder).filter((folder) => folder !== "");
  const isAround = (path: string) => !folders.some((folder) => isUnder(path, folder));
  return project.files().filter((path) => isAround(path) && !BUILD_FILES.test(posix.basename(path)));
}
