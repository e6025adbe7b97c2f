/** What a command of a RUN works on: the project folder, or the system around it. */
import { posix } from "node:path";
import {
  type Command,
  footprintOf,
  imageOf,
  isBuildWork,
  isInProject,
  recognise,
  type Step,
  type Word,
  workingFolderOf,
  worksAtRoot,
  worksBelow,
} from "../../src/transform/index.ts";
import { type Effect, madeAt, only, placeOf, seenIn } from "./effect.ts";
import { fileEffect } from "./file-effects.ts";
import { filledIn } from "./filled.ts";
import { defaultWord } from "./variables.ts";

/** Where `command` of a step runs: in the folder that a `cd` before it leads to, in the project or, without one, anywhere. */
export function folderAt({ script, before }: Step, command: Command, project = ""): string | undefined {
  let { cwd } = before;
  for (const each of script?.commands ?? []) {
    if (each === command) break;
    cwd = folderBehind(each, cwd, project) ?? cwd;
  }
  return cwd;
}

/** Where a `cd` leads to in the project; undefined for one elsewhere, and for other commands. */
function folderBehind(command: Command, cwd: string | undefined, project: string): string | undefined {
  const [path, ...more] = command.words.slice(1);
  if (command.name !== "cd" || !command.unconditional || !command.inMainShell || more.length > 0) return undefined;
  if (path?.literal === undefined || path.literal.startsWith("-")) return undefined;
  if (cwd === undefined && !path.literal.startsWith("/")) return undefined;
  const target = posix.resolve(cwd ?? "/", path.literal);
  return project === "" || isInProject(target, project) ? target : undefined;
}

export function effectOf(command: Command, step: Step, project: string): Effect {
  const cwd = folderAt(step, command, project);
  const effect = ownEffect(command, step, project, cwd);
  return { ...effect, sees: wider(effect.sees, expandedIn(command, cwd, project)) };
}

