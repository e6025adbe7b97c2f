/** What a container of the image runs, as far as it can be followed without running it. */
import { posix } from "node:path";
import { type BuildContext, leavesOf, shellCall } from "../../context/index.ts";
import { startedBy } from "../../ecosystems/index.ts";
import { BUILTINS, parseScript } from "../../shell/index.ts";
import { plain } from "../../text/index.ts";
import { type Image, perImage } from "./image.ts";
import { programAt, wordsOf, workingFolderOf } from "./settings.ts";

/** One program with its words. */
export interface Start {
  readonly tool: string;
  /** A word that only the shell knows is undefined. */
  readonly words: readonly (string | undefined)[];
  readonly cwd: string;
  /** The config key or the script that says so. */
  readonly by: string;
  /** Whether node_modules/.bin is in PATH. */
  readonly local: boolean;
}

/** Scripts call each other no deeper than this. */
const DEEPEST = 20;

export const startsOf = perImage((image): readonly Start[] => {
  const { Entrypoint, Cmd, Healthcheck } = image.config;
  const cwd = workingFolderOf(image);
  const entrypoint = wordsOf(Entrypoint);
  const [form, ...check] = wordsOf((Healthcheck as { Test?: unknown } | null | undefined)?.Test);
  const follower = new Follower(image);
  follower.follow([...entrypoint, ...wordsOf(Cmd)], { cwd, by: entrypoint.length > 0 ? "Entrypoint" : "Cmd" });
  if (form === "CMD") follower.follow(check, { cwd, by: "Healthcheck" });
  if (form === "CMD-SHELL") follower.follow([...shellOf(image), ...check], { cwd, by: "Healthcheck" });
  return follower.starts;
});

/** The program that a start means in an image, links not followed. */
export function startedFile(image: Image, { tool, cwd, local }: Start): string | undefined {
  if (local && !tool.includes("/")) {
    for (let folder = cwd; ; folder = posix.dirname(folder)) {
      const path = posix.join(folder, "node_modules/.bin", tool);
      if (image.isFile(path)) return path;
      if (folder === "/") break;
    }
  }
  return programAt(image, tool, cwd);
}

function shellOf({ config }: Image): readonly string[] {
  const shell = wordsOf(config.Shell);
  return shell.length > 0 ? shell : ["/bin/sh", "-c"];
}

interface Place {
  readonly cwd: string;
  readonly by: string;
  readonly local?: boolean;
}

class Follower {
  readonly starts: Start[] = [];
  readonly #image: Image;
  readonly #seen = new Set<string>();
  #depth = 0;

  constructor(image: Image) {
    this.#image = image;
  }

  follow([tool, ...words]: Start["words"], place: Place): void {
    const key = JSON.stringify([tool, words, place]);
    if (!tool || this.#depth > DEEPEST || this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#depth++;
    const start = { tool, words, cwd: place.cwd, by: place.by, local: place.local ?? false };
    this.starts.push(start);
    const name = posix.basename(tool);
    const started = startedBy(name, words);
    if (/^(ba|da|a|z|k)?sh$/.test(name)) this.#shell(words, place);
    else if (started) this.follow(started, place);
    else if (!this.#script(start)) this.#manager(start, place);
    this.#depth--;
  }

  /** `sh [OPTIONS] -c SCRIPT` or `sh [OPTIONS] FILE WORDS`. */
  #shell(words: Start["words"], place: Place): void {
    const call = shellCall(words);
    if (!call) return;
    if ("text" in call) {
      if (call.text !== undefined) this.#text(call.text, place);
      return;
    }
    if (call.file !== undefined) this.#file(posix.resolve(place.cwd, call.file), place);
    this.follow(call.words, place);
  }

  /** A shell script that is started by its name, and what it is told to start in turn. */
  #script(start: Start): boolean {
    const path = startedFile(this.#image, start);
    const head = path && this.#image.read(path, 256)?.toString("latin1");
    if (!path || !head || !/^#!.*\b(ba|da|a|z|k)?sh\b/.test(head)) return false;
    const place = { cwd: start.cwd, by: start.by, local: start.local };
    this.#file(path, place);
    this.follow(start.words, place);
    return true;
  }

  #file(path: string, place: Place): void {
    const text = this.#image.text(path);
    if (text !== undefined) this.#text(text, { ...place, by: path });
  }

  #text(text: string, place: Place): void {
    let { cwd } = place;
    for (const { words } of parseScript(plain(text), "bash").commands) {
      const [name, ...rest] = words.map(({ literal }) => literal);
      if (name === "cd") cwd = posix.resolve(cwd, rest[0] ?? "");
      else if (name === "exec") this.follow(rest, { ...place, cwd });
      else if (name === "." || name === "source") this.#shell(rest, { ...place, cwd });
      else if (name !== undefined && !BUILTINS.has(name)) this.follow([name, ...rest], { ...place, cwd });
    }
  }

  /** The scripts that a package manager runs. */
  #manager(start: Start, place: Place): void {
    const leaves = leavesOf([start.tool, ...start.words], projectIn(this.#image, start.cwd));
    if ("unknown" in leaves || (leaves.length === 1 && start.tool.endsWith(leaves[0]!.tool))) return;
    for (const { tool, words, local, folder = "" } of leaves) {
      const cwd = posix.join(place.cwd, folder);
      if (!BUILTINS.has(tool) && tool !== ">") this.follow([tool, ...words], { ...place, cwd, local });
    }
  }
}

/** A folder of an image, for what reads projects in a build context. */
function projectIn(image: Image, folder: string): BuildContext {
  const at = (path: string) => posix.join(folder, path);
  return {
    root: folder,
    files: () => [],
    emptyFolders: () => [],
    list: (path) => image.list(at(path)),
    has: (path) => image.isFile(at(path)),
    isFolder: (path) => image.isFolder(at(path)),
    isLink: () => false,
    linkTarget: () => undefined,
    mode: () => undefined,
    read: (path) => image.text(at(path)),
    ignores: () => false,
    keepsOut: () => false,
  };
}
