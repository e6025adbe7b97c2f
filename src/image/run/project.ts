import { posix } from "node:path";
import { type BuildContext, isUnder, viewOf } from "../../context/index.ts";
import {
  fetchedItself,
  type InstallInputs,
  type Invocation,
  installInputsOf,
  OUTSIDE_PROJECTS,
  outputsOf,
  prunesPackages,
  type Surroundings,
  unseenBy,
  workingFolderOf,
  worksBelow,
} from "../../ecosystems/index.ts";
import { type Digest, digest, isKnown, unknownText } from "../digest.ts";
import { entryOf } from "../entry.ts";
import { fetchedPlace } from "../fetched.ts";
import { parentOf } from "../paths.ts";
import type { RuntimeRules } from "../runtime-rules.ts";
import { ownerOf } from "./files.ts";
import type { Machine } from "./machine.ts";
import type { ShellState } from "./state.ts";

/** Where a command's working directory comes from. */
interface Project {
  /** Absolute, links followed. */
  readonly cwd: string;
  /** What of the build context is in the image, in the highest folder at or above `cwd` that holds any. */
  readonly context: BuildContext;
  /** In `context`; "" is its root. */
  readonly folder: string;
}

/** Purposes of commands that use what was downloaded, as opposed to `go version`. */
const WORKING = ["dependencies", "build"];

/** Before a command uses downloads: it would make them all the same. */
export function takeDownloadsFor(invocation: Invocation, state: ShellState, machine: Machine): void {
  const folder = placeOf(invocation, state, machine);
  if (folder !== undefined && WORKING.includes(invocation.purpose))
    machine.world.takeDownloads(invocation.ecosystem, folder);
}

/** The folder that a command works in, links followed. */
function placeOf(invocation: Invocation, state: ShellState, { world }: Machine): string | undefined {
  const folder = workingFolderOf(invocation, isKnown(state.cwd) ? state.cwd : undefined);
  return folder === undefined ? undefined : world.resolve(folder);
}

/**
 * Runs an install, and under the rules of `same-runtime` also a build, in a folder with files of the build context. An install may read
 * everything, except files of the context that are not among its inputs; it may write everything but those, and what its ecosystem
 * says. One that only downloads writes its downloads alone, which no later command of its ecosystem sees. Undefined where that is not known.
 */
export function runInProject(
  invocation: Invocation,
  surroundings: Surroundings,
  cause: Digest,
  state: ShellState,
  machine: Machine,
): number | undefined {
  const project = projectAt(invocation, state, machine);
  if (!project) return undefined;
  const { runtime } = machine;
  if (runtime && isPruning(invocation, project, machine)) return prune(project, cause, state, machine, runtime);
  switch (invocation.purpose) {
    case "dependencies":
      return (
        install(project, invocation, surroundings, cause, state, machine) ??
        (runtime && build(project, invocation, surroundings, cause, state, machine))
      );
    case "build":
      return runtime && build(project, invocation, surroundings, cause, state, machine);
    default:
      return undefined;
  }
}

function install(
  { cwd, folder, context: found }: Project,
  invocation: Invocation,
  surroundings: Surroundings,
  cause: Digest,
  state: ShellState,
  machine: Machine,
): number | undefined {
  const { world, context, runtime } = machine;
  if (!context) return undefined;
  const asked = installInputsOf(invocation, found, folder, surroundings);
  const inputs: Exclude<InstallInputs, { readonly blocked: string }> | undefined =
    "blocked" in asked ? runtime && asked.reformats : asked;
  if (!inputs) return undefined;
  const { isOwn: isContext } = context;
  const files = inputs.files.flatMap((file) => [file, world.digestOf(posix.join(cwd, file))]);
  const view = world.blindTo(unseenBy(invocation, cwd));
  const system = cwd === "/" ? OUTSIDE_PROJECTS.map((path) => view.digestOf(path)) : [];
  const rest = view.digestWithout(isContext, context.rests);
  const seen = digest("install", cause, machine.surroundings, machine.toolchain(), rest, ...files, ...system);
  const placeOf = (path: string) => fetchedPlace(path, cwd, whoRuns(state));
  if (inputs.fetched) {
    const succeeds = machine.oracle.downloads(seen);
    for (const path of inputs.fetched)
      world.coverWithDownloads(placeOf(path), digest("fetched", seen, path, Number(succeeds)), {
        ecosystem: invocation.ecosystem,
        project: cwd,
      });
    const { fetched } = inputs;
    for (const path of inputs.writes.filter((written) => !fetched.includes(written)))
      region(posix.join(cwd, path), digest("fetched", seen, path, Number(succeeds)), state, machine);
    machine.write(state, 1, unknownText("output", seen));
    return Number(!succeeds);
  }
  const succeeds = machine.oracle.succeeds(seen);
  if (!runtime) world.overwriteAllBut(isContext, context.rests, digest("installed", seen, Number(succeeds)));
  else {
    const itself = fetchedItself(invocation, surroundings);
    if (itself !== undefined) {
      const ground = digest("fetched itself", seen);
      runtime.made.add(ground);
      region(placeOf(itself), ground, state, machine);
    }
  }
  for (const path of inputs.writes) {
    const place = posix.join(cwd, path);
    const made = digest("installed", seen, path, Number(succeeds));
    if (!("blocked" in asked) || !reformat(place, made, machine)) region(place, made, state, machine);
  }
  machine.write(state, 1, unknownText("output", seen));
  return Number(!succeeds);
}

