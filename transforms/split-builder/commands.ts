/** What a command of a RUN works on: the project folder, or the system around it. */
import { posix } from "node:path";
import { type Command, type Invocation, isUnder, recognise, type Word } from "../../src/transform/index.ts";

/**
 * - `work` installs or builds the project
 * - `edit` changes single files of the project
 * - `export` puts files of the project elsewhere
 * - `system` changes what lies around the project, or its folder itself
 * - `clean` removes caches
 * - `neutral` changes nothing
 */
export type Kind = "work" | "edit" | "export" | "system" | "clean" | "neutral" | "unknown";

/** Top-level names of the project that a command makes or removes. */
export interface Effect {
  readonly kind: Kind;
  readonly made: readonly Made[];
  readonly removed: readonly string[];
}

export interface Made {
  readonly name: string;
  /** Undefined where it is made below the top level: then `name` must be there already. */
  readonly isFolder: boolean | undefined;
}

const NODE = ["npm", "yarn", "pnpm"];

/** Whether an invocation installs what package.json asks for, or runs a script of it. */
export function isNode({ ecosystem, purpose }: Invocation): boolean {
  return NODE.includes(ecosystem) && purpose !== "system" && purpose !== "files";
}

export function isInstall(invocation: Invocation): boolean {
  return isNode(invocation) && invocation.purpose === "dependencies" && invocation.action !== "prune";
}

export function effectOf(command: Command, cwd: string | undefined, project: string): Effect {
  const { words, redirects } = command;
  const invocation = recognise(command);
  const written = redirects
    .filter(({ operator }) => /^\d*(&?>[>|]?)$/.test(operator))
    .flatMap(({ target }) => target ?? []);
  const stray = written.map((word) => placeOf(word, cwd, project)).filter((place) => place !== "elsewhere");
  if (stray.length > 0) {
    const isPlain = ["echo", "printf", "cat"].includes(invocation?.call.tool ?? "");
    if (!isPlain || stray.includes("unknown") || stray.includes("folder")) return only("unknown");
    return { kind: "edit", made: stray.flatMap((place) => madeAt(place, false)), removed: [] };
  }
  if (words.length === 0) return only("neutral");
  if (words[0]?.literal === "corepack") return only("system");
  if (!invocation) return only("unknown");
  if (isNode(invocation)) return only(cwd === project ? "work" : "unknown");
  if (["dependencies", "build"].includes(invocation.purpose)) return only("unknown");
  if (invocation.purpose === "clean") return only("clean");
  if (invocation.ecosystem !== "files") return only("system");
  return fileEffect(invocation.call.tool, words.slice(1), cwd, project);
}

/** Words before the paths: an owner, a mode, a script. */
const LEADING: Readonly<Record<string, number>> = { chown: 1, chgrp: 1, chmod: 1, sed: 1 };
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
  "tee",
  "sed",
  "find",
];
const SILENT = [
  "true",
  ":",
  "echo",
  "printf",
  "set",
  "test",
  "[",
  "ls",
  "cat",
  "id",
  "pwd",
  "which",
  "date",
  "uname",
  "sleep",
];

function fileEffect(tool: string, words: readonly Word[], cwd: string | undefined, project: string): Effect {
  if (SILENT.includes(tool)) return only("neutral");
  if (tool === "cd" || tool === "exit" || tool === "xargs") return only("unknown");
  if (!WRITES.includes(tool)) return only("system");
  const paths = words.filter(({ raw }) => !raw.startsWith("-")).slice(LEADING[tool] ?? 0);
  const places = paths.map((word) => placeOf(word, cwd, project));
  const named = places.flatMap((place) => (typeof place === "string" ? [] : [place]));
  if (places.includes("unknown")) return only("unknown");
  if (named.length === 0)
    return places.includes("folder") && !["chown", "chgrp", "chmod", "mkdir"].includes(tool)
      ? only("unknown")
      : only("system");
  switch (tool) {
    case "mkdir":
      return only("system");
    case "chmod":
      return only("edit");
    case "touch":
      return { kind: "edit", made: named.flatMap((place) => madeAt(place, false)), removed: [] };
    case "cp": {
      const target = places.at(-1);
      const isRecursive = words.some(({ raw }) => /^-[a-z]*[raR]/.test(raw));
      if (target === undefined) return only("unknown");
      if (target === "elsewhere") return only("export");
      const made =
        target === "folder"
          ? paths.slice(0, -1).map(({ raw }) => ({ name: posix.basename(raw), isFolder: isRecursive }))
          : madeAt(target, isRecursive);
      return { kind: "edit", made, removed: [] };
    }
    case "rm":
      return { kind: "edit", made: [], removed: named.flatMap(({ name, isTop }) => (isTop ? [name] : [])) };
    default:
      return only("unknown");
  }
}

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
  return { kind, made: [], removed: [] };
}
