/**
 * Runs scripts the way BuildKit runs RUNs: each in a container of its own (bubblewrap) on the layers of those before (overlayfs), by a
 * real shell.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const SHELLS = ["dash", "ash", "bash"] as const;
export type ShellName = (typeof SHELLS)[number];

/** What a build leaves: whether it worked, and if so every file with type, mode, owner, link target and content. */
export interface Outcome {
  readonly worked: boolean;
  readonly files: string;
}

/** What the listing shows of the image; programs are left out. */
const LIST = [
  // A folder's link count is overlayfs's own affair.
  "-type f -exec stat -c '%n %f %u:%g %h' {} +",
  "! -type f -exec stat -c '%n %f %u:%g %N' {} +",
  "-type f -exec md5sum {} +",
].map((actions) => `find /work /etc /tmp /root /opt /var /usr/local ${actions} 2>/dev/null | sort`);

/** The names of what this machine lacks; empty where the sandbox can run. */
export function missingTools(): readonly string[] {
  const missing = ["bwrap", "dash", "bash", "busybox"].filter(
    (tool) => spawnSync("sh", ["-c", `command -v ${tool}`]).status !== 0,
  );
  if (missing.length > 0) return missing;
  const probe = spawnSync("bwrap", ["--ro-bind", "/", "/", "--tmp-overlay", "/tmp", "true"]);
  return probe.error ? ["bwrap"] : [];
}

export class Sandbox {
  readonly #home = mkdtempSync(join(tmpdir(), "refit-sandbox-"));
  readonly #root = join(this.#home, "root");
  #count = 0;

  constructor() {
    for (const folder of "bin lib lib64 usr/bin usr/local/bin etc work tmp root dev proc var/log opt".split(" ")) {
      mkdirSync(join(this.#root, folder), { recursive: true });
    }
    const busybox = execFileSync("sh", ["-c", "command -v busybox"], { encoding: "utf8" }).trim();
    copyFileSync(busybox, join(this.#root, "bin/busybox"));
    for (const applet of execFileSync(busybox, ["--list"], { encoding: "utf8" }).split("\n")) {
      const link = join(this.#root, "bin", applet);
      if (applet && !existsSync(link)) symlinkSync("busybox", link);
    }
    for (const shell of ["dash", "bash"]) this.#install(shell);
    writeFileSync(join(this.#root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    writeFileSync(join(this.#root, "etc/group"), "root:x:0:\n");
    // What generated scripts find in their working directory and on PATH.
    mkdirSync(join(this.#root, "work/src"));
    writeFileSync(join(this.#root, "work/seed"), "one:two three\nfour\n");
    writeFileSync(join(this.#root, "work/settings.sh"), "FOO=sourced\ncd src\n");
    writeFileSync(join(this.#root, "bin/tool"), "#!/bin/sh\necho old\n", { mode: 0o755 });
  }

  /** A program of this machine with the libraries that it names. */
  #install(program: string): void {
    const path = execFileSync("sh", ["-c", `readlink -f "$(command -v ${program})"`], { encoding: "utf8" }).trim();
    rmSync(join(this.#root, "bin", program), { force: true });
    copyFileSync(path, join(this.#root, "bin", program));
    const libraries = spawnSync("ldd", [path], { encoding: "utf8" }).stdout ?? "";
    for (const [library] of libraries.matchAll(/\/\S+/g)) {
      const target = join(this.#root, library);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(library, target);
    }
  }

  /** Runs `scripts` one after the other, each on the layers of those before; stops at the first that fails. */
  build(shell: ShellName, scripts: readonly string[], shellWords: readonly string[] = ["-c"]): Outcome {
    const run = join(this.#home, String(this.#count++));
    const layers = [this.#root];
    let listing = "";
    for (const [index, script] of scripts.entries()) {
      const last = index === scripts.length - 1;
      const upper = join(run, `upper-${index}`);
      const scratch = join(run, `scratch-${index}`);
      mkdirSync(upper, { recursive: true });
      mkdirSync(scratch, { recursive: true });
      const result = spawnSync(
        "bwrap",
        [
          ...layers.flatMap((layer) => ["--overlay-src", layer]),
          ...["--overlay", upper, scratch, "/"],
          ...[
            "--dev",
            "/dev",
            "--proc",
            "/proc",
            "--tmpfs",
            "/dev/shm",
            "--unshare-all",
            "--die-with-parent",
            "--new-session",
          ],
          ...[
            "--clearenv",
            "--setenv",
            "PATH",
            "/usr/local/bin:/bin",
            "--setenv",
            "HOME",
            "/root",
            "--setenv",
            "GIVEN",
            "given",
          ],
          ...["--chdir", "/work"],
          // The listing belongs to the test, so it runs outside of the script's shell.
          ...[
            "/bin/busybox",
            "sh",
            "-c",
            `"$@" </dev/null >/dev/null 2>&1 || exit 1; ${last ? LIST.join("; ") : ""}`,
            "sh",
          ],
          ...[...commandOf(shell), ...shellWords, script],
        ],
        { encoding: "utf8", timeout: 60_000 },
      );
      if (result.status !== 0) {
        // The sandbox's own trouble is not the script's.
        if (result.status === null || /bwrap:/.test(result.stderr)) throw result.error ?? new Error(result.stderr);
        rmSync(run, { recursive: true, force: true });
        return { worked: false, files: "" };
      }
      layers.push(upper);
      listing = result.stdout;
    }
    rmSync(run, { recursive: true, force: true });
    return { worked: true, files: listing };
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}

function commandOf(shell: ShellName): readonly string[] {
  return shell === "ash" ? ["/bin/busybox", "ash"] : [`/bin/${shell}`];
}
