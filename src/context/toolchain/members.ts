/** The packages of a workspace, as package managers name them. */
import { matchingFolders } from "../folders.ts";
import type { BuildContext } from "../types.ts";
import { asObject, type JsonObject, objectOf } from "./jsonc.ts";
import { inFolder } from "./paths.ts";

/**
 * Folders of the members that package.json names, or pnpm-workspace.yaml where there is one that names some, relative to the project. Undefined
 * for patterns that take more than a list of folders.
 */
export function memberFolders(project: BuildContext): readonly string[] | undefined {
  const patterns = pnpmPatterns(project.read("pnpm-workspace.yaml")) ?? ownPatterns(project);
  if (!patterns?.every((pattern) => /^[\w@./*-]+$/.test(String(pattern)))) return undefined;
  const folders = patterns.flatMap((pattern) => matchingFolders(project, "", String(pattern).split("/")));
  return [...new Set(folders)].filter((folder) => folder !== "" && project.has(inFolder(folder, "package.json")));
}

function ownPatterns(project: BuildContext): readonly unknown[] | undefined {
  const field = objectOf(project.read("package.json"))?.workspaces;
  const patterns = Array.isArray(field) ? field : (asObject(field)?.packages ?? []);
  return Array.isArray(patterns) ? patterns : undefined;
}

/** Undefined where the file names no packages: pnpm 10 has settings there as well. */
function pnpmPatterns(text: string | undefined): readonly string[] | undefined {
  const list = /^["']?packages["']?[ \t]*:[ \t]*(.*)\r?\n((?:[ \t]*(?:-.*|#.*)?\r?\n)*)/m.exec(`${text ?? ""}\n`);
  if (!list) return undefined;
  const items = [...(list[2] ?? "").matchAll(/^[ \t]*-[ \t]+(["']?)(.*?)\1[ \t]*(?:#.*)?\r?$/gm)].map(
    ([, , item]) => item!,
  );
  // A list in the form of JSON is left unread.
  return /^(#.*)?$/.test(list[1]!.trim()) ? items : [list[1]!];
}

/**
 * The members that `word` names, by their name or their folder; `*` stands for any part of either, and `...` behind it for the members that
 * they ask for as well. A name without its scope will do where no other package has it (https://pnpm.io/filtering). Undefined where the members
 * can't be listed; none where the word means anything else.
 */
export function membersNamed(word: string, project: BuildContext): readonly string[] | undefined {
  const folders = memberFolders(project);
  const takesNeeds = word.endsWith("...");
  const path = (takesNeeds ? word.slice(0, -3) : word).replace(/^\{(.*)\}$/, "$1").replace(/^\.\/|\/+$/g, "");
  const namedBy = (glob: RegExp) => {
    const isNamed = (name: unknown) => typeof name === "string" && glob.test(name);
    return folders?.filter((folder) => isNamed(folder) || isNamed(manifestOf(folder, project).name));
  };
  const plain = namedBy(globOf(path));
  const scoped = plain?.length === 0 && !path.includes("/") ? namedBy(globOf(`@*/${path}`)) : undefined;
  const named = scoped?.length === 1 ? scoped : plain;
  return takesNeeds && folders && named ? withNeeds(named, folders, project) : named;
}

function globOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", ".*")}$`);
}

function withNeeds(named: readonly string[], all: readonly string[], project: BuildContext): readonly string[] {
  const members = new Map(all.map((folder) => [manifestOf(folder, project).name, folder]));
  const reached = new Set(named);
  for (const folder of reached) {
    const { dependencies, devDependencies, optionalDependencies } = manifestOf(folder, project);
    const needs = { ...asObject(dependencies), ...asObject(devDependencies), ...asObject(optionalDependencies) };
    for (const name of Object.keys(needs)) {
      const member = members.get(name);
      if (member !== undefined) reached.add(member);
    }
  }
  return all.filter((folder) => reached.has(folder));
}

function manifestOf(folder: string, project: BuildContext): JsonObject {
  return objectOf(project.read(inFolder(folder, "package.json"))) ?? {};
}
