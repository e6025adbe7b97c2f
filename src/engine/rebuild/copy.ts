import { chmod, cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type BuildContext, openContextWith } from "../../context/index.ts";
import type { EditedFile } from "../../pipeline/types.ts";
import { encodeText } from "../../text/index.ts";
import { EngineError } from "../error.ts";
import { edited } from "./edited.ts";

/** A copy of a build context, for edits that the user's own files must not see. */
export interface ContextCopy {
  readonly folder: string;
  /** Adds something new to a file. Throws an `EngineError` for what is no file of the context. */
  edit(path: string): Promise<void>;
  /** Gives files the text that a rewrite gives them. */
  write(files: readonly EditedFile[]): Promise<void>;
  /** Gives all edited files their original content. */
  restore(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Copies what a build would be sent of `folder` under one of the ignore files, with modes and links as they are, to a new folder in
 * `scratch`. Times are kept, so that the engine takes over what it was sent before: a file of equal path, size and time counts as the
 * same. An edit gives a new one.
 */
export async function copyContext(
  folder: string,
  ignoreFiles: readonly (string | undefined)[],
  scratch: string,
): Promise<ContextCopy> {
  const contexts = contextsOf(folder, ignoreFiles);
  const copy = await mkdtemp(join(scratch, "context-"));
  const locked: string[] = [];
  const changed = new Set<string>();
  await cp(folder, copy, {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    async filter(source) {
      const path = relative(folder, source).split(sep).join("/");
      // It counts even where it keeps itself out.
      if (path === ".dockerignore" || contexts.some((context) => context.has(path))) return true;
      if (!contexts.some((context) => context.isFolder(path))) return false;
      if (((await stat(source)).mode & 0o200) === 0) locked.push(join(copy, path));
      return true;
    },
  });
  return {
    folder: copy,
    async edit(path) {
      mustBeFile(contexts, path);
      changed.add(path);
      await overwrite(join(copy, path), edited(path, await readFile(join(copy, path))));
    },
    async write(files) {
      for (const { path, after } of files) {
        mustBeFile(contexts, path);
        changed.add(path);
        await overwrite(join(copy, path), encodeText(after));
      }
    },
    async restore() {
      for (const path of changed) await overwrite(join(copy, path), await readFile(join(folder, path)));
      changed.clear();
    },
    async remove() {
      // Nothing can be removed from a folder that is closed to writing.
      for (const path of locked) await chmod(path, 0o700);
      await rm(copy, { recursive: true, force: true });
    },
  };
}

/** Throws the `EngineError` that an edit of `path` would, before anything is copied. */
export function mustBeEditable(folder: string, ignoreFiles: readonly (string | undefined)[], path: string): void {
  mustBeFile(contextsOf(folder, ignoreFiles), path);
}

function contextsOf(folder: string, ignoreFiles: readonly (string | undefined)[]): readonly BuildContext[] {
  return [...new Set(ignoreFiles)].map((ignoreFile) => openContextWith(folder, ignoreFile));
}

function mustBeFile(contexts: readonly BuildContext[], path: string): void {
  if (!contexts.some((context) => isFile(context, path))) throw new EngineError(`${path} ${reasonOf(contexts, path)}`);
}

async function overwrite(file: string, content: Uint8Array): Promise<void> {
  const { mode } = await stat(file);
  await chmod(file, mode | 0o200);
  await writeFile(file, content);
  await chmod(file, mode);
}

function isFile(context: BuildContext, path: string): boolean {
  return context.has(path) && !context.isLink(path);
}

function reasonOf(contexts: readonly BuildContext[], path: string): string {
  const some = (is: (context: BuildContext) => boolean) => contexts.some(is);
  if (some((context) => context.isLink(path))) return "is a link: name the file that it leads to";
  if (some((context) => context.isFolder(path))) return "is a folder: name a file in it";
  if (some((context) => context.ignores(path))) return "is kept out of the build by .dockerignore";
  return "is no file of the build context";
}
