/** What a trace shows, held against what src/ecosystems says. */
import { posix } from "node:path";
import { memoryContext } from "../../../src/context/index.ts";
import { footprintOf, type InstallInputs, installInputsOf, workingFolderOf } from "../../../src/ecosystems/index.ts";
import { invocationOf } from "../../ecosystems/calls.ts";
import { type Files, HOME, type Project, type Tool, type Traced } from "./project.ts";

/** What files would say that the tool only looked for, if they were there. Others hold a word. */
const PLAUSIBLE: Files = { "package.json": '{ "name": "found", "version": "1.0.0", "workspaces": ["*", "*/*"] }' };

/** What the command reads and writes of the context by refit's word, by paths from its root, with `files` as the context. */
export function claimOf({ base }: Tool, { command, from = ".", env = {} }: Project, files: Files): InstallInputs {
  const invocation = invocationOf(command);
  if (!invocation) return { blocked: `no ecosystem knows ${command}` };
  const cwd = posix.join(HOME, from);
  const surroundings = { cwd, env: new Map(Object.entries(env)), base };
  const footprint = footprintOf(invocation, surroundings);
  const ours = (paths: readonly string[]) => paths.filter(isInContext).map(fromRoot);
  if (footprint) return { files: ours(footprint.reads), writes: ours(footprint.writes) };
  const folder = fromRoot(workingFolderOf(invocation, cwd) ?? HOME);
  const inputs = installInputsOf(invocation, memoryContext(files), folder, surroundings);
  const within = (paths: readonly string[]) => paths.map((path) => posix.join(folder, path));
  if ("blocked" in inputs) return inputs;
  const fetched = (inputs.fetched ?? []).filter((path) => !/^[~/]/.test(path));
  return { files: within(inputs.files), writes: within([...inputs.writes, ...fetched]) };
}

function isInContext(path: string): boolean {
  return path.startsWith(`${HOME}/`);
}

function fromRoot(path: string): string {
  return posix.relative(HOME, path);
}

/**
 * Files of the context that the tool touched though the claim does not name them, or changed though a COPY would put them back; and
 * paths that it looked for, or made, where a file of the context would go unnoticed by the claim. One sentence each.
 */
export function holes(tool: Tool, project: Project, { before, changed, touched }: Traced): string[] {
  const claim = claimOf(tool, project, before);
  if ("blocked" in claim) return [];
  const { files, writes } = claim;
  const idle = [...tool.idle, ...(project.idle ?? [])];
  const isIdle = (path: string) => idle.some(([pattern]) => pattern.test(path));
  const isBelow = (path: string, folders: readonly string[]) =>
    folders.some((each) => path === each || path.startsWith(`${each}/`));
  const isFolder = (path: string) => Object.keys(before).some((file) => file.startsWith(`${path}/`));
  const ours = (paths: ReadonlySet<string>) =>
    [...paths]
      .filter(isInContext)
      .map(fromRoot)
      .filter(
        (path) => !isBelow(path, writes) && !isFolder(path) && !isBelow(posix.dirname(path), Object.keys(before)),
      );
  const notices = (path: string) => {
    const answer = claimOf(tool, project, { ...before, [path]: PLAUSIBLE[posix.basename(path)] ?? "found" });
    return "blocked" in answer || isBelow(path, answer.files);
  };
  const isRead = (path: string) => {
    const full = posix.join(HOME, path);
    return tool.asks === undefined || touched.opened.has(full) || touched.wrote.has(full);
  };
  return [
    ...changed.filter((path) => !isBelow(path, writes)).map((path) => `changes ${path}`),
    ...ours(new Set([...touched.looked, ...touched.wrote])).flatMap((path) => {
      if (isIdle(path)) return [];
      if (path in before) return files.includes(path) || !isRead(path) ? [] : [`reads ${path}`];
      return notices(path) ? [] : [`would notice ${path}`];
    }),
  ];
}
