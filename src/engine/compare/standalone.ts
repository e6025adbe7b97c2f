/** What is gone, new and other where a container starts Next's standalone server. */
import { posix } from "node:path";
import { isUnder } from "../../context/index.ts";
import { isStandaloneFor, standaloneServer } from "../../ecosystems/index.ts";
import type { PathRule } from "./explain.ts";
import type { OpenImage } from "./types.ts";

/** The rest of the project that a server was built from. What the original opened of it is held against the new image by the trace. */
export function besideStandalone({ info: { config } }: OpenImage): PathRule {
  const words = [...wordsOf(config.Entrypoint), ...wordsOf(config.Cmd)];
  const server = standaloneServer({ words }, folderOf(config));
  if (server === undefined) return () => undefined;
  return (path) =>
    isUnder(`/${path}`, server.project) && !isUnder(`/${path}`, server.folder)
      ? "what Next's standalone server does not read"
      : undefined;
}

/** The standalone server in the place of `next start`, which is told the same. */
export interface StandIn {
  readonly gone: PathRule;
  readonly added: PathRule;
  readonly changed: PathRule;
  /**
   * Whether the original opens the absolute path because of its command: files of Next's own command and what it reads before it serves.
   * What else it opens, the server does as well.
   */
  isOfCommand(path: string): boolean;
}

/** Undefined where the command is the same, or another one. */
export function standIn(before: OpenImage, after: OpenImage): StandIn | undefined {
  const [old, now] = [before.info.config, after.info.config];
  const folder = folderOf(now);
  const isAlike = folder === folderOf(old) && String(wordsOf(old.Entrypoint)) === String(wordsOf(now.Entrypoint));
  const manifest = posix.join(folder, "package.json").slice(1);
  const text = before.tree.entries.get(manifest)?.type === "file" ? before.tree.read(manifest).toString() : undefined;
  if (!isAlike || !isStandaloneFor({ words: wordsOf(old.Cmd) }, { words: wordsOf(now.Cmd) }, text)) return undefined;
  /** "" for what is not below the project folder. */
  const inside = (path: string) => (isUnder(path, folder) ? posix.relative(folder, path) : "");
  return {
    gone: (path) => (inside(`/${path}`) ? "what Next's trace leaves out" : undefined),
    added: (path) => (inside(`/${path}`) === "server.js" ? "Next's standalone server" : undefined),
    changed: (path) => (OWN_RECORD.test(inside(`/${path}`)) ? "what Next writes down of its configuration" : undefined),
    isOfCommand: (path) => OWN_RECORD.test(inside(path)) || OF_COMMAND.test(inside(path)),
  };
}

/** What a standalone server, where there is one, does without: Next's trace says which files it loads, whatever else they name. */
export function leftByServer(stand: StandIn | undefined, after: OpenImage): PathRule {
  return stand?.gone ?? besideStandalone(after);
}

/** The manifest is written anew; code of pages and routes has `output` compiled in (`nextConfigOutput`), and is numbered by it. */
const OWN_RECORD = /^(package\.json|[\w.-]+\/(required-server-files\.(json|js)|server\/(app|pages)\/.+\.js))$/;

const OF_COMMAND = /^(next\.config\.\w+|\.npmrc|node_modules\/(\.bin|next|\.package-lock\.json)(\/.*)?)$/;

function folderOf({ WorkingDir }: OpenImage["info"]["config"]): string {
  return posix.resolve("/", String(WorkingDir || "/"));
}

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
