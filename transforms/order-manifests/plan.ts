/** What would move where, and whether the install would notice. */
import { posix } from "node:path";
import {
  type Brought,
  type BuildContext,
  type ContextCopy,
  commandText,
  Decline,
  type Dockerfile,
  type Facts,
  installInputsOf,
  isWithin,
  mountsOf,
  type ProjectCall,
  projectOf,
  quoted,
  sliceOf,
  writesFile,
} from "../../src/transform/index.ts";
import { checkBefore, checkBetween, checkCommands } from "./between.ts";

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
  readonly manifests: readonly Manifests[];
  /** Whether the moved COPYs bring the folder at `path`, below where they write. */
  brings(path: string): boolean;
  /** Whether the manifests bring the folder at `path`. */
  makes(path: string): boolean;
  /** Whether the file at `path` is one of the manifests. */
  keeps(path: string): boolean;
  /** Whether the moved COPYs bring no file to `path`, nor to any place above or below. */
  lacks(path: string): boolean;
}

/** Undefined where the install has nothing to do with a COPY of sources before it. Throws a `Decline` where it has, but must stay. */
export function moveFor(install: ProjectCall, facts: Facts): Move | undefined {
  const { dockerfile, context } = facts;
  const { step, folder } = install;
  const { stage } = step;
  const project = projectOf(install, facts);
  if (!project) return undefined;
  if ("unknown" in project)
    throw project.unknown === "no-context"
      ? new Decline(
          "no-context",
          "what the install reads is not known without a build context; give one with --context",
        )
      : new Decline("unknown-folder", `it is not known in which folder ${saidInstall(install)} runs`);
  if (!context || folder === undefined) return undefined;
  const { brought, surroundings } = project;
  const { base } = surroundings;
  checkBase(base);
  const inputs = installInputsOf(install.invocation, project.view, project.folder, surroundings);
  if ("blocked" in inputs) {
    // Where single files are copied there is nothing to move.
    if (!brought.some(({ bringsFolder }) => bringsFolder)) return undefined;
    throw new Decline("reads-more", `${inputs.blocked}`);
  }

  const needed = inputs.files.map((path) => posix.join(folder, path));
  const manifests = brought.flatMap((each): Manifests[] => {
    const files = needed.filter((path) => providerOf(path, brought) === each);
    const rest = [...each.places.keys()].some((path) => !needed.includes(path));
    if (!each.bringsFolder || files.length === 0 || !rest) return [];
    return [{ copy: each.copy, files: new Map(files.map((path) => [path, each.places.get(path) ?? ""])) }];
  });
  if (manifests.length === 0) return undefined;
  const [source] = inputs.standIns ?? [];
  if (source !== undefined)
    throw new Decline("reads-more", `${saidInstall(install)} asks for ${source}, which changes with every edit`);

  const made = new Set(manifests.flatMap(({ files }) => [...files.keys()].flatMap(foldersOf)));
  const moved = manifests.map(({ copy }) => copy);
  const folders = new Set(
    brought.flatMap(({ copy, places }) => (moved.includes(copy) ? [...places.keys()].flatMap(foldersOf) : [])),
  );
  const allFolders = new Set(folders);
  for (const { destination } of moved) for (const above of foldersOf(`${destination?.path}/.`)) folders.delete(above);
  const move: Move = {
    dockerfile,
    context,
    install,
    base,
    isFinal: stage === facts.stages.at(-1),
    moved,
    manifests,
    brings: (path) => folders.has(path),
    makes: (path) => made.has(path),
    keeps: (path) => needed.includes(path),
    lacks: (path) =>
      !allFolders.has(path) &&
      !brought.some(
        ({ copy, places }) => moved.includes(copy) && [path, ...foldersOf(path)].some((at) => places.has(at)),
      ),
  };
  checkOverwriting(inputs.writes, folder, brought, move);
  for (const { copy } of manifests) checkCopy(copy, move);
  checkInstall(move);
  const first = manifests[0]?.copy.step.index ?? 0;
  for (const earlier of stage.steps.slice(0, first)) checkBefore(earlier, move);
  for (const between of stage.steps.slice(first + 1, step.index))
    if (!move.moved.some((copy) => copy.step === between)) checkBetween(between, move);
  return move;
}

