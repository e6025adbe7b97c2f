/** Small images to run, by their Dockerfiles. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { madeHere } from "../../scripts/engine/docker.ts";

/** Docker's first builder: for a step or two it is faster than BuildKit, and it leaves no cache that has to be cleared away. */
const env = { ...process.env, DOCKER_BUILDKIT: "0" };

/** The id of the image that a Dockerfile without a context makes. */
export function imageOf(dockerfile: string): string {
  const context = mkdtempSync(join(tmpdir(), "refit-images-"));
  try {
    const args = ["build", "--quiet", "--network=none", madeHere(), "--file=-", context];
    const { status, stdout, stderr } = spawnSync("docker", args, { input: dockerfile, encoding: "utf8", env });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim().split("\n").at(-1)!;
  } finally {
    rmSync(context, { recursive: true });
  }
}
