/** What a command of a RUN works on: the project folder, or the system around it. */
import { posix } from "node:path";
import {
  type Command,
  footprintOf,
  isBuildWork,
  isUnder,
  recognise,
  type Step,
  type Word,
  worksBelow,
} from "../../src/transform/index.ts";
import { type Effect, madeAt, only, placeOf, seenIn } from "./effect.ts";
import { fileEffect } from "./file-effects.ts";
import { filledIn } from "./filled.ts";

<<<<<<< Updated upstream
/**
 * - `work` installs or builds the project
 * - `edit` changes single files of the project
 * - `own` gives parts of the project to other users
 * - `export` puts files of the project elsewhere
 * - `system` changes what lies around the project, or its folder itself
 * - `clean` removes caches
 * - `neutral` changes nothing
 */
export type Kind = "work" | "edit" | "own" | "export" | "system" | "clean" | "neutral" | "unknown";

/** Top-level names of the project that a command makes or removes. */
export interface Effect {
  readonly kind: Kind;
  /** What of the project it may look at, where it does not work on it: single entries that it names, or all. */
  readonly sees: "nothing" | "entries" | "all";
  readonly made: readonly Made[];
  readonly removed: readonly string[];
  /** Those that it gives a mode which a folder that is copied does not get by itself. */
  readonly opened: readonly string[];
  /** Single files of the project that it copies or moves to a place that it names. */
  readonly moves: readonly Move[];
}

export interface Made {
  readonly name: string;
  /** Undefined where it is made below the top level: then `name` must be there already. */
  readonly isFolder: boolean | undefined;
}

=======
>>>>>>> Stashed changes
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
  return isUnder(target, project) ? target : undefined;
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
  if (!invocation) return only("unknown");
  const base = stage.base.kind === "image" ? stage.base.reference : undefined;
  const surroundings = { ...before, cwd, base };
  if (targets.length === 0 && filledIn(step, invocation, cwd)) return only("work");
  // Output that goes elsewhere would be left in the builder stage.
  if (isBuildWork(invocation)) {
    const isHere = cwd === project || (isUnder(cwd ?? "/", project) && worksBelow(invocation));
    return only(isHere && targets.length === 0 ? "work" : "unknown");
  }
  if (folderBehind(command, cwd, project) !== undefined || findsLibraries(command)) return only("neutral");
  if (["dependencies", "build"].includes(invocation.purpose)) return only("unknown");
  if (invocation.purpose === "clean") return only("clean");
  if (invocation.ecosystem === "files") {
    const isWorking = invocations.some(isBuildWork);
    const effect = fileEffect(invocation.call.tool, words.slice(1), cwd, project, isWorking, script?.commands ?? []);
    return effect.kind === "neutral" && targets.length > 0 ? { ...effect, kind: "system" } : effect;
  }
  const reads = footprintOf(invocation, surroundings)?.reads;
  if (reads) return { ...only("system"), sees: reads.some((path) => isUnder(path, project)) ? "entries" : "nothing" };
  const { tool, args } = invocation.call;
  const savesHere =
    tool === "wget"
      ? !args.some((word) => /^(-\w*[OP]|--spider$)/.test(word ?? ""))
      : args.some((word) => /^(-\w*O|--remote-name)/.test(word ?? ""));
  if (invocation.ecosystem === "fetch" && savesHere && isUnder(cwd ?? project, project)) return only("unknown");
  return { ...only("system"), sees: seenIn(words.slice(1), cwd, project) };
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

<<<<<<< Updated upstream
/** What takes the next word: a mode, an owner, a group. */
const VALUED = /^-([vDpC]*m|o|g|-mode|-owner|-group)$/;

/** Words before the paths: an owner, a mode, a script. */
const LEADING: Readonly<Record<string, number>> = { chown: 1, chgrp: 1, chmod: 1, sed: 1 };
const TRANSFERS = ["cp", "mv", "install"];
const WRITES = [
  "mkdir",
  "rmdir",
  "chmod",
  "chown",
  "chgrp",
  "ln",
  "touch",
  "cp",
  "mv",
  "rm",
  "install",
  "strip",
  "tee",
  "upx",
  "sed",
  "find",
];
/** They say what their words say, and files are not among these. */
const SPEAKING = [
  ...["true", ":", "echo", "printf", "set", "id", "pwd", "which", "date", "uname", "sleep", "nproc", "pkg-config"],
];
const LOOKING = ["test", "[", "ls", "cat"];
const ACCOUNTS = /^((user|group)(add|mod|del)|(add|del)(user|group)|passwd|chpasswd)$/;

