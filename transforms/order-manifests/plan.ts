/** What would move where, and whether the install would notice. */
import { posix } from "node:path";
import {
  type Brought,
  type BuildContext,
  type ContextCopy,
  copyView,
  Decline,
  type Dockerfile,
  type Facts,
  installInputsOf,
  isWithin,
  OUTSIDE_PROJECTS,
  type Project,
  type ProjectCall,
  projectOf,
  type Step,
  saidCall,
  tooLittleToSpare,
} from "../../src/transform/index.ts";
import { checkBefore, checkBetween } from "./between.ts";
import {
  checkBase,
  checkCopy,
  checkFolders,
  checkInstall,
  checkLeads,
  checkLinked,
  checkOverwriting,
} from "./checks.ts";

/** Files of one moved COPY that must stay before the install: path in the image to path in the context. */
export interface Manifests {
  readonly copy: ContextCopy;
  readonly files: ReadonlyMap<string, string>;
}

export interface Move {
  readonly dockerfile: Dockerfile;
  readonly context: BuildContext;
  readonly install: ProjectCall;
  readonly base: string | undefined;
  /** The stage is what a plain build yields. */
  readonly isFinal: boolean;
  readonly moved: readonly ContextCopy[];
  /** What they bring: path in the image to path in the context. */
  readonly paths: ReadonlyMap<string, string>;
  /** By all COPYs of the stage. */
  readonly brought: readonly Brought[];
  readonly manifests: readonly Manifests[];
  /** Whether the moved COPYs bring the folder at `path`, below where they write. */
  brings(path: string): boolean;
  /** Whether they bring the folder at `path`, though there may be nothing in it. */
  givesFolder(path: string): boolean;
  /** Whether the manifests bring the folder at `path`. */
  makes(path: string): boolean;
  /** Whether the moved COPYs are the first to bring `path`, or a folder above it: what comes before them would make another one. */
  opens(path: string): boolean;
  /** Whether the file at `path` is one of the manifests. */
  keeps(path: string): boolean;
  /** Whether the moved COPYs bring no file to `path`, nor to any place above or below. */
  lacks(path: string): boolean;
}

/** Undefined where the install has nothing to do with a COPY of sources before it. Throws a `Decline` where it has, but must stay. */
export function moveFor(install: ProjectCall, facts: Facts): Move | undefined {
  const { context } = facts;
  const { folder } = install;
  const project = projectOf(install, facts);
  if (!project) return undefined;
  if ("unknown" in project)
    throw project.unknown === "no-context"
      ? new Decline(
          "no-context",
          "what the install reads is not known without a build context; give one with --context",
        )
      : new Decline("unknown-folder", `it is not known in which folder ${saidCall(install)} runs`);
  if (!context || folder === undefined) return undefined;
  const { brought, surroundings } = project;
  checkBase(surroundings.base);
  const inputs = installInputsOf(install.invocation, project.view, project.folder, surroundings);
  if ("blocked" in inputs) {
    // Where single files are copied there is nothing to move.
    if (!brought.some(({ bringsFolder }) => bringsFolder)) return undefined;
    throw new Decline("reads-more", `${inputs.blocked}`);
  }

  const needed = inputs.files.map((path) => posix.join(folder, path));
  const movable = brought.filter((each) => isMovable(each, needed, project.root));
  const least = leastOf(movable, needed, brought);
  // Without a manifest there is no project: such an install is none of the sources' business.
  const isOfProject = needed.some((path) => providerOf(path, brought));
  if (least < 0 || !isOfProject || isOrdered(movable, install)) return undefined;
  const [source] = inputs.standIns ?? [];
  if (source !== undefined)
    throw new Decline("reads-more", `${saidCall(install)} asks for ${source}, which changes with every edit`);

  checkGain(install, facts);

  // All of them, or else as many of the last as can.
  let decline: Decline | undefined;
  for (let first = 0; first <= least; first++) {
    try {
      const move = moveOf(movable.slice(first), needed, install, project, facts, context);
      checkOverwriting([...inputs.writes, ...(inputs.fills ?? [])], folder, move);
      for (const copy of move.moved) checkCopy(copy, move);
      checkFolders(move, facts);
      checkInstall(move);
      checkLinked(move);
      checkSteps(move);
      checkLeads(move, facts);
      return move;
    } catch (error) {
      if (!(error instanceof Decline)) throw error;
      decline = error;
    }
  }
  throw decline;
}

/** With measured step times: of a RUN that installs and builds, all of it. */
function checkGain(install: ProjectCall, facts: Facts): void {
  const little = tooLittleToSpare(install.step, facts);
  if (little) throw new Decline("no-gain", `the step of ${saidCall(install)} ${little}`);
}

/**
 * Whether a COPY brings what the install does not read, to where the project is. An archive that ADD unpacks stays, and so does what is for
 * programs and users, where the project is at the root.
 */
function isMovable({ copy, places, bringsFolder }: Brought, needed: readonly string[], root: string): boolean {
  const { path } = copy.destination ?? { path: "/" };
  if (copy.step.instruction.keyword === "ADD" && !bringsFolder) return false;
  if (root === "/" && OUTSIDE_PROJECTS.some((folder) => isWithin(path, folder))) return false;
  return (isWithin(path, root) || isWithin(root, path)) && [...places.keys()].some((each) => !needed.includes(each));
}

