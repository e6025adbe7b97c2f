/** The build context that a rewrite is built over, where it edits files of it. */
import type { EditedFile } from "../pipeline/types.ts";
import { copyContext } from "./rebuild/copy.ts";
import type { ProofRequest, Session } from "./types.ts";

const copies = new WeakMap<Session, Map<string, Promise<string>>>();

/** The folder of the context with `files` as they are edited: a copy that the session keeps while it is open, or the context itself. */
export function contextWith(
  session: Session,
  { context, ignoreFile, newIgnoreFile }: Pick<ProofRequest, "context" | "ignoreFile" | "newIgnoreFile">,
  files: readonly EditedFile[] = [],
): Promise<string> {
  if (files.length === 0) return Promise.resolve(context);
  const known = copies.get(session) ?? new Map<string, Promise<string>>();
  copies.set(session, known);
  const ignoreFiles = [ignoreFile, newIgnoreFile];
  const key = JSON.stringify([context, ignoreFiles, files]);
  const copy = known.get(key) ?? copyWith(context, ignoreFiles, files, session.scratch);
  known.set(key, copy);
  return copy;
}

async function copyWith(
  context: string,
  ignoreFiles: readonly (string | undefined)[],
  files: readonly EditedFile[],
  scratch: string,
): Promise<string> {
  const copy = await copyContext(context, ignoreFiles, scratch);
  await copy.write(files);
  return copy.folder;
}
