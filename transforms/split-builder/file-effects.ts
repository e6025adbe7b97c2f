/** What small programs do that handle files and accounts. */
import { posix } from "node:path";
import {
  type Command,
  cacheOf,
  intermediateOf,
  isGemLeftover,
  isInProject,
  isSystemFolder,
  isUnder,
  type Word,
} from "../../src/transform/index.ts";
import { type Effect, madeAt, only, placeOf, seenIn } from "./effect.ts";

/** What takes the next word: a mode, an owner, a group. */
const VALUED = /^-([vDpC]*m|o|g|-mode|-owner|-group)$/;

/** Words before the paths: an owner, a mode, a script. */
const LEADING: Readonly<Record<string, number>> = { chown: 1, chgrp: 1, chmod: 1, sed: 1 };
/** What leaves a folder as a COPY makes it, or as open as that. */
export const USUAL_MODE = /^(0?755|[ugoa]*\+[rxX]+)$/;
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
  "dos2unix",
  "find",
];

/** They say what their words say, and files are not among these. */
const SPEAKING = [
  ...["true", ":", "echo", "printf", "set", "id", "pwd", "which", "date", "uname", "sleep", "nproc", "pkg-config"],
];
const LOOKING = ["test", "[", "ls", "cat"];
const ACCOUNTS = /^((user|group)(add|mod|del)|(add|del)(user|group)|passwd|chpasswd)$/;

/** What stands around a command: the commands of its RUN, and the absolute folders that are made before it. */
export interface Around {
  readonly commands: readonly Command[];
  readonly folders: readonly string[];
}

/** Of a program of the ecosystem `files`. */
export function fileEffect(
  tool: string,
  words: readonly Word[],
  cwd: string | undefined,
  project: string,
  isWorking: boolean,
  around: Around,
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
  // A home folder may be that of the project.
  if (ACCOUNTS.test(tool)) return { ...only("system"), sees: seenIn(homesIn(words), cwd, project) };
  if (tool === "find") {
    // Without a folder it goes through the one that it is called in.
    const isBare = !/^[^-(!]/.test(words[0]?.raw ?? "");
    if (!words.some(({ raw }) => /^-(exec|ok|delete|fprint|fls)/.test(raw)))
      return { ...only("neutral"), sees: !isBare && seenIn(words, cwd, project) === "nothing" ? "nothing" : "all" };
    if (isBare) return only("unknown");
  }
  if (!WRITES.includes(tool)) return { ...only("system"), sees: seenIn(words, cwd, project) };
  const operands = tool === "install" ? withoutValues(words) : words;
  const moved = TRANSFERS.includes(tool) ? moveEffect(tool, operands, cwd, project, isWorking, around) : undefined;
  if (moved) return moved;
  const paths = operands.filter(({ raw }) => !raw.startsWith("-")).slice(LEADING[tool] ?? 0);
  const places = paths.map((word) => placeOf(word, cwd, project));
  const named = places.flatMap((place) => (typeof place === "string" ? [] : [place]));
  if (tool === "rm" && isWorking && paths.length > 0 && paths.every(({ raw }) => isGemLeftover(raw)))
    return only("edit");
  if (places.includes("unknown")) return only("unknown");
  if (named.length === 0 && isWorking && paths.every((word) => isPassing(tool, word, cwd, around))) return only("edit");
  if (named.length === 0)
    return places.includes("folder") && !["chown", "chgrp", "chmod", "mkdir"].includes(tool)
      ? only("unknown")
      : only("system");
  // One command that changes the system as well is of neither stage alone.
  const isOfBoth = paths.some((word, at) => places[at] === "elsewhere" && !isPassing(tool, word, cwd, around));
  if (isOfBoth && (["touch", "chmod", "rm"].includes(tool) || (tool === "mkdir" && isWorking))) return only("unknown");
  switch (tool) {
    case "mkdir":
      return isWorking ? { ...only("edit"), made: named.flatMap((place) => madeAt(place, true)) } : only("system");
    case "chmod": {
      const isUsual = words.some(({ raw }) => USUAL_MODE.test(raw));
      return { ...only("edit"), opened: isUsual ? [] : named.flatMap(({ name, isTop }) => (isTop ? [name] : [])) };
    }
    case "sed": {
      const options = words.filter(({ raw }) => raw.startsWith("-"));
      const script = words.find(({ raw }) => !raw.startsWith("-"))?.literal ?? "";
      return only(options.length === 1 && options[0]?.raw === "-i" && LINE_ENDS.test(script) ? "edit" : "unknown");
    }
    case "dos2unix":
      return only(words.some(({ raw }) => raw.startsWith("-")) ? "unknown" : "edit");
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
      // Of a folder nobody knows all that the build left in it.
      if (target === "elsewhere") return only(isRecursive ? "unknown" : "export");
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

/** Takes Windows' line ends away, in the place of each file, as `dos2unix` does: what a file says stays as the build context has it. */
const LINE_ENDS = /^s([/|])\\r\$?\1\1g?$/;

/** `-h` is that of BusyBox. */
const HOME_OPTION = /^(-[a-zA-Z]*[bdh]|--(home(-dir)?|base-dir))$/;
const HOME_VALUE = /^--(home(-dir)?|base-dir)=/;

/** Of a program that makes accounts. */
function homesIn(words: readonly Word[]): readonly Word[] {
  return words.flatMap((word, at) => {
    if (HOME_OPTION.test(words[at - 1]?.raw ?? "")) return [word];
    if (!HOME_VALUE.test(word.raw)) return [];
    return [{ ...word, raw: word.raw.replace(HOME_VALUE, ""), literal: word.literal?.replace(HOME_VALUE, "") }];
  });
}

function withoutValues(words: readonly Word[]): readonly Word[] {
  return words.filter(({ raw }, at) => !VALUED.test(raw) && !VALUED.test(words[at - 1]?.raw ?? ""));
}

/** Beside a build: a folder elsewhere that is made for what is moved there, and downloads that are taken out again. */
function isPassing(tool: string, { literal, raw }: Word, cwd: string | undefined, { commands }: Around): boolean {
  // A pattern stands for what is in its folder.
  const named = literal ?? (tool === "rm" ? /^(\/[\w./-]+)\/\*[\w.-]*$/.exec(raw)?.[1] : undefined);
  if (named === undefined) return false;
  const path = posix.resolve(cwd ?? "/", named);
  if (tool === "rm") return (cacheOf(path) ?? intermediateOf(path, () => false)) !== undefined;
  const targets = commands.flatMap(({ name, words }) => (name === "cp" || name === "mv" ? (words.at(-1) ?? []) : []));
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
  { folders }: Around,
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
  if (!isInProject(absolute, project) || names.length < (isWorking ? 1 : 2) || /[*?]/.test(names.slice(0, -1).join()))
    return undefined;
  const move = {
    from: absolute,
    to: place,
    intoFolder:
      /(^|\/)\.?$/.test(to) ||
      place === project ||
      isSystemFolder(place) ||
      folders.some((folder) => isUnder(folder, place)),
    removes: tool === "mv",
    isRecursive: tool === "mv" || options.some(({ raw }) => /[arR]/.test(raw)),
  };
  const isInside = isInProject(place, project) && !/[*?]/.test(from);
  const goal = move.intoFolder ? posix.join(place, posix.basename(from)) : place;
  const made = isInside ? madeAt(placeOf({ literal: goal, raw: goal } as Word, cwd, project), move.isRecursive) : [];
  return { ...only("edit"), made, moves: [move] };
}
