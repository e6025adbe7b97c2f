/** Images built by BuildKit, and what they hold. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { docker, MADE } from "../../scripts/engine/docker.ts";
import { type Entry, readTar } from "./tar.ts";

export interface Build {
  /** Undefined when the build failed. */
  readonly id: string | undefined;
  /** What BuildKit said, in its plain form. */
  readonly log: string;
  /** Steps that ran, in order, without those that came from the cache. */
  readonly ran: readonly string[];
}

export interface Contents {
  readonly config: Readonly<Record<string, unknown>>;
  readonly tree: ReadonlyMap<string, Entry>;
}

const CONFIG = [
  "Env",
  "Cmd",
  "Entrypoint",
  "WorkingDir",
  "User",
  "ExposedPorts",
  "Volumes",
  "Labels",
  "StopSignal",
  "Healthcheck",
  "Shell",
  "OnBuild",
];

/** Builds `dockerfile` over the folder `context`. */
export function build(dockerfile: string, context: string, flags: readonly string[] = []): Build {
  const folder = mkdtempSync(join(tmpdir(), "refit-build-"));
  const [file, id] = [join(folder, "Dockerfile"), join(folder, "id")];
  try {
    writeFileSync(file, dockerfile);
    const args = ["build", "--progress=plain", `--label=${MADE}=engine`, `--iidfile=${id}`, "--file", file, ...flags];
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

export function contentsOf(image: string): Contents {
  const inspected = JSON.parse(docker(["image", "inspect", image]))[0].Config;
  const config = Object.fromEntries(CONFIG.map((name) => [name, inspected[name] ?? null]));
  const folder = mkdtempSync(join(tmpdir(), "refit-export-"));
  // An image without a command is given one, since a container must have one; it never runs.
  const container = docker(["create", `--label=${MADE}=engine`, image, "none"]).trim();
  try {
    docker(["export", "--output", join(folder, "tree.tar"), container]);
    return { config, tree: readTar(join(folder, "tree.tar")) };
  } finally {
    docker(["rm", container]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes. */
export function sizeOf(image: string): number {
  return Number(docker(["image", "inspect", "--format", "{{.Size}}", image]));
}
