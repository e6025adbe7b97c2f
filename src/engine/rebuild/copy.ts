import { chmod, cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type BuildContext, openContextWith } from "../../context/index.ts";
import { EngineError } from "../error.ts";
import { edited } from "./edited.ts";

/** A copy of a build context, for edits that the user's own files must not see. */
export interface ContextCopy {
  readonly folder: string;
  /** Gives a file its original content with something new added to it. Throws an `EngineError` for what is no file of the context. */
  edit(path: string): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Copies what a build would be sent of `folder`, with modes and links as they are, to a new folder in `scratch`. Times are kept, so that
 * the engine takes over what it was sent before: a file of equal path, size and time counts as the same. An edit gets a new time.
 */
export async function copyContext(
  folder: string,
  ignoreFile: string | undefined,
  scratch: string,
): Promise<ContextCopy> {
  const context = openContextWith(folder, ignoreFile);
  const copy = await mkdtemp(join(scratch, "context-"));
  const locked: string[] = [];
  await cp(folder, copy, {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    async filter(source) {
      const path = relative(folder, source).split(sep).join("/");
      if (context.has(path)) return true;
      if (!context.isFolder(path)) return false;
      if (((await stat(source)).mode & 0o200) === 0) locked.push(join(copy, path));
      return true;
    },
  });
  return {
    folder: copy,
    async edit(path) {
      refuseOther(path, context);
      const file = join(copy, path);
      const { mode } = await stat(file);
      await chmod(file, mode | 0o200);
      await writeFile(file, edited(path, await readFile(join(folder, path))));
      await chmod(file, mode);
    },
    async remove() {
      for (const path of locked) await chmod(path, 0o700);
      await rm(copy, { recursive: true, force: true });
    },
  };
}

function refuseOther(path: string, context: BuildContext): void {
  if (context.has(path) && !context.isLink(path)) return;
  const reason = context.isLink(path)
    ? "is a link; name the file that it leads to"
    : context.isFolder(path)
      ? "is a folder; name a file"
      : context.ignores(path)
        ? "is kept out of the build by .dockerignore"
        : "is no file of the build context";
  throw new EngineError(`${path} ${reason}`);
}
