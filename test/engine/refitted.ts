/** What `refit` makes of a Dockerfile in a folder, by the command line that users have. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/engine/folders.ts";

let built = false;

/** Rewrites `folder`/Dockerfile and returns its text; throws with what was said when refit fails. */
export function refitted(folder: string, flags: readonly string[] = ["--offline"]): string {
  if (!built) execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root });
  built = true;
  const program = join(root, "dist/refit.js");
  const { status, stderr } = spawnSync(process.execPath, [program, "--write", ...flags, "Dockerfile"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(join(folder, "Dockerfile"), "utf8");
}
