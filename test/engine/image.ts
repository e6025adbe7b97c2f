/** Images built by BuildKit. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { docker, madeHere } from "../../scripts/engine/docker.ts";

export interface Build {
  /** Undefined when the build failed. */
  readonly id: string | undefined;
  /** What BuildKit said, in its plain form. */
  readonly log: string;
  /** Steps that ran, in order, without those that came from the cache. */
  readonly ran: readonly string[];
}

/** Builds `dockerfile` over the folder `context`. */
export function build(dockerfile: string, context: string, flags: readonly string[] = []): Build {
  const folder = mkdtempSync(join(tmpdir(), "refit-build-"));
  const [file, id] = [join(folder, "Dockerfile"), join(folder, "id")];
  try {
    writeFileSync(file, dockerfile);
    const args = ["build", "--progress=plain", madeHere(), `--iidfile=${id}`, "--file", file, ...flags];
    const built = spawnSync("docker", [...args, context], { encoding: "utf8", maxBuffer: 1 << 28 });
    const log = built.stderr;
    return { id: built.status === 0 ? readFileSync(id, "utf8") : undefined, log, ran: stepsThatRan(log) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `#7 [build 2/5] RUN npm ci`, unless `#7 CACHED` follows. */
function stepsThatRan(log: string): string[] {
  const cached = new Set([...log.matchAll(/^#(\d+) CACHED$/gm)].map(([, step]) => step));
  const steps = new Map(
    [...log.matchAll(/^#(\d+) \[(?:\S+ )?\d+\/\d+\] (.*)$/gm)].map(([, step, what]) => [step, what!]),
  );
  return [...steps].filter(([step, what]) => !cached.has(step) && !what.startsWith("FROM ")).map(([, what]) => what);
}

/** What a command prints in a container of the image, which is run with `flags`. */
export function outputOf(image: string, command: readonly string[], flags: readonly string[] = []): string {
  return docker(["run", "--rm", madeHere(), ...flags, image, ...command]);
}

/** Bytes. */
export function sizeOf(image: string): number {
  return Number(docker(["image", "inspect", "--format", "{{.Size}}", image]));
}
