/**
 * The build context as BuildKit would send it: `.dockerignore` applied, paths relative to the root with `/` between, sorted.
 * Read once, then constant: facts that are built on it never change within a run.
 */
export interface BuildContext {
  /** Where it came from, for people. */
  readonly root: string;
  /** All files and symlinks, not folders. Walks the whole tree; ask `has` and `list` where they are enough. */
  files(): readonly string[];
  /** Folders in which nothing lies, sorted. BuildKit sends them too. */
  emptyFolders(): readonly string[];
  /** Names of what lies directly in `folder` ("" is the root): files, links and folders, sorted. Empty where there is no such folder. */
  list(folder: string): readonly string[];
  /** Whether `path` is a file or a link. Links are never followed: nothing is found behind one. */
  has(path: string): boolean;
  isFolder(path: string): boolean;
  isLink(path: string): boolean;
  /** Where a link leads, as it is written (`../images`); undefined for all else. */
  linkTarget(path: string): string | undefined;
  /** Permissions of a file or folder (0o755), or undefined where there is none or they are not known. */
  mode(path: string): number | undefined;
  /** Text of a file, or undefined where there is none (or it is a link, or over 16 MB). */
  read(path: string): string | undefined;
  /** Whether `path` exists on disk but `.dockerignore` keeps it out. */
  ignores(path: string): boolean;
  /** Whether `.dockerignore` would keep out a file at `path`, be there one or not. */
  keepsOut(path: string): boolean;
}
