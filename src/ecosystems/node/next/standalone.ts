/**
 * Next's standalone server: with `output: "standalone"`, `next build` puts next to what it builds a folder that has a server and, of the
 * packages, the files that it loads (https://nextjs.org/docs/app/api-reference/config/next-config-js/output). The server works in its own folder.
 */
import { posix } from "node:path";
import { type BuildContext, isUnder, readNextConfig } from "../../../context/index.ts";
import { filesBelow } from "../../blocked.ts";
import { startedBy } from "../../starters.ts";
import type { BuildWork, BuiltApp, Start } from "../../types.ts";
import { readNodeWords } from "../runtime/node-words.ts";
import type { Running } from "../runtime/running.ts";
import { CODE, isTest, names, wordsIn } from "../runtime/source-text.ts";

/** The folder of the standalone server, relative to the project; undefined where no `next build` makes one. */
function standaloneFolder(project: BuildContext): string | undefined {
  const config = readNextConfig(project);
  return !("unknown" in config) && config.output === "standalone" ? `${config.distDir}/standalone` : undefined;
}

/**
 * What of the project a container needs that starts the standalone server and nothing else of the project: its folder, and the entries
 * that `texts`, words of what runs and of later steps, name. Undefined for any other container.
 */
export function standaloneApp(
  work: BuildWork,
  outputs: readonly string[],
  { files, usesPackages }: Pick<Running, "files" | "usesPackages">,
  texts: readonly string[],
): BuiltApp | undefined {
  const { project, folder } = work;
  const server = standaloneFolder(project);
  if (server === undefined || usesPackages || files.length === 0) return undefined;
  const isServer = (file: string) => posix.resolve(folder, file) === posix.join(folder, server, "server.js");
  if (!outputs.some((path) => isUnder(server, path)) || !files.every(isServer)) return undefined;
  const code = filesBelow(project, "").filter((file) => CODE.test(file) && !isTest(file));
  if (code.some((file) => leavesFolder(project.read(file) ?? "", folder))) return undefined;
  return {
    outputs: [{ path: server, isFolder: true }],
    packages: [],
    entries: project.list("").filter((entry) => texts.some((text) => names(text, entry))),
    dropped: ["packages that Next's standalone server does not load", "sources"],
  };
}

/** Whether code looks for files above the folder that the server works in. */
function leavesFolder(text: string, folder: string): boolean {
  return text.includes(`${folder}/`) || /\bcwd\(\)[^;\n]*\.\./.test(text);
}

/** Where a standalone server works, and the project that it was built from, of which it reads nothing else. Both absolute. */
export interface StandaloneServer {
  readonly folder: string;
  readonly project: string;
}

/** The standalone server that a container starts where Next put it; `cwd` is its working directory. */
export function standaloneServer(start: Start, cwd: string): StandaloneServer | undefined {
  const [tool = "", ...words] = "words" in start ? start.words : wordsIn(start.script);
  const started = startedBy(posix.basename(tool), words);
  if (started?.every((word) => word !== undefined)) return standaloneServer({ words: started }, cwd);
  if (tool === "exec") return standaloneServer({ words }, cwd);
  const { file } = tool === "node" ? readNodeWords(words) : {};
  const path = file === undefined ? "" : posix.resolve(cwd, file);
  const [, folder, project] = /^((\/.+)\/[^/]+\/standalone)\/server\.js$/.exec(path) ?? [];
  return folder === undefined || project === undefined ? undefined : { folder, project };
}