/** Sources that people edit, as opposed to settings of tools that stand beside the manifests. */
const CODE = /\.([cm]?[jt]sx?|vue|py|go|rs|java|kt|scala|rb|php|cs|fs|exs?|c|cc|cpp|swift)$/;
const SETTINGS = /(\.config|rc|file)\.[cm]?[jt]s$/;

/** The last place in `movable` from which on all must move for the install to gain by it; -1 where it can't. */
function leastOf(movable: readonly Brought[], needed: readonly string[], brought: readonly Brought[]): number {
  const isMixed = (each: Brought) => each.bringsFolder && needed.some((path) => providerOf(path, brought) === each);
  const isEdited = ({ places, bringsFolder }: Brought) =>
    bringsFolder ||
    [...places].some(([path, source]) => !needed.includes(path) && CODE.test(source) && !SETTINGS.test(source));
  const mixed = movable.findIndex(isMixed);
  return mixed >= 0 ? mixed : movable.findLastIndex(isEdited);
}

/** Whether somebody has put an order into the stage: single files before the install, folders behind it. */
function isOrdered(movable: readonly Brought[], { step }: ProjectCall): boolean {
  const behind = step.stage.steps.slice(step.index + 1);
  const bringsSources = ({ instruction }: Step) =>
    copyView(instruction)?.from === undefined && /^(COPY|ADD)$/.test(instruction.keyword);
  return !movable.some(({ bringsFolder }) => bringsFolder) && behind.some(bringsSources);
}

function moveOf(
  sources: readonly Brought[],
  needed: readonly string[],
  install: ProjectCall,
  { brought, surroundings: { base } }: Project,
  { dockerfile, stages }: Facts,
  context: BuildContext,
): Move {
  const manifests = sources.map((each): Manifests => {
    const files = needed.filter((path) => providerOf(path, brought) === each && !isThere(path, each, brought));
    return { copy: each.copy, files: new Map(files.map((path) => [path, each.places.get(path) ?? ""])) };
  });
  const made = new Set(manifests.flatMap(({ files }) => [...files.keys()].flatMap(foldersOf)));
  const paths = new Map(sources.flatMap(({ places }) => [...places]));
  const allFolders = new Set([...paths.keys()].flatMap(foldersOf));
  const folders = new Set(allFolders);
  const { steps } = install.step.stage;
  const start = sources[0]?.copy.step.index ?? 0;
  const earlier = brought.filter(({ copy }) => copy.step.index < start).flatMap(({ places }) => [...places.keys()]);
  const entered = steps.slice(0, start + 1).map(({ before }) => `${before.cwd ?? ""}/.`);
  const there = new Set([...made, ...[...earlier, ...entered].flatMap(foldersOf), "/"]);
  for (const { copy } of sources) for (const above of foldersOf(`${copy.destination?.path}/.`)) folders.delete(above);
  return {
    dockerfile,
    context,
    install,
    base,
    isFinal: install.step.stage === stages.at(-1),
    moved: sources.map(({ copy }) => copy),
    paths,
    brought,
    manifests,
    brings: (path) => folders.has(path),
    givesFolder: (path) =>
      sources.some(({ copy: { sources: from, destination } }) =>
        from?.some(
          (source) =>
            destination !== undefined &&
            isWithin(path, destination.path) &&
            context.isFolder(posix.join(".", source, posix.relative(destination.path, path))),
        ),
      ),
    makes: (path) => made.has(path),
    opens: (path) => [path, ...foldersOf(path)].some((each) => allFolders.has(each) && !there.has(each)),
    keeps: (path) => needed.includes(path),
    lacks: (path) => !allFolders.has(path) && ![path, ...foldersOf(path)].some((at) => paths.has(at)),
  };
}

/** What stands before the moved COPYs, and between them and the install. */
function checkSteps(move: Move): void {
  const { step } = move.install;
  const first = move.moved[0]?.step.index ?? 0;
  for (const earlier of step.stage.steps.slice(0, first)) checkBefore(earlier, move);
  for (const between of step.stage.steps.slice(first + 1, step.index))
    if (!move.moved.some((copy) => copy.step === between)) checkBetween(between, move);
}

/** Whether a COPY before `each` has brought the same file in the same way, and nothing but installs has run since. */
function isThere(path: string, each: Brought, brought: readonly Brought[]): boolean {
  const { step } = each.copy;
  const earlier = brought.slice(0, brought.indexOf(each)).findLast(({ places }) => places.has(path));
  if (!earlier || earlier.places.get(path) !== each.places.get(path)) return false;
  const flagsOf = ({ copy }: Brought) =>
    copy.step.instruction.flags.map(({ name, value }) => `${name}=${value}`).join();
  const isInstall = ({ instruction, invocations }: Step) =>
    instruction.keyword !== "RUN" ||
    (invocations.length > 0 && invocations.every(({ purpose }) => purpose === "dependencies" || purpose === "system"));
  return (
    flagsOf(earlier) === flagsOf(each) &&
    step.stage.steps.slice(earlier.copy.step.index + 1, step.index).every(isInstall)
  );
}

function providerOf(path: string, brought: readonly Brought[]): Brought | undefined {
  return brought.findLast(({ places }) => places.has(path));
}

function foldersOf(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === "/" || folder === "." ? ["/"] : [folder, ...foldersOf(folder)];
}
