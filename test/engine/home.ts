/** A home of refit's own for one test, and what the engine has of the runs that belong to it. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { docker } from "../../scripts/engine/docker.ts";

export interface Home {
  /** The environment of a refit that lives here. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Containers, images, scratch folders and ledgers of its runs. */
  things(): string[];
  remove(): void;
}

export function makeHome(): Home {
  const folder = mkdtempSync(join(tmpdir(), "refit-home-"));
  const [state, scratch] = [join(folder, "state"), join(folder, "tmp")];
  mkdirSync(scratch);
  return {
    env: { ...process.env, XDG_STATE_HOME: state, TMPDIR: scratch },
    things: () => [...labelled(join(state, "refit/owner")), ...names(scratch), ...names(join(state, "refit/runs"))],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function labelled(ownerFile: string): string[] {
  if (!existsSync(ownerFile)) return [];
  const filter = `--filter=label=dev.refit.owner=${readFileSync(ownerFile, "utf8")}`;
  return [docker(["ps", "--all", "--quiet", filter]), docker(["images", "--all", "--quiet", filter])].flatMap(words);
}

function names(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Entries of the build cache in whose description `word` is. */
export function cacheEntriesWith(word: string): string[] {
  return docker(["buildx", "du", "--verbose"])
    .split(/^(?=ID:\t)/m)
    .filter((entry) => entry.includes(word));
}

/** Volumes in which a file named `name` is. */
export function volumesWith(name: string): string[] {
  const folder = words(docker(["info", "--format={{.DockerRootDir}}/volumes"]))[0]!;
  return readdirSync(folder).filter((volume) => existsSync(join(folder, volume, "_data", name)));
}

/** A tar with one file. */
export function tarOf(folder: string, path: string): Buffer {
  return execFileSync("tar", ["--directory", folder, "--create", path]);
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
