/** What the runtime stage takes from the builder stage, with the owner that it has there. */
import { posix } from "node:path";
import {
  type BuildContext,
  Decline,
  isBuildFile,
  isInProject,
  isUnder,
  isWithin,
  OUTSIDE_PROJECTS,
  type Step,
} from "../../src/transform/index.ts";
import type { App } from "./app.ts";
import { type Landing, namesFolder } from "./layout.ts";
import { copyOwner, givesModes, newOwner, type Owner, userOf } from "./owners.ts";
import { shownOf } from "./shown.ts";
import type { Work } from "./work.ts";

export interface Parcel {
  /** Relative to the project folder, or absolute. */
  readonly path: string;
  readonly isFolder: boolean;
  /** Made by a build: it is copied to its own name, whatever it is. */
  readonly isMade?: boolean;
  readonly owner: Owner;
}

/** Manifests and other files, then packages, then folders, outputs last: what changes least comes first. */
export function parcelsOf(app: App, context: BuildContext): readonly Parcel[] {
  const { view, built } = app;
  const { packages } = built;
  const { owners, made, removed, opened } = replayed(app);
  const isNew = (name: string) => !view.has(name) && !view.isFolder(name);
  const extra = [...made.keys()].filter(
    (name) => isNew(name) && !built.outputs.some(({ path }) => isUnder(path, name)),
  );
  const left = leftOf(built.outputs, packages, removed);
  const beside = besideOf(app, owners, context);
  checkModes(
    beside.filter(({ isFolder }) => isFolder).map(({ path }) => path),
    app,
    context,
  );
  if (built.shed) return [...beside, ...wholeOf(app, owners)];
  checkTrimming(app, owners);
  const entries = [...built.entries, ...extra].filter((name) => !removed.has(name));
  const isInside = (path: string) => entries.some((entry) => isUnder(path, entry));
  const outputs = left.filter(({ path }) => !isInside(path) && !packages.some((name) => isUnder(path, name)));
  const isFolder = (name: string) => view.isFolder(name) || made.get(name) === true;
  // A folder of the context around an output is made by its COPY.
  for (const around of outputs.flatMap(({ path }) => foldersAround(path)).filter((name) => view.isFolder(name)))
    owners.of(around);
  for (const name of [...entries, ...outputs.map(({ path }) => path)]) checkName(name, isFolder(name), view);
  for (const name of [...entries.filter(isFolder), ...outputs.map(({ path }) => path), ...packages]) {
    const step = opened.get(name);
    if (step !== undefined)
      throw new Decline("folder-mode", `${step} sets the mode of ${name}, which a COPY of it would not take along`);
  }
  checkModes(
    entries.filter(isFolder).map((name) => posix.join(app.plan.project, name)),
    app,
    context,
  );
  const parcel = (path: string, isFolder: boolean) => ({ path, isFolder, owner: owners.of(path) });
  return [
    ...beside,
    ...entries.filter((name) => !isFolder(name)).map((name) => parcel(name, false)),
    ...packages.filter((name) => !isInside(name)).map((name) => parcel(name, true)),
    ...entries.filter(isFolder).map((name) => parcel(name, true)),
    ...outputs.map(({ path, isFolder }) => ({ ...parcel(path, isFolder), isMade: true })),
  ];
}

/** What steps leave of what was built: nobody misses `target` where its program was copied elsewhere and nothing is built again. */
function leftOf(
  outputs: App["built"]["outputs"],
  packages: readonly string[],
  removed: ReadonlyMap<string, boolean>,
): App["built"]["outputs"] {
  const isUnderAny = (path: string, names: readonly string[]) => names.some((name) => isUnder(path, name));
  const forGood = [...removed].flatMap(([name, isLast]) => (isLast ? [name] : []));
  const left = outputs.filter(({ path }) => !isUnderAny(path, forGood));
  const asked = [...packages, ...(left.length > 0 ? left : outputs).map(({ path }) => path)];
  const gone = asked.find((path) => isUnderAny(path, [...removed.keys()]));
  if (gone !== undefined)
    throw new Decline("removes-outputs", `a step removes ${gone}, which the runtime stage would need`);
  return left;
}

/** Of a path in the project: `server` and `server/build` of `server/build/libs`. */
function foldersAround(path: string): readonly string[] {
  const names = path.startsWith("/") ? [] : path.split("/").slice(0, -1);
  return names.map((_, at) => names.slice(0, at + 1).join("/"));
}

