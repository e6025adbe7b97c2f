/** The packages of a workspace, as npm and Yarn name them. */
import { matchingFolders } from "../folders.ts";
import type { BuildContext } from "../types.ts";
import { asObject, objectOf } from "./jsonc.ts";
import { inFolder } from "./paths.ts";

/** Folders of the members that package.json names, relative to the project. Undefined for patterns that take more than a list of folders. */
export function memberFolders(project: BuildContext): readonly string[] | undefined {
  const field = objectOf(project.read("package.json"))?.workspaces;
  const patterns = Array.isArray(field) ? field : (asObject(field)?.packages ?? []);
  if (!Array.isArray(patterns) || !patterns.every((pattern) => /^[\w@./*-]+$/.test(String(pattern)))) return undefined;
  const folders = patterns.flatMap((pattern) => matchingFolders(project, "", String(pattern).split("/")));
  return [...new Set(folders)].filter((folder) => project.has(inFolder(folder, "package.json")));
}

/** The member that `word` names, by its name or its folder. */
export function memberNamed(word: string, project: BuildContext): string | undefined {
  const path = word.replace(/^\.\/|\/+$/g, "");
  return memberFolders(project)?.find(
    (folder) => folder === path || objectOf(project.read(inFolder(folder, "package.json")))?.name === word,
  );
}