function fileEffect(
  tool: string,
  words: readonly Word[],
  cwd: string | undefined,
  project: string,
  isWorking: boolean,
  around: readonly Command[],
): Effect {
  if (SPEAKING.includes(tool)) return only("neutral");
  if (LOOKING.includes(tool)) {
    const isBare = tool === "ls" && words.every(({ raw }) => raw.startsWith("-"));
    // Without such an operator, a test compares texts.
    if (/^(test|\[)$/.test(tool) && !words.some(({ raw }) => /^-([bcdefghkprsuwxLOGSN]|nt|ot|ef)$/.test(raw)))
      return only("neutral");
    const sees = isBare ? "all" : seenIn(words, cwd, project);
    return { ...only("neutral"), sees: tool === "ls" && sees !== "nothing" ? "all" : sees };
  }
  if (tool === "cd" || tool === "exit" || tool === "xargs") return only("unknown");
  if (ACCOUNTS.test(tool)) return only("system");
  if (tool === "find") {
    // Without a folder it goes through the one that it is called in.
    const isBare = !/^[^-(!]/.test(words[0]?.raw ?? "");
    if (!words.some(({ raw }) => /^-(exec|ok|delete|fprint|fls)/.test(raw)))
      return { ...only("neutral"), sees: !isBare && seenIn(words, cwd, project) === "nothing" ? "nothing" : "all" };
    if (isBare) return only("unknown");
  }
  if (!WRITES.includes(tool)) return { ...only("system"), sees: seenIn(words, cwd, project) };
  const operands = tool === "install" ? withoutValues(words) : words;
  const moved = TRANSFERS.includes(tool) ? moveEffect(tool, operands, cwd, project, isWorking) : undefined;
  if (moved) return moved;
  const paths = operands.filter(({ raw }) => !raw.startsWith("-")).slice(LEADING[tool] ?? 0);
  const places = paths.map((word) => placeOf(word, cwd, project));
  const named = places.flatMap((place) => (typeof place === "string" ? [] : [place]));
  if (places.includes("unknown")) return only("unknown");
  if (named.length === 0 && isWorking && paths.every((word) => isPassing(tool, word, cwd, around))) return only("edit");
  if (named.length === 0)
    return places.includes("folder") && !["chown", "chgrp", "chmod", "mkdir"].includes(tool)
      ? only("unknown")
      : only("system");
  switch (tool) {
    case "mkdir":
      return isWorking ? { ...only("edit"), made: named.flatMap((place) => madeAt(place, true)) } : only("system");
    case "chmod": {
      const isUsual = words.some(({ raw }) => /^(0?755|[ugoa]*\+[rxX]+)$/.test(raw));
      return { ...only("edit"), opened: isUsual ? [] : named.flatMap(({ name, isTop }) => (isTop ? [name] : [])) };
    }
    case "strip":
    case "upx":
      return only(words.some(({ raw }) => raw.startsWith("-o")) ? "unknown" : "work");
    case "ln": {
      const isSymbolic = words.some(({ raw }) => /^(-\w*s\w*|--symbolic)$/.test(raw));
      const options = words.filter(({ raw }) => raw.startsWith("-"));
      const isPlain = options.every(({ raw }) => /^(-[sfnv]+|--symbolic|--force|--no-dereference)$/.test(raw));
      if (!isSymbolic || !isPlain || paths.length !== 2 || places[1] === "folder") return only("unknown");
      // What it leads to need not be there. A COPY would follow one in the project.
      return only(places[1] === "elsewhere" ? "system" : "own");
    }
    case "chown":
    case "chgrp":
      return only("own");
    case "touch":
      return { ...only("edit"), made: named.flatMap((place) => madeAt(place, false)) };
    case "cp": {
      const target = places.at(-1);
      const isRecursive = words.some(({ raw }) => /^-[a-z]*[raR]/.test(raw));
      if (target === undefined) return only("unknown");
      if (target === "elsewhere") return only("export");
      const made =
        target === "folder"
          ? paths.slice(0, -1).map(({ raw }) => ({ name: posix.basename(raw), isFolder: isRecursive }))
          : madeAt(target, isRecursive);
      return { ...only("edit"), made };
    }
    case "rm":
      return { ...only("edit"), removed: named.flatMap(({ name, isTop }) => (isTop ? [name] : [])) };
    default:
      return only("unknown");
  }
}

function withoutValues(words: readonly Word[]): readonly Word[] {
  return words.filter(({ raw }, at) => !VALUED.test(raw) && !VALUED.test(words[at - 1]?.raw ?? ""));
}

/** Beside a build: a folder elsewhere that is made for what is moved there, and downloads that are taken out again. */
function isPassing(tool: string, { literal }: Word, cwd: string | undefined, around: readonly Command[]): boolean {
  if (literal === undefined) return false;
  const path = posix.resolve(cwd ?? "/", literal);
  if (tool === "rm") return (cacheOf(path) ?? intermediateOf(path, () => false)) !== undefined;
  const targets = around.flatMap(({ name, words }) => (name === "cp" || name === "mv" ? (words.at(-1) ?? []) : []));
  const isFilled = targets.some(
    (target) => target.literal?.startsWith("/") && isUnder(posix.resolve(target.literal), path),
  );
  return tool === "mkdir" && isFilled;
}

/**
 * `cp`, `mv` and `install` of one entry of a folder of the project, beside a build of any of its entries, which a pattern may name, to a place that
 * is named in full; undefined for anything else.
 */
function moveEffect(
  tool: string,
  words: readonly Word[],
  cwd: string | undefined,
  project: string,
  isWorking: boolean,
): Effect | undefined {
  const options = words.filter(({ raw }) => raw.startsWith("-"));
  const [source, target, ...more] = words.filter(({ raw }) => !raw.startsWith("-"));
  if (cwd === undefined || more.length > 0 || options.some(({ raw }) => !/^(-[aprRfv]+|-[Dv]*(m\d+)?)$/.test(raw)))
    return undefined;
  const from =
    source?.literal ?? (/^[\w./-]*\/[\w.-]*\*[\w.-]*\.\w+$/.test(source?.raw ?? "") ? source?.raw : undefined);
  const to = target?.literal;
  if (from === undefined || to === undefined || /\/\.?$/.test(from)) return undefined;
  const [absolute, place] = [posix.resolve(cwd, from), posix.resolve(cwd, to)];
  const names = posix.relative(project, absolute).split("/");
  if (!isUnder(absolute, project) || names.length < (isWorking ? 1 : 2) || /[*?]/.test(names.slice(0, -1).join()))
    return undefined;
  const move = {
    from: absolute,
    to: place,
    intoFolder: /(^|\/)\.?$/.test(to) || place === project || isSystemFolder(place),
    removes: tool === "mv",
    isRecursive: tool === "mv" || options.some(({ raw }) => /[arR]/.test(raw)),
  };
  const isInside = isUnder(place, project) && !/[*?]/.test(from);
  const goal = move.intoFolder ? posix.join(place, posix.basename(from)) : place;
  const made = isInside ? madeAt(placeOf({ literal: goal, raw: goal } as Word, cwd, project), move.isRecursive) : [];
  return { ...only("edit"), made, moves: [move] };
}

=======
>>>>>>> Stashed changes
/** Top-level entries of the project that a step names, in commands that make or change files. */
export function namedBy(step: Step, project: string): readonly string[] {
  return (step.script?.commands ?? []).flatMap(({ words, redirects }) =>
    [...words.slice(1), ...redirects.flatMap(({ target }) => target ?? [])].flatMap((word) => {
      const place = placeOf(word, step.before.cwd, project);
      return typeof place === "object" ? [place.name] : [];
    }),
  );
}
<<<<<<< Updated upstream

type Place = "elsewhere" | "folder" | "unknown" | { readonly name: string; readonly isTop: boolean };

/** What is made at a place. */
function madeAt(place: Place, isFolder: boolean): readonly Made[] {
  return typeof place === "object" ? [{ name: place.name, isFolder: place.isTop ? isFolder : undefined }] : [];
}

/** Where a word leads: elsewhere, to the project folder itself, or to an entry of it. */
function placeOf({ literal, raw }: Word, cwd: string | undefined, project: string): Place {
  const path = literal ?? (/^[\w./-]*\/\*$|^~\//.test(raw) ? raw : undefined);
  if (path === undefined) return "unknown";
  if (path.startsWith("~/")) return isUnder(project, "/root") ? "unknown" : "elsewhere";
  if (cwd === undefined && !path.startsWith("/")) return "unknown";
  const absolute = posix.resolve(cwd ?? "/", path);
  if (absolute === project) return "folder";
  if (isUnder(project, absolute)) return "unknown";
  if (!isUnder(absolute, project)) return "elsewhere";
  const [name = "", ...below] = posix.relative(project, absolute).split("/");
  return name === "*" ? "unknown" : { name, isTop: below.length === 0 };
}

function only(kind: Kind): Effect {
  return { kind, sees: "nothing", made: [], removed: [], opened: [], moves: [] };
}
=======
>>>>>>> Stashed changes