/** A user can take out what is theirs. The last step, which makes files, is theirs, so all files are if they have one owner. */
function checkTrimming({ plan, built: { trimmed = [] } }: App, owners: Owners): void {
  if (trimmed.length > 0 && userOf(plan.last) !== undefined) owners.ofProject();
}

/** What a COPY to a folder above the project puts beside it, which the app may read as `../shared`: all of it crosses. */
function besideOf({ landings, plan: { project } }: App, owners: Owners, context: BuildContext): readonly Parcel[] {
  const found = new Map<string, Parcel>();
  let unsure: Decline | undefined;
  for (const { step, files } of landings) {
    for (const [path, source] of [...files].filter(([path]) => !isInProject(path, project))) {
      const { cwd } = step.before;
      if (project === "/")
        throw new Decline("copy-to-root", `${shownOf(step.instruction)} puts ${path} into a folder of the image`);
      const isBeside = () =>
        new Decline(
          "copy-beside",
          `${shownOf(step.instruction)} puts ${path} beside the folder where the build works, ${project}`,
        );
      if (cwd === undefined || !namesFolder(step) || !isWithin(path, cwd)) throw isBeside();
      // Whether the image has such a file at its root, nobody can tell.
      if (cwd === "/" && isBuildFile(path.slice(1))) unsure ??= isBeside();
      const [parts, around] = [path.split("/"), project.split("/")];
      const entry = parts.slice(0, parts.findIndex((name, at) => name !== around[at]) + 1).join("/");
      if (found.has(entry)) continue;
      if (OUTSIDE_PROJECTS.some((folder) => isUnder(folder, entry) || isUnder(entry, folder)))
        throw new Decline("copy-to-root", `the build context is copied to ${entry} as well`);
      const isFolder = entry !== path || context.isFolder(source);
      checkPath(entry, isFolder);
      if (entry === path && context.isLink(source)) throw new Decline("symbolic-link", `${source} is a symbolic link`);
      found.set(entry, { path: entry, isFolder, isMade: true, owner: owners.of(entry) });
    }
  }
  if (unsure) throw unsure;
  return [...found.values()];
}

/** The project folder as it is, and what lies outside of it. */
function wholeOf({ plan, works, built: { packages, outputs, leavesMore } }: App, owners: Owners): readonly Parcel[] {
  const outside = [...packages.map((path) => ({ path, isFolder: true })), ...outputs].filter(({ path }) =>
    path.startsWith("/"),
  );
  const owner = owners.ofProject();
  const makes =
    leavesMore !== undefined ||
    works.some(({ filled }) => !filled || filled.some((path) => isInProject(path, plan.project)));
  if (owner !== undefined && makes)
    throw new Decline("mixed-owners", `files of the project are of ${owner}, and what its builds make is root's`);
  return [
    ...outside.map(({ path, isFolder }) => ({ path, isFolder, isMade: true, owner: owners.of(path) })),
    { path: "", isFolder: true, owner },
  ];
}

/** Where others may write, or files get the folder's group, an app may count on it. */
const OPEN = 0o7002;

/** A folder that a COPY names itself gets the mode 0755. `paths` are in the image. */
function checkModes(paths: readonly string[], { landings }: App, context: BuildContext): void {
  const sources = sourcesOf(landings);
  for (const path of paths)
    for (const folder of sources.get(path) ?? []) {
      const mode = context.isFolder(folder) ? (context.mode(folder) ?? 0) : 0;
      if ((mode & OPEN) === 0) continue;
      const shown = mode.toString(8);
      throw new Decline("folder-mode", `${folder} has the mode ${shown}, which a COPY of it would not take along`);
    }
}

