/** What would move where, and whether the install would notice. */
import { posix } from "node:path";
import {
  type BuildContext,
  Decline,
  type Dockerfile,
  type Facts,
  installInputsOf,
  mountsOf,
  type Stage,
  type Step,
  sliceOf,
  viewOf,
} from "../../src/transform/index.ts";
import { checkBefore, checkBetween, checkCommands, said, textOf, writesFile } from "./between.ts";
import { type Brought, broughtBy, type ContextCopy, contextCopiesOf, isWithin, looksBroad } from "./copies.ts";
import type { Install } from "./installs.ts";

/** Files of one moved COPY that must stay before the install: path in the image to path in the context. */
export interface Manifests {
  readonly copy: ContextCopy;
  readonly files: ReadonlyMap<string, string>;
}

export interface Move {
  readonly dockerfile: Dockerfile;
  readonly context: BuildContext;
  readonly install: Install;
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
export function moveFor(install: Install, facts: Facts): Move | undefined {
  const { dockerfile, context } = facts;
  const { step, folder } = install;
  const { stage } = step;
  const copies = contextCopiesOf(dockerfile, stage.steps.slice(0, step.index));
  if (folder === undefined) {
    if (copies.some((copy) => looksBroad({ ...copy, destination: { text: "/", path: "/" } }, "/")))
      throw new Decline("unknown-folder", `it is not known in which folder ${saidInstall(install)} runs`);
    return undefined;
  }
  if (!context) {
    if (copies.some((copy) => looksBroad(copy, folder)))
      throw new Decline(
        "no-context",
        "what the install reads is not known without a build context; give one with --context",
      );
    return undefined;
  }
  const brought = broughtBy(context, copies);
  const home = brought.findLast(
    ({ copy, bringsFolder }) => bringsFolder && isWithin(folder, copy.destination?.path ?? "\0"),
  );
  if (!home?.copy.destination) return undefined;

  const root = home.copy.destination.path;
  const base = baseOf(stage, facts.stages);
  checkBase(base);
  const surroundings = { cwd: folder, env: step.before.env, base, corepack: usesCorepack(step, facts.stages) };
  const view = viewOf(context, placesBelow(root, brought));
  const inputs = installInputsOf(install.invocation, view, relative(root, folder), surroundings);
  if ("blocked" in inputs) throw new Decline("reads-more", `${inputs.blocked}`);

  const needed = inputs.files.map((path) => posix.join(folder, path));
  const manifests = brought.flatMap((each): Manifests[] => {
    const files = needed.filter((path) => providerOf(path, brought) === each);
    const rest = [...each.places.keys()].some((path) => !needed.includes(path));
    if (!each.bringsFolder || files.length === 0 || !rest) return [];
    return [{ copy: each.copy, files: new Map(files.map((path) => [path, each.places.get(path) ?? ""])) }];
  });
  if (manifests.length === 0) return undefined;

  const made = new Set(manifests.flatMap(({ files }) => [...files.keys()].flatMap(foldersOf)));
  const moved = manifests.map(({ copy }) => copy);
  const folders = new Set(
    brought.flatMap(({ copy, places }) => (moved.includes(copy) ? [...places.keys()].flatMap(foldersOf) : [])),
  );
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
      !brought.some(
        ({ copy, places }) =>
          moved.includes(copy) && [...places.keys()].some((place) => isWithin(place, path) || isWithin(path, place)),
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

/** Files below `root`, by path below it; the last COPY wins. */
function placesBelow(root: string, brought: readonly Brought[]): Map<string, string> {
  const places = new Map<string, string>();
  for (const each of brought)
    for (const [path, source] of each.places) if (isWithin(path, root)) places.set(relative(root, path), source);
  return places;
}

function relative(root: string, path: string): string {
  return posix.relative(root, path);
}

function providerOf(path: string, brought: readonly Brought[]): Brought | undefined {
  return brought.findLast(({ places }) => places.has(path));
}

function foldersOf(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === "/" ? ["/"] : [folder, ...foldersOf(folder)];
}

/** The image that the stage stands on, through other stages. */
function baseOf(stage: Stage, stages: readonly Stage[]): string | undefined {
  if (stage.base.kind === "image") return stage.base.reference;
  const parent = stage.base.kind === "stage" ? stages[stage.base.index] : undefined;
  return parent && baseOf(parent, stages);
}

/** Whether a step so far sets up Corepack. */
function usesCorepack(step: Step, stages: readonly Stage[]): boolean {
  const { stage } = step;
  const own = stage.steps.slice(0, step.index + 1).some(({ script }) => script?.source.text.includes("corepack"));
  const parent = stage.base.kind === "stage" ? stages[stage.base.index]?.steps.at(-1) : undefined;
  return own || (parent !== undefined && usesCorepack(parent, stages));
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
  if (flag) throw new Decline("copy-flag", `${said(move, instruction.span)} has --${flag.name}`);
  if (instruction.flags.some(({ name, value }) => name === "link" && value !== undefined && value !== "true"))
    throw new Decline("copy-flag", `${said(move, instruction.span)} has a --link that is not plain`);
  if (sources === undefined || destination === undefined || destination.path === "/")
    throw new Decline("copy-to-root", `${said(move, instruction.span)} writes into all of the image`);
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
      `${changed}, which ${said(move, instruction.span)} uses, changes before the install`,
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
      `${said(move, step.instruction.span)} is more than commands joined by &&, so its install can't be told apart`,
    );
  }
  checkCommands(chain.slice(0, at), step, step.before.cwd, move);
}

export function saidInstall({ invocation, step }: Install): string {
  return `\`${textOf(invocation.command, step)}\``;
}