/** What the shell itself looks at for a command: what it reads from, patterns of names, and home folders, which refit does not know. */
function expandedIn({ words, redirects }: Command, cwd: string | undefined, project: string): Effect["sees"] {
  const all = [...words, ...redirects.flatMap(({ target }) => target ?? [])];
  if (all.some(({ literal, raw }) => literal === undefined && /^~|^[^/"'$][^"'$]*[*?[]|^[*?[]/.test(raw))) return "all";
  const inputs = redirects.flatMap(({ operator, target }) => (/^\d*<>?$/.test(operator) && target ? [target] : []));
  return seenIn(inputs, cwd, project);
}

function wider(one: Effect["sees"], other: Effect["sees"]): Effect["sees"] {
  if (one === "all" || other === "all") return "all";
  return one === "nothing" ? other : one;
}

function ownEffect(command: Command, step: Step, project: string, cwd: string | undefined): Effect {
  const { before, stage, invocations, script } = step;
  const { words } = command;
  const invocation = recognise(command);
  const targets = writtenBy(command).map((word) => placeOf(word, cwd, project));
  const stray = targets.filter((place) => place !== "elsewhere");
  if (stray.length > 0) {
    const isPlain = ["echo", "printf", "cat", "find"].includes(invocation?.call.tool ?? "");
    if (!isPlain || stray.includes("unknown") || stray.includes("folder")) return only("unknown");
    return { ...only("edit"), made: stray.flatMap((place) => madeAt(place, false)) };
  }
  if (words.length === 0) return only(targets.length > 0 ? "system" : "neutral");
  if (tellsPrograms(command) || script?.commands.every(({ name }) => name === "export")) return only("neutral");
  if (!invocation) return only("unknown");
  const surroundings = { ...before, cwd, base: imageOf(stage) };
  if (targets.length === 0 && filledIn(step, invocation, cwd)) return only("work");
  // Output that goes elsewhere would be left in the builder stage.
  if (isBuildWork(invocation)) {
    // A compiler may be told from elsewhere where the project is.
    const place = (worksAtRoot(invocation) ? workingFolderOf(invocation, cwd) : undefined) ?? cwd;
    const isBelow = worksBelow(invocation) && isInProject(place ?? "/", project);
    const isHere = place === project || isBelow || (cwd === project && !worksBelow(invocation));
    return only(isHere && targets.length === 0 ? "work" : "unknown");
  }
  if (folderBehind(command, cwd, project) !== undefined || findsLibraries(command)) return only("neutral");
  if (["dependencies", "build"].includes(invocation.purpose)) return only("unknown");
  if (invocation.purpose === "clean") return only("clean");
  if (invocation.ecosystem === "files") {
    // What an earlier step told Bundler there would be back in the runtime stage.
    const isTold = stage.steps.slice(0, step.index).some((each) => each.script?.source.text.includes("bundle config"));
    if (isTold && invocation.call.tool === "rm" && words.some(({ raw }) => raw.includes("/.bundle")))
      return only("unknown");
    const { tool } = invocation.call;
    const isWorking = invocations.some(isBuildWork);
    const around = { commands: script?.commands ?? [], folders: foldersBefore(command, step) };
    const effectFor = (named: readonly Word[]) => fileEffect(tool, named.slice(1), cwd, project, isWorking, around);
    // Whatever a build argument has it bring from the builds, what lies at the place that it names is what it brought.
    const brings = effectFor(words.map((word, at) => (at < words.length - 1 ? defaultWord(word, step) : word)));
    const isArchive = brings.moves.some(({ from }) => /\.[jw]ar$/.test(from));
    const effect = isArchive ? brings : effectFor(words);
    return effect.kind === "neutral" && targets.length > 0 ? { ...effect, kind: "system" } : effect;
  }
  const footprint = footprintOf(invocation, surroundings);
  if (footprint) {
    const seen = footprint.reads.filter((path) => isInProject(path, project));
    if (seen.length === 0) return only("system");
    const isLookedFor = seen.every((path) => footprint.lookedFor?.includes(path));
    const looksFor = seen.map((path) => posix.relative(project, path));
    return { ...only("system"), sees: "entries", ...(isLookedFor && { looksFor }) };
  }
  const { tool, args } = invocation.call;
  const savesHere =
    tool === "wget"
      ? !args.some((word) => /^(-\w*[OP]|--spider$)/.test(word ?? ""))
      : args.some((word) => /^(-\w*O|--remote-name)/.test(word ?? ""));
  if (invocation.ecosystem === "fetch" && savesHere && isInProject(cwd ?? project, project)) return only("unknown");
  return { ...only("system"), sees: seenIn(words.slice(1), cwd, project) };
}

/** Folders that `mkdir` and WORKDIR make before a command, absolute. */
function foldersBefore(command: Command, { stage, index }: Step): readonly string[] {
  return stage.steps.slice(0, index + 1).flatMap((step) => {
    const { cwd = "/" } = step.before;
    const all = step.script?.commands ?? [];
    const earlier = step.index === index ? all.slice(0, all.indexOf(command)) : all;
    const words = earlier.filter(({ name }) => name === "mkdir").flatMap((each) => each.words.slice(1));
    return [cwd, ...words.flatMap(({ literal }) => (literal === undefined ? [] : [posix.resolve(cwd, literal)]))];
  });
}

/** `export` of variables that say how programs work, and not what they make. */
function tellsPrograms({ name, words }: Command): boolean {
  const TELLING = /^(DEBIAN_FRONTEND=|NODE_OPTIONS=["']?--max[-_]old[-_]space[-_]size=\d+["']?$)/;
  return name === "export" && words.length > 1 && words.slice(1).every(({ raw }) => TELLING.test(raw));
}

/** `ldconfig` looks through all folders of libraries, so that the runtime stage calls it once more when all are there. */
export function findsLibraries({ words: [program, ...more] }: Command): boolean {
  return more.length === 0 && /^(\/(usr\/)?sbin\/)?ldconfig$/.test(program?.literal ?? "");
}

/** Files that output is redirected into. */
function writtenBy({ redirects }: Command): readonly Word[] {
  return redirects
    .filter(({ operator }) => /^\d*(&?>[>|]?)$/.test(operator))
    .flatMap(({ target }) => (target && !/^\/dev\/(null|stdout|stderr)$/.test(target.raw) ? [target] : []));
}

/** Top-level entries of the project that a step names, in commands that make or change files. */
export function namedBy(step: Step, project: string): readonly string[] {
  return (step.script?.commands ?? []).flatMap(({ words, redirects }) =>
    [...words.slice(1), ...redirects.flatMap(({ target }) => target ?? [])].flatMap((word) => {
      const place = placeOf(word, step.before.cwd, project);
      return typeof place === "object" ? [place.name] : [];
    }),
  );
}
