/** Folders of manifests: copied alone, a file makes those that it needs, with other permissions than a COPY of all brings. */
import { posix } from "node:path";
import { flagNamed } from "../dockerfile/index.ts";
import { type ContextCopy, isWithin } from "../image/index.ts";
import type { Facts, Step } from "../image/types.ts";
import { runsAsRoot } from "./user.ts";

/**
 * The first folder of `files` (path in the image to path in the context) in which `step`, which comes after `copy`, could do something else
 * where they alone are copied as `copy` would. A folder that a file needs is made as 0755; COPY of the folder above gives it the mode of the
 * build context, and the owner that it names, also where it is there (BuildKit, fsutil/copy).
 */
export function changedFolder(
  { step: copying, destination }: ContextCopy,
  files: ReadonlyMap<string, string>,
  step: Step,
  facts: Facts,
): string | undefined {
  const owner = flagNamed(copying.instruction, "chown")?.value;
  const chmod = flagNamed(copying.instruction, "chmod")?.value;
  const isRoot = runsAsRoot(step, facts);
  const { user } = step.before;
  const isOwned = owner !== undefined && user !== undefined && owner.split(":")[0] === user.split(":")[0];
  const entered = copying.stage.steps.slice(0, copying.index + 1).flatMap(({ before: { cwd } }) => cwd ?? []);
  const changes = (path: string, source: string) => {
    const mode = chmod === undefined ? facts.context?.mode(source) : Number.parseInt(chmod, 8);
    if (mode === undefined || Number.isNaN(mode)) return chmod !== undefined && !isRoot;
    const isThere = entered.some((cwd) => isWithin(cwd, path));
    // npm gives what root installs to the owner of the folder; what is made in a folder with a group of its own gets that group.
    if ((isThere && (owner ?? user) !== undefined && !(isRoot && owner === undefined)) || (mode & 0o2000) !== 0)
      return true;
    if (isRoot) return false;
    // Its owner's permissions count for its owner; of a user that nobody named, that it is not in root's group.
    const counts = isOwned ? 0o700 : user === undefined ? 0o707 : 0o777;
    return ((mode ^ 0o755) & counts) !== 0;
  };
  for (const [path, source] of files)
    for (const [folder, from] of foldersBetween(path, source, destination?.path ?? "/"))
      if (changes(folder, from)) return folder;
  return undefined;
}

/** The folders of `path` below `root`, each with what it is in the build context. */
function foldersBetween(path: string, source: string, root: string): [string, string][] {
  const folders: [string, string][] = [];
  let [at, from] = [posix.dirname(path), posix.dirname(source)];
  while (at !== root && isWithin(at, root) && from !== ".") {
    folders.push([at, from]);
    [at, from] = [posix.dirname(at), posix.dirname(from)];
  }
  return folders;
}