function providerOf(path: string, brought: readonly Brought[]): Brought | undefined {
  return brought.findLast(({ places }) => places.has(path));
}

function foldersOf(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === "/" ? ["/"] : [folder, ...foldersOf(folder)];
}

function checkBase(base: string | undefined): void {
  if (base !== undefined && /[:-]onbuild\b/.test(base))
    throw new Decline("onbuild-base", `the ONBUILD triggers of ${base} copy the sources before the install`);
}

function checkOverwriting(writes: readonly string[], folder: string, brought: readonly Brought[], move: Move): void {
  for (const written of writes) {
    const target = posix.join(folder, written);
    const source = brought
      .filter(({ copy }) => move.moved.includes(copy))
      .flatMap(({ places }) => [...places].find(([path]) => isWithin(path, target)) ?? [])[1];
    if (source !== undefined)
      throw new Decline(
        "overwrites",
        `the build context holds ${source}, which COPY would put over the installed ${written}; keep it out with .dockerignore`,
      );
  }
}

/** Flags that mean the same for a part of the files. */
const FLAGS = ["chown", "chmod", "link"];

function checkCopy({ step, sources, destination }: ContextCopy, move: Move): void {
  const { instruction } = step;
  const flag = instruction.flags.find(({ name }) => !FLAGS.includes(name));
  if (flag) throw new Decline("copy-flag", `${quoted(move.dockerfile, instruction.span)} has --${flag.name}`);
  if (instruction.flags.some(({ name, value }) => name === "link" && value !== undefined && value !== "true"))
    throw new Decline("copy-flag", `${quoted(move.dockerfile, instruction.span)} has a --link that is not plain`);
  if (sources === undefined || destination === undefined || destination.path === "/")
    throw new Decline("copy-to-root", `${quoted(move.dockerfile, instruction.span)} writes into all of the image`);
  const names = [...sliceOf(move.dockerfile.source, instruction.span).matchAll(/\$\{?(\w+)/g)].map(
    (match) => match[1] ?? "",
  );
  const now = move.install.step.before.env;
  const changed = names.find(
    (name) => step.before.env.get(name) !== now.get(name) || step.before.env.has(name) !== now.has(name),
  );
  if (changed !== undefined)
    throw new Decline(
      "variable-between",
      `${changed}, which ${quoted(move.dockerfile, instruction.span)} uses, changes before the install`,
    );
}

/** The RUN of the install: its mounts, its redirections, and what it does before. */
function checkInstall(move: Move): void {
  const { step, chain, at, invocation } = move.install;
  const roots = move.moved.map((copy) => copy.destination?.path ?? "/");
  for (const mount of mountsOf(step.instruction)) {
    const target = mount.target?.value ?? "/";
    if (
      !["cache", "secret", "ssh"].includes(mount.type) ||
      roots.some((root) => isWithin(posix.resolve(step.before.cwd ?? "/", target), root))
    )
      throw new Decline("mount", `${saidInstall(move.install)} runs with a ${mount.type} mount at ${target}`);
  }
  if (writesFile(invocation.command))
    throw new Decline("redirection", `${saidInstall(move.install)} writes its output into a file`);
  if (!chain) {
    throw new Decline(
      "not-a-chain",
      `${quoted(move.dockerfile, step.instruction.span)} is more than commands joined by &&, so its install can't be told apart`,
    );
  }
  checkCommands(chain.slice(0, at), step, step.before.cwd, move);
}

export function saidInstall({ invocation, step }: ProjectCall): string {
  return `\`${commandText(invocation.command, step)}\``;
}
