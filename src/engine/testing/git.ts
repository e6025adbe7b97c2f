import { execFileSync } from "node:child_process";
import { basename, dirname } from "node:path";
import { EngineError } from "../error.ts";

/** The text of a file as it was in a revision of the git repository that it lies in. Throws an `EngineError` where there is none. */
export function fileInGit(revision: string, file: string): string {
  // A repository may name a program to run here; it is not ours to run.
  const args = ["-c", "core.fsmonitor=false", "cat-file", "blob", `${revision}:./${basename(file)}`];
  try {
    if (revision.startsWith("-")) throw new Error(`fatal: ${revision} is no revision`);
    return execFileSync("git", args, { cwd: dirname(file), encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
    const reason = (stderr || message).trim().split("\n").at(-1)!.replace("fatal: ", "");
    throw new EngineError(`git has no ${basename(file)} of ${revision}: ${reason}`);
  }
}
