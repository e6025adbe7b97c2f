import { posix } from "node:path";
import { knownBase } from "../bases/index.ts";
import { isUnder } from "../context/index.ts";
import {
  cacheOf,
  intermediateOf,
  isStandaloneFor,
  isTemporary,
  OUTSIDE_PROJECTS,
  standaloneServer,
} from "../ecosystems/index.ts";
import {
  baseOf,
  configDifferences,
  cooks,
  type Entry,
  type Execution,
  exchangedBase,
  execute,
  type Facts,
  isEmptyFolderOf,
  isKnown,
  isSameOwner,
  leftByDeployments,
  mainStart,
  type StageImage,
} from "../image/index.ts";
import { type Effort, failureDifference, givenArguments, imageDifferences, type StagePair, zipped } from "./compare.ts";

/**
 * The checker of `same-runtime`, between the last stages: config the same; every path of the new image as it was; a path that is missing
 * is a build input or belongs to development packages; and nothing that the config starts is missing. Stages before the last one stay
 * what they were, but for those that compile dependencies ahead now: of these, only what the last one takes is looked at.
 */
export function runtimeDifferences(before: Facts, after: Facts, effort: Effort): string[] {
  if (before.stages.at(-1)?.name !== after.stages.at(-1)?.name) return ["the last stage has another name"];
  const differences = imageDifferences(before, after, earlierPairs(before, after), effort);
  // Taken for the one that the last stage stood on.
  const exchanged = exchangedBase(before, after);
  const takenFor = new Map(exchanged ? [[exchanged.now, exchanged.old]] : []);
  for (const values of effort.arguments ? [effort.arguments] : [new Map<string, string>(), givenArguments(before)]) {
    if (differences.length > 0) break;
    const options = { seed: 0, arguments: values, runtime: before };
    const old = execute(before, options);
    const now = execute(after, { ...options, takenFor });
    differences.push(
      ...finalDifferences(old.images.at(-1)!, now.images.at(-1)!, old, now, before, servingOf(before, after)),
    );
  }
  return differences;
}

/** Stages before the last one that must be the same in both files; new ones may stand between them. */
function earlierPairs(before: Facts, after: Facts): readonly StagePair[] {
  const names = new Set(before.stages.map(({ name }) => name));
  // One that had no name got one with the rest.
  const known = after.stages.filter((stage) => names.has(stage.name) || cooks(stage));
  return zipped(before.stages.slice(0, -1), known).filter(([old, now]) => !now || !cooks(now) || cooks(old));
}

/** What the model leaves to those who know a standalone server. */
interface Serving {
  /** Whether it is another command that serves the same. */
  readonly isRestarted: boolean;
  /** Of the project that the server was built from, it does not read the rest. */
  isLeft(path: string): boolean;
  /** Which files of a project it needs, and brings, is known by Next's trace alone. */
  isTraced(path: string): boolean;
}

function servingOf(before: Facts, after: Facts): Serving {
  const [old, now] = [before.stages.at(-1)!, after.stages.at(-1)!];
  const [was, start] = [mainStart(old), mainStart(now)];
  const { cwd = "/" } = now.after;
  const server = start && standaloneServer(start, cwd);
  const isRestarted =
    was !== undefined && start !== undefined && isStandaloneFor(was, start, before.context?.read("package.json"));
  const isTraced = (path: string) => isRestarted && isUnder(path, cwd);
  const isBeside = (path: string) =>
    server !== undefined && isUnder(path, server.project) && !isUnder(path, server.folder);
  const isDeployed = leftByDeployments(old);
  return { isRestarted, isTraced, isLeft: (path) => isTraced(path) || isBeside(path) || isDeployed(path) };
}

/** Caches, what may be what builds leave beside their outputs, and what is there for a while only. */
function isLeftBehind(path: string): boolean {
  return (cacheOf(path) ?? intermediateOf(path, () => true)) !== undefined || isTemporary(path);
}

/** Where users' programs keep caches (XDG Base Directory Specification), and Bundler its own. */
const HOME_CACHE = /^\/(root|home\/[^/]+)\/\.(cache|bundle)(\/|$)/;

function finalDifferences(
  old: StageImage,
  now: StageImage,
  before: Execution,
  after: Execution,
  facts: Facts,
  { isRestarted, isLeft, isTraced }: Serving,
): string[] {
  const failure = failureDifference(old, now);
  if (failure !== undefined) return [failure];
  if (old.failure !== undefined) return [];
  const differences = configDifferences(old.config, now.config, isRestarted ? "Cmd" : undefined);
  const isOfProjects = ofProjects(facts);
  const places = new Map([...old.tree.walk()].map((place) => [place.path, place]));
  const present = new Set<string>();
  for (const { path, entry, ground } of now.tree.walk()) {
    present.add(path);
    if (isLeftBehind(path) || isTraced(path)) continue;
    const was = places.get(path);
    // What lies there may be a part of what lies in a folder above.
    const wasGround = was?.ground ?? (ground === undefined ? undefined : old.tree.share(path).ground);
    if (!isSameGround(ground, wasGround, before, after)) differences.push(`what lies below ${path} may differ`);
    else if (entry && !isSameEntry(entry, was?.entry, old, path)) differences.push(`${path} differs`);
  }
  for (const { path, entry, ground } of old.tree.walk()) {
    if (present.has(path) || (entry === undefined && ground === undefined)) continue;
    if (isLeftBehind(path) || path.includes("/node_modules/") || isLeft(path)) continue;
    // What a step took out of there is back as the base image has it.
    if (entry?.kind === "absent" && HOME_CACHE.test(path)) continue;
    const found = now.tree.find(path);
    if (found.known && found.entry) continue;
    const isLeftEmpty = isEmptyInput(path, entry, old, now, facts);
    // Outside of the folders that the container works in, what is there instead is the base image's, if that has anything there.
    const isGone = found.known || isOfProjects(path);
    if (!isLeftEmpty && (isGone ? isExpendable(path, entry, facts) : entry && isFolder(entry))) continue;
    differences.push(`${path} is missing`);
  }
  return [...differences, ...missingStarts(old, now, facts)].slice(0, 5);
}

