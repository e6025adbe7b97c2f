/** What files of a project say of others: their texts, and where links lead. */
import { posix } from "node:path";
import type { BuildContext } from "../context/index.ts";
import { filesOf } from "./blocked.ts";

/** Of a file or of all files of a folder, those that `isText` leaves out aside. */
export function textsBelow(project: BuildContext, entry: string, isText: (path: string) => boolean): readonly string[] {
  return filesOf(project, entry).flatMap(
    (path) => ledTo(project, path) ?? (isText(path) ? project.read(path) : undefined) ?? [],
  );
}

/** Where a link leads, by its path in the project. */
function ledTo(project: BuildContext, path: string): string | undefined {
  const target = project.linkTarget(path);
  return target === undefined || target.startsWith("/") ? target : posix.join(posix.dirname(path), target);
}