/** By the path of a file or folder in the image, what of the build context is copied there. */
function sourcesOf(landings: readonly Landing[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (let [path, source] of landings.flatMap(({ files }) => [...files]))
    for (;;) {
      const known = found.get(path) ?? new Set();
      // So are the folders above.
      if (known.has(source)) break;
      found.set(path, known.add(source));
      if (!source.includes("/") || posix.basename(path) !== posix.basename(source)) break;
      [path, source] = [posix.dirname(path), posix.dirname(source)];
    }
  return found;
}

/** Goes through the builder stage: who owns what in the end, and which entries its commands make and remove. */
function replayed(app: App) {
  const { plan, landings, works, built, view } = app;
  const isInstalling = (step: Step) =>
    works.some((work) => work.step === step && work.invocation.purpose === "dependencies");
  const owners = new Owners();
  const made = new Map<string, boolean>();
  /** Whether nothing is built behind the removal. */
  const removed = new Map<string, boolean>();
  const opened = new Map<string, string>();
  for (const [step, role] of plan.roles) {
    if (role !== "build" && role !== "both") continue;
    const landing = landings.find((other) => other.step === step);
    if (landing) owners.land(landing, plan.project);
    const effects = role === "build" ? plan.effects.get(step)! : [];
    for (const { name, isFolder } of effects.flatMap((effect) => effect.made)) {
      const isThere = view.isFolder(name) || made.has(name) || built.outputs.some(({ path }) => isUnder(path, name));
      if (isFolder === undefined && !isThere)
        throw new Decline("outputs-unknown", `a step writes below ${name}, which no known output is`);
      if (isFolder !== undefined) made.set(name, isFolder);
      owners.make(name, userOf(step));
    }
    for (const name of effects.flatMap((effect) => effect.opened)) opened.set(name, shownOf(step.instruction));
    for (const [at, effect] of effects.entries())
      for (const name of effect.removed) {
        const behind = worksBehind(step, at, app);
        if (!isMadeAgain(name, behind, app)) removed.set(name, !behind.has("build") && removed.get(name) !== false);
      }
    const given = newOwner(step, plan.project);
    if (given !== null && role === "both") owners.giveAll(given);
    if (role === "both" && givesModes(step, plan.project))
      throw new Decline(
        "folder-mode",
        `${shownOf(step.instruction)} sets modes or the group of all in ${plan.project}, which a COPY would not take along`,
      );
    if (isInstalling(step)) for (const path of built.packages) owners.make(path, userOf(step));
    if (step === plan.builds) for (const { path } of built.outputs) owners.make(path, userOf(step));
  }
  return { owners, made, removed, opened };
}

type Purposes = ReadonlySet<Work["invocation"]["purpose"]>;

/** What installs and builds behind the command `at` of `step` are for. */
function worksBehind(step: Step, at: number, { works }: App): Purposes {
  const isBehind = (work: Work) =>
    work.step.index > step.index || (work.step === step && step.script!.commands.indexOf(work.invocation.command) > at);
  return new Set(works.filter(isBehind).map(({ invocation }) => invocation.purpose));
}

/** Whether an install or a build `behind` the removal of `name` brings it back. */
function isMadeAgain(name: string, behind: Purposes, { built }: App): boolean {
  return (
    (behind.has("dependencies") && built.packages.includes(name)) ||
    (behind.has("build") && built.outputs.some(({ path }) => path === name))
  );
}

function checkName(name: string, isFolder: boolean, view: BuildContext): void {
  checkPath(name, isFolder);
  // COPY would take what the link leads to.
  if (view.isLink(name)) throw new Decline("symbolic-link", `${name} is a symbolic link`);
}

function checkPath(path: string, isFolder: boolean): void {
  if (/[*?[\]\\$"\p{Cc}]/u.test(path) || (!isFolder && path.endsWith(".git")))
    throw new Decline("unusual-name", `${path} has characters that COPY reads in its own way`);
}

/** Owners of files and folders, by path; a folder stands for what is made below it. */
class Owners {
  readonly #owners = new Map<string, Owner>();

  /** Throws where a folder holds files of two owners, which no `--chown` can say. */
  of(path: string): Owner {
    const claims = [...this.#owners].filter(([other]) => isUnder(path, other) || isUnder(other, path));
    const [owner, ...more] = new Set(claims.map(([, claim]) => claim));
    if (more.length > 0)
      throw new Decline("mixed-owners", `${path} holds files of ${owner ?? "root"} and of ${more[0] ?? "root"}`);
    return owner;
  }

  /** Of all that lies in the project folder. */
  ofProject(): Owner {
    const [owner, ...more] = new Set(
      [...this.#owners].flatMap(([path, claim]) => (path.startsWith("/") ? [] : [claim])),
    );
    if (more.length > 0)
      throw new Decline("mixed-owners", `files of the project are of ${owner ?? "root"} and of ${more[0] ?? "root"}`);
    return owner;
  }

  land({ step, files }: Landing, project: string): void {
    for (const path of files.keys())
      this.#owners.set(isInProject(path, project) ? posix.relative(project, path) : path, copyOwner(step));
  }

  make(path: string, owner: Owner): void {
    this.#owners.set(path, owner);
  }

  giveAll(owner: Owner): void {
    if (owner?.endsWith(":root") && [...this.#owners.values()].some((before) => before !== undefined))
      throw new Decline("mixed-owners", `\`chown\` to ${owner.slice(0, -5)} leaves the groups of different owners`);
    for (const path of this.#owners.keys()) if (!path.startsWith("/")) this.#owners.set(path, owner);
  }
}