/** The same, or the same without the packages for development. */
function isSameGround(now: number | undefined, was: number | undefined, before: Execution, after: Execution): boolean {
  if (now === was) return true;
  if (now === undefined) return was !== undefined;
  const whole = after.runtime?.pruned.get(now);
  return whole !== undefined && (whole === was || before.runtime?.pruned.get(was ?? 0) === whole);
}

/** Folders that COPY makes are 0755 and root's; those of the context hardly ever anything else, nor is the user of a base image. */
function isSameEntry(now: Entry, was: Entry | undefined, old: StageImage, path: string): boolean {
  if (!was) return now.kind === "absent" || (isFolder(now) && !old.tree.find(path).known);
  if (isFolder(now) && isFolder(was))
    return !isKnown(was.owner) || !isKnown(now.owner) || isSameOwner(now.owner, was.owner);
  return (
    now.kind === was.kind && now.mode === was.mode && now.content === was.content && isSameOwner(now.owner, was.owner)
  );
}

function isFolder({ kind }: Entry): boolean {
  return kind === "folder" || kind === "ensured";
}

/** Files of the build context are build inputs; folders go with them, and packages may all be for development. */
function isExpendable(path: string, entry: Entry | undefined, { context }: Facts): boolean {
  if (/(^|\/)node_modules(\/|$)/.test(path)) return true;
  return entry !== undefined && context !== undefined && (isFolder(entry) || !isKnown(entry.content));
}

/** An empty folder of the build context, in a folder that is still there: the app may write there. */
function isEmptyInput(
  path: string,
  entry: Entry | undefined,
  old: StageImage,
  now: StageImage,
  { context }: Facts,
): boolean {
  if (!entry || !context || !isFolder(entry) || !isEmptyFolderOf(context, entry)) return false;
  const isFilled = [...old.tree.walk(path)].some((place) => place.path !== path);
  const above = now.tree.find(posix.dirname(path));
  return !isFilled && above.known && above.entry !== undefined;
}

/** Tells whether a path lies where people keep projects, and the base image is one of those that are known, which have nothing there. */
function ofProjects({ stages }: Facts): (path: string) => boolean {
  const base = baseOf(stages.at(-1)!, stages);
  const isBaseKnown = base !== undefined && knownBase(base) !== undefined;
  const isOwnHome = (path: string) => {
    const [, name] = /^\/home\/([^/]+)\/./.exec(path) ?? [];
    return name !== undefined && !USERS.has(name) && !(name === "app" && base?.startsWith("mcr.microsoft.com/"));
  };
  return (path) => isBaseKnown && (isOwnHome(path) || !OUTSIDE_PROJECTS.some((folder) => isUnder(path, folder)));
}

/** Users that known images bring, with homes in which something lies; those of .NET have one called `app`. */
const USERS = new Set(["node", "ubuntu", "gradle", "groovy", "bun"]);

/** Paths in the words of CMD, ENTRYPOINT and HEALTHCHECK that were there and are gone. */
function missingStarts(old: StageImage, now: StageImage, { context }: Facts): string[] {
  const cwd = now.config.fields.get("WorkingDir") ?? "";
  const commands = (["Cmd", "Entrypoint", "Healthcheck"] as const).map((field) => now.config.fields.get(field) ?? "");
  const scripts = /"npm"|"yarn"|"pnpm"|\bnpm \b|\byarn \b|\bpnpm \b/.test(commands.join())
    ? startScripts(context?.read("package.json"))
    : "";
  const words = [...commands, scripts].join(" ").match(/[\w@./+-]+/g) ?? [];
  return [...new Set(words)].flatMap((word) => {
    const path = word.startsWith("/") ? word : `${cwd}/${word.replace(/^\.\//, "")}`;
    if (!isKnown(path) || !/^(\/[\w@.+-]+)+$/.test(path)) return [];
    const had = old.tree.find(path);
    const has = now.tree.find(path);
    const isGone = has.known && !has.entry && (!had.known || had.entry !== undefined);
    return isGone ? [`${path}, which the container starts, is missing`] : [];
  });
}

function startScripts(text: string | undefined): string {
  try {
    const { scripts = {} } = JSON.parse(text ?? "{}") as { scripts?: Record<string, string> };
    return ["prestart", "start", "poststart", "start:prod"].map((name) => scripts[name] ?? "").join(" ");
  } catch {
    return "";
  }
}
