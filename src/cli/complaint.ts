/** Something the user can mend that spoils one file or argument. Others go on; the exit code is 2. */
export class Complaint extends Error {
  override readonly name = "Complaint";
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

const known: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EISDIR: "is a folder",
  ENOTDIR: "a part of the path is not a folder",
  ELOOP: "a loop of symbolic links",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "no space left on the disk",
  EROFS: "the file system is read-only",
  EMFILE: "too many open files",
};

/** The complaint for a file system error; any other error is thrown on. */
export function complaintOf(path: string, error: unknown): Complaint {
  if (error instanceof Complaint) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined || !(error as NodeJS.ErrnoException).syscall) throw error;
  return new Complaint(path, known[code] ?? code);
}
