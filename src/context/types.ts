/**
 * The build context as BuildKit would send it: `.dockerignore` applied, paths relative to the root with `/` between, sorted.
 * Read once, then constant: facts that are built on it never change within a run.
 */
export interface BuildContext {
  /** Where it came from, for people. */
  readonly root: string;
  /** All files and symlinks, not folders. */
  files(): readonly string[];
  has(path: string): boolean;
  isFolder(path: string): boolean;
  /** Text of a file, or undefined where there is none (or it is a link, or over 4 MB). */
  read(path: string): string | undefined;
  /** Whether `path` exists on disk but `.dockerignore` keeps it out. */
  ignores(path: string): boolean;
}
