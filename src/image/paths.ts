/** Absolute paths in an image. */
import { isKnown, type Text } from "./digest.ts";

const split = new Map<string, readonly string[]>();

/** The names on an absolute, normal path. */
export function namesOf(path: string): readonly string[] {
  const known = split.get(path);
  if (known) return known;
  if (split.size > 20_000) split.clear();
  const made = path.split("/").filter((name) => name !== "");
  split.set(path, made);
  return made;
}

/** `path` seen from `folder`, with `.` and `..` resolved as text; undefined where a part is unknown. */
export function absolute(folder: Text | undefined, path: Text): string | undefined {
  const whole = path.startsWith("/") ? path : folder === undefined ? undefined : `${folder}/${path}`;
  if (whole === undefined || !isKnown(whole)) return undefined;
  const names: string[] = [];
  for (const name of whole.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return `/${names.join("/")}`;
}

/** The folders that a PATH names before the first that is not known or not absolute. */
export function searchedFirst(path: Text | null | undefined): readonly string[] {
  const folders = path?.split(":") ?? [];
  const end = folders.findIndex((folder) => !folder.startsWith("/") || !isKnown(folder));
  return end < 0 ? folders : folders.slice(0, end);
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0)) || "/";
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