function whoRuns(state: ShellState): { readonly user: string | undefined; readonly home: string | undefined } {
  const known = (text: string | null | undefined) => (text != null && isKnown(text) ? text : undefined);
  return { user: known(state.user), home: known(state.get("HOME")) };
}

/** Writes a file of the build context in another form, of which nobody knows more. False where none lies at `path`. */
function reformat(path: string, made: Digest, { world, context, runtime }: Machine): boolean {
  const { entry } = world.root.share(path);
  const source = entry && (context?.paths.get(entry.content) ?? runtime?.reformatted.get(entry.content));
  if (entry === undefined || source === undefined) return false;
  const content = unknownText("reformatted", made);
  world.put(path, entryOf("file", entry.mode, entry.owner, content));
  runtime?.reformatted.set(content, source);
  return true;
}

/** What a build leaves, by the toolchain's own configuration. */
function build(
  { cwd, context, folder }: Project,
  invocation: Invocation,
  surroundings: Surroundings,
  cause: Digest,
  state: ShellState,
  machine: Machine,
): number | undefined {
  const isBelow = worksBelow(invocation);
  const root = isBelow && folder !== "" ? cwd.slice(0, -folder.length - 1) || "/" : cwd;
  const view = isBelow ? context : viewAt(cwd, machine);
  // What is called elsewhere is told where the project is, in full.
  const called = isBelow || isUnder(surroundings.cwd ?? cwd, cwd) ? surroundings : { ...surroundings, cwd };
  const made = view && outputsOf(invocation, view, isBelow ? { ...called, folder } : called);
  if (!made || "unknown" in made) return undefined;
  return fill(
    made.outputs.map((path) => posix.resolve(root, path)),
    cause,
    state,
    machine,
  );
}

/** Runs a command that may see everything and leaves something at the absolute `paths` alone. */
export function fill(paths: readonly string[], cause: Digest, state: ShellState, machine: Machine): number {
  const seen = digest("build", cause, machine.visible);
  const succeeds = machine.oracle.succeeds(seen);
  for (const path of paths) {
    const ground = digest("built", seen, path, Number(succeeds));
    machine.runtime?.made.add(ground);
    region(path, ground, state, machine);
  }
  machine.write(state, 1, unknownText("output", seen));
  return Number(!succeeds);
}

/** `npm prune --omit=dev`, or an install for production over a full one. */
function prune({ cwd }: Project, cause: Digest, state: ShellState, machine: Machine, runtime: RuntimeRules): number {
  const path = `${cwd}/node_modules`;
  const { ground } = machine.world.root.share(path);
  const seen = digest("prune", cause, machine.surroundings, machine.world.digestOf(path));
  const pruned = digest("pruned", ground);
  runtime.pruned.set(pruned, ground);
  region(path, pruned, state, machine);
  return Number(!machine.oracle.succeeds(seen));
}

/** An install for production over none is an install. */
function isPruning(invocation: Invocation, { cwd }: Project, { world, runtime }: Machine): boolean {
  const isThere = runtime?.owners.has(world.root.share(`${cwd}/node_modules`).ground) === true;
  return prunesPackages(invocation) && (isThere || invocation.action === "prune");
}

/** Generated files at `path`: nobody knows more of them than what they were made from. */
function region(path: string, ground: Digest, state: ShellState, machine: Machine): void {
  machine.world.ensureFolder(parentOf(path), "755", ownerOf(state));
  machine.world.cover(path, ground);
  machine.runtime?.owners.set(ground, ownerOf(state));
}

/** The highest folder at or above `cwd` in which files of the context lie that no lower one has: a project may lead to folders beside it. */
function highestWithFiles(cwd: string, { world, context }: Machine): string {
  let highest = cwd;
  const holdsMore = (folder: string) =>
    [...world.root.walk(folder)].some(
      ({ path, entry }) => entry && context?.paths.has(entry.content) && !isUnder(path, highest),
    );
  for (let at = parentOf(cwd); at !== "/"; at = parentOf(at)) if (holdsMore(at)) highest = at;
  return highest;
}

/** Undefined where the working directory holds no file of the context. */
function projectAt(invocation: Invocation, state: ShellState, machine: Machine): Project | undefined {
  const { world, context } = machine;
  const cwd = placeOf(invocation, state, machine);
  if (!context || cwd === undefined || !world.isBare(cwd)) return undefined;
  const root = highestWithFiles(cwd, machine);
  const view = viewAt(root, machine);
  const folder = posix.relative(root, cwd);
  const isIn = worksBelow(invocation) || view?.files().some((path) => isUnder(path, folder));
  return view && isIn ? { cwd, context: view, folder } : undefined;
}

/** The files of the context that lie below `cwd`, as a context of their own. */
function viewAt(cwd: string, { context, world, runtime }: Machine) {
  if (!context) return undefined;
  const places = new Map<string, string>();
  for (const { path, entry } of world.root.walk(cwd)) {
    const source = entry && (context.paths.get(entry.content) ?? runtime?.reformatted.get(entry.content));
    if (source !== undefined) places.set(posix.relative(cwd, path), source);
  }
  return viewOf(context.context, places);
}
