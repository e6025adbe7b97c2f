/** Builds by the engine, so many at once, that leave no image behind. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { docker, madeHere } from "../../../scripts/engine/docker.ts";
import { openSession, type Session } from "../../../src/engine/index.ts";
import { type EngineCase, lay, timeOf } from "./case.ts";

export interface Built {
  /** Undefined when the build failed. */
  readonly id: string | undefined;
  readonly log: string;
}

/** Bytes of the largest file that a command may write: a generated one may feed itself its own output. */
const LARGEST_FILE = 10_000_000;

/** Milliseconds; a build takes about one second. */
const LONGEST_BUILD = 300_000;

/** What is the engine's failure, and says nothing about the file. */
const CUT_SHORT =
  /no space left on device|context canceled|Cannot connect to the Docker daemon|error reading from server|Unavailable/;

/** As many builds as keep every processor busy, and no more. */
export const AT_ONCE = Math.min(2, availableParallelism());

export class Builds {
  /** Reads the images. */
  readonly session: Session;
  readonly #folder = mkdtempSync(join(tmpdir(), "refit-fuzz-"));
  readonly #made = new Set<string>();
  /** Folders that are free. BuildKit keeps a copy of each folder that it ever built over, so few are used again and again. */
  readonly #free: string[] = [];
  #folders = 0;
  #count = 0;

  private constructor(session: Session) {
    this.session = session;
  }

  static async open(): Promise<Builds> {
    return new Builds(await openSession({ engine: "docker", env: process.env }));
  }

  /** Builds so far. */
  get count(): number {
    return this.#count;
  }

  /** A new folder with the case's context, for as long as `use` runs. */
  async over<Result>(context: EngineCase["context"], use: (folder: string) => Promise<Result>): Promise<Result> {
    const place = this.#free.pop() ?? join(this.#folder, `place-${this.#folders++}`);
    const folder = join(place, "context");
    try {
      mkdirSync(folder, { recursive: true });
      lay(context, folder, this.#folder);
      return await use(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      this.#free.push(place);
    }
  }

  /** Builds over the folder that `over` gave. */
  async build(dockerfile: string, context: string): Promise<Built> {
    this.#count++;
    const place = join(context, "..", "file");
    mkdirSync(place, { recursive: true });
    const [file, id] = [join(place, "Dockerfile"), join(place, "id")];
    writeFileSync(file, dockerfile);
    const hash = createHash("sha256").update(dockerfile).digest();
    utimesSync(file, timeOf(hash), timeOf(hash));
    const own = [
      "--progress=plain",
      madeHere(),
      `--iidfile=${id}`,
      "--file",
      file,
      "--network=none",
      `--ulimit=fsize=${LARGEST_FILE}`,
    ];
    const args = ["buildx", "build", ...own, context];
    const { code, stderr } = await run("docker", args);
    const image = code === 0 ? readFileSync(id, "utf8") : undefined;
    if (image !== undefined) this.#made.add(image);
    return { id: image, log: stderr };
  }

  /** Removes the images made so far. */
  clear(): void {
    const images = [...this.#made];
    this.#made.clear();
    for (let start = 0; start < images.length; start += 100) {
      docker(["rmi", "--force", ...images.slice(start, start + 100)]);
    }
  }

  async close(): Promise<void> {
    this.clear();
    await this.session.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[]): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"], timeout: LONGEST_BUILD });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === null || CUT_SHORT.test(stderr)) reject(new Error(`a build was cut short:\n${stderr}`));
      else resolve({ code, stderr });
    });
  });
}
