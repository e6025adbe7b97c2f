/** From paths on the command line to Dockerfiles. */
import { existsSync, lstatSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import { Complaint, complaintOf } from "./complaint.ts";
import { isFileOrBrokenLink, walk } from "./walk.ts";

/** `Dockerfile`, `Dockerfile.*`, `*.Dockerfile`, `Containerfile*`, in any case. */
const dockerfileName = /^(?:dockerfile(?:\..+)?|.+\.dockerfile|containerfile.*)$/i;

/**
 * `Dockerfile.dockerignore` and `Dockerfile.test.mjs`, as `refit tests` names it, belong to a Dockerfile and are none; nor are pages about
 * one and settings of programs that write one, such as the `dockerfile.yml` of dockerfile-rails.
 */
const companionName = /\.(?:dockerignore|test\.[cm]?[jt]s|ya?ml|json|toml|md)$/i;

/** Editors and highlighters have a module about Dockerfiles, in lower case (`dockerfile.js`); `Dockerfile.js` may be the one of a JavaScript app. */
const moduleName =
  /^(?:dockerfile|containerfile)\.(?:[cm]?[jt]sx?|html?|css|py|rb|go|rs|php|java|lua|vim|xml|svg|png|snap)$/;

export function isDockerfileName(name: string): boolean {
  return dockerfileName.test(name) && !companionName.test(name) && !moduleName.test(name);
}

export interface Found {
  /** Relative to `cwd` where the user gave a relative path. Sorted within a folder, each file once. */
  readonly paths: readonly string[];
  readonly complaints: readonly Complaint[];
}

/** Files named are taken whatever their name; folders are searched, ignored files left out. */
export function findDockerfiles(paths: readonly string[], cwd: string): Found {
  const found = new Map<string, string>();
  const complaints: Complaint[] = [];
  for (const path of paths) {
    try {
      for (const file of expand(path, cwd, complaints)) {
        const absolute = resolve(cwd, file);
        const target = targetOf(absolute);
        // Rather by its own name than by that of a link to it.
        if (!found.has(target) || target === absolute) found.set(target, file);
      }
    } catch (error) {
      complaints.push(complaintOf(path, error));
    }
  }
  return { paths: [...found.values()], complaints };
}

/** The file itself, where `path` is or goes through a link; `path` where it leads to nothing. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function expand(path: string, cwd: string, complaints: Complaint[]): readonly string[] {
  const absolute = resolve(cwd, path);
  // A link to nothing is a file that will not read: that complaint is the reader's.
  const stats = statSync(absolute, { throwIfNoEntry: false }) ?? lstatSync(absolute);
  if (!stats.isDirectory()) return [path];

  const unreadable = (folder: string, error: unknown) =>
    void complaints.push(complaintOf(join(path, relative(absolute, folder)), error));
  const before = complaints.length;
  const inside = search(absolute, unreadable).sort();
  if (inside.length === 0 && complaints.length === before) throw new Complaint(path, "no Dockerfiles in this folder");
  return inside.map((file) => join(path, file));
}

/** Paths relative to `folder`. A folder that git knows nothing about, because it is ignored or empty, is walked. */
function search(folder: string, unreadable: (folder: string, error: unknown) => void): string[] {
  const walkFrom = (start: string) => walk(start, { wanted: isDockerfileName, unreadable });
  const listed = inRepository(folder) ? listWithGit(folder) : [];
  if (listed.length === 0) return walkFrom(folder);
  return listed.flatMap((path) => {
    if (path.endsWith("/")) return walkFrom(join(folder, path)).map((file) => join(path, file));
    if (!isDockerfileName(basename(path))) return [];
    // Deleted files stay in git's index, and a submodule is listed like a file.
    const exists = lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
    return exists && isFileOrBrokenLink(join(folder, path)) ? [path] : [];
  });
}

function inRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return true;
    if (dirname(at) === at) return false;
  }
}

/** Tracked files, and others that are not ignored; nested repositories with a final `/`. Empty where git can't say. */
function listWithGit(folder: string): string[] {
  // A repository may name a program to run here; it is not ours to run.
  const settings = ["-c", "core.fsmonitor=false"];
  const args = [...settings, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  // Loaded with the first repository: a single file needs none of it, and it is slow to load.
  const { execFileSync } = createRequire(import.meta.url)("node:child_process") as typeof import("node:child_process");
  try {
    const output = execFileSync("git", args, { cwd: folder, maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] });
    return output.toString("utf8").split("\0").filter(Boolean);
  } catch {
    return [];
  }
}
