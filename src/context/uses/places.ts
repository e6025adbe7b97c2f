/** Where files lie that say how a Dockerfile is built: in its folder and above. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** In the order in which Compose looks for them; the first that is there is the project's own. */
export const COMPOSE = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
export const COMPOSE_LIKE = /^(docker-)?compose([._-][\w.-]+)?\.ya?ml$/;
/** In the order in which Bake reads them (buildx, bake/bake.go, defaultFilenames). */
export const BAKE = ["docker-bake.json", "docker-bake.hcl", "docker-bake.override.json", "docker-bake.override.hcl"];

/** Names of the Compose and Bake files in `folder`, sorted. */
export function buildFilesIn(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => COMPOSE_LIKE.test(name) || BAKE.includes(name))
    .sort();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** `start` and the folders above, up to the repository's root, or to `cwd` where there is no repository. */
export function foldersFrom(start: string, cwd: string): string[] {
  const above: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    above.push(folder);
    if (existsSync(join(folder, ".git"))) return above;
    if (dirname(folder) === folder) break;
  }
  const last = above.indexOf(resolve(cwd));
  return last < 0 ? above.slice(0, 1) : above.slice(0, last + 1);
}
