/** What the rest of an app still names: such a file is no mere build input. */
import { posix } from "node:path";
import { intermediateOf, isReadable, names } from "../../ecosystems/index.ts";
import { isElf } from "../closure/index.ts";
import type { ImageTree } from "../types.ts";
import type { OpenImage } from "./types.ts";

/** Bytes of the largest text that is searched, and of the largest program. */
const LARGEST = 1 << 20;
const LARGEST_PROGRAM = 1 << 26;

/** Code, templates and settings of other languages than Node's. */
const OTHER_TEXT = /\.(py|rb|erb|php|pl|pm|lua|exs?|jinja2?|j2|twig|tmpl|cfg|properties|xml|sql)$/;

/** Programs of the base image are no part of the app. */
const OF_BASE = /^\/(usr\/)?s?bin\//;

/** Says of itself what the project is made of, or of something else where it came from; no app asks it for paths. */
const TALKS = /(^|\/)(package\.json|[^/]*lock[^/]*|Dockerfile[^/]*|\.\w+ignore)$|\.(md|map|d\.ts|css)$/i;

export interface Mentions {
  /** Whether the image's command names the path itself. */
  isStarted(path: string): boolean;
  /** Whether the command, or a file of the app that is there, names the path or a folder that it is in. */
  isNamed(path: string): boolean;
}

/** `folders` are those that the app lies in. */
export function mentionsIn({ info: { config }, tree }: OpenImage, folders: ReadonlySet<string>): Mentions {
  const cwd = String(config.WorkingDir || "/");
  const commands = [...withoutPathLookup(config.Entrypoint, config.Cmd), config.Healthcheck, startScripts(tree, cwd)];
  const words = commands.flatMap((value) => JSON.stringify(value ?? "").match(/[\w@.+/-]+/g) ?? []);
  // `node .` starts the package that lies there, and serves nothing.
  const started = new Set(words.filter((word) => !/^\.?\/?$/.test(word)).map((word) => posix.resolve(cwd, word)));
  // What only the next build would read asks for nothing.
  const isLeft = (path: string) => intermediateOf(`/${path}`, (file) => tree.entries.has(file.slice(1))) !== undefined;
  const texts = [...tree.entries]
    .filter(([path, { type, size }]) => type === "file" && size <= LARGEST && isOfApp(path, folders) && !isLeft(path))
    .map(([path]) => tree.read(path).toString());
  const programs = programsOf(tree, folders, started);
  const tokens = new Set(texts.flatMap((text) => text.match(/[\w@.+-]+/g) ?? []));
  const known = new Map<string, boolean>();
  const children = childrenIn(tree);
  const isFolderNamed = (folder: string) => {
    const name = posix.basename(folder);
    const isIn = (text: string) => names(withoutChildren(text, name, children.get(folder) ?? []), name);
    if (!known.has(folder))
      known.set(folder, texts.some(isIn) || programs.some((program) => program.includes(`${name}/`)));
    return known.get(folder)!;
  };
  // The page that a bundler put into a folder beside the one that it was made from.
  const hasTwin = (path: string) =>
    posix.basename(path) === "index.html" &&
    (children.get(posix.dirname(path)) ?? []).some((name) =>
      tree.entries.has(posix.join(posix.dirname(path), name, "index.html")),
    );
  return {
    isStarted: (path) => started.has(`/${path}`),
    isNamed(path) {
      const absolute = `/${path}`;
      if ([...started].some((folder) => absolute === folder || absolute.startsWith(`${folder}/`))) return true;
      const file = posix.basename(path);
      if ((tokens.has(file) && !hasTwin(path)) || programs.some((program) => program.includes(file))) return true;
      const top = absolute.startsWith(`${cwd}/`) ? cwd.slice(1) : ".";
      for (let folder = posix.dirname(path); folder !== top && folder !== "."; folder = posix.dirname(folder))
        if (isFolderNamed(folder)) return true;
      return false;
    },
  };
}

/** By folder, the names of what lies in it. */
function childrenIn({ entries }: ImageTree): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of entries.keys()) {
    const folder = posix.dirname(path);
    const names = found.get(folder);
    if (names) names.push(posix.basename(path));
    else found.set(folder, [posix.basename(path)]);
  }
  return found;
}

/** A text without paths that lead on to what is there: `pages/dist` and `"pages", "dist"` mean nothing else in `pages`. */
function withoutChildren(text: string, name: string, children: readonly string[]): string {
  if (children.length === 0 || !text.includes(name)) return text;
  const [folder, ...inside] = [name, ...children].map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return text.replace(new RegExp(`${folder}(/|["'\`]\\s*,\\s*["'\`])(${inside.join("|")})(?![\\w.-])`, "g"), "");
}

/** The command without its program, where that is a bare name: it is looked for in PATH, and not where the container starts. */
function withoutPathLookup(entrypoint: unknown, command: unknown): readonly unknown[] {
  const withoutName = (words: unknown) =>
    Array.isArray(words) && !String(words[0] ?? "").includes("/") ? words.slice(1) : words;
  const isEntered = Array.isArray(entrypoint) && entrypoint.length > 0;
  return isEntered ? [withoutName(entrypoint), command] : [withoutName(command)];
}

/** The app's own machine code. What it names runs into what stands beside it, as strings there have no ends. */
function programsOf(tree: ImageTree, folders: ReadonlySet<string>, started: ReadonlySet<string>): Buffer[] {
  return [...tree.entries]
    .filter(([path, { type, size }]) => {
      if (type !== "file" || size > LARGEST_PROGRAM || OF_BASE.test(`/${path}`)) return false;
      return (started.has(`/${path}`) || isBelow(path, folders)) && isElf(tree.read(path, 4));
    })
    .map(([path]) => tree.read(path));
}

/** Of the app itself, as opposed to its packages, and neither about it nor generated from what it is about. */
function isOfApp(path: string, folders: ReadonlySet<string>): boolean {
  if (path.includes("node_modules/") || TALKS.test(path) || !(isReadable(path) || OTHER_TEXT.test(path))) return false;
  return isBelow(path, folders);
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder))
    if (folders.has(folder)) return true;
  return false;
}

/** What `npm start` runs. */
function startScripts(tree: ImageTree, cwd: string): unknown {
  const path = posix.join(cwd, "package.json").slice(1);
  if (tree.entries.get(path)?.type !== "file") return undefined;
  try {
    const { main, scripts = {} } = JSON.parse(tree.read(path).toString());
    return [main, scripts.prestart, scripts.start, scripts.poststart];
  } catch {
    return undefined;
  }
}
