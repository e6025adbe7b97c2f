import { posix } from "node:path";

/**
 * `path`, written in `folder`, relative to the project ("" is the project itself); undefined where it leaves the project.
 * An absolute path is never inside: refit does not know where the project lies.
 */
export function within(folder: string, path: string): string | undefined {
  if (path.startsWith("/")) return undefined;
  const joined = posix.join(folder, path).replace(/\/$/, "");
  if (joined === ".") return "";
  return joined === ".." || joined.startsWith("../") ? undefined : joined;
}

/** As `within`, of a value of a configuration: it is absolute, with the project as "/", where it was built from `__dirname`. */
export function inProject(folder: string, path: string): string | undefined {
  const base = folder.replace(/^\//, "");
  return path.startsWith("/") ? within("", path.slice(1)) : within(base, path);
}

export function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

/** Whether `path` is `folder` or below it; everything is below "". */
export function isUnder(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/** `folder/name`, where "" is the project itself. */
export function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
