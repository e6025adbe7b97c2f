/** Where Python's installers put packages, as far as all that they leave is there. */
import { posix } from "node:path";
import { knownBase } from "../../bases/index.ts";
import { isUnder } from "../../context/index.ts";
import { homeOf } from "../system.ts";
import type { Surroundings } from "../types.ts";

/** Variables that lead Python or pip elsewhere. */
const ELSEWHERE =
  /^(DEB_PYTHON_INSTALL_LAYOUT|PYTHON(HOME|USERBASE)|PIP_(TARGET|PREFIX|ROOT|USER|SRC|PYTHON|EDITABLE|CONFIG_FILE|LOG|REPORT)|CONDA_PREFIX|UV_(TARGET|PREFIX|PYTHON|SYSTEM_PYTHON))$/;

/** Where the programs of the system are, and those of its users. */
const SYSTEM_PROGRAMS = /^(\/usr(\/local)?\/s?bin|\/s?bin|.*\/\.local\/bin)$/;

/** Folders that people call a virtual environment. */
const ENVIRONMENT = /(^|\/)[\w.-]*(v?env|virtualenv)[\w.-]*$/i;

/**
 * The packages of the Python that runs as `program` (`pip`, `/opt/venv/bin/pip`): its virtual environment, or the folders of an official
 * image. Undefined where that is not known.
 */
export function packagePlaces(program: string, surroundings: Surroundings): readonly string[] | undefined {
  const { env } = surroundings;
  if ([...env.keys()].some((name) => ELSEWHERE.test(name)) || !looksInProject(surroundings)) return undefined;
  const environment = environmentOf(program, surroundings);
  if (environment === undefined) return undefined;
  if (environment !== null) return [environment];
  return systemPlaces(surroundings);
}

/** Whether what PYTHONPATH names lies in the folder that an install runs in: whatever pip finds there, it is the project's. */
function looksInProject({ env, cwd }: Surroundings): boolean {
  if (!env.has("PYTHONPATH")) return true;
  const folders = env.get("PYTHONPATH")?.split(":");
  return cwd !== undefined && cwd !== "/" && folders?.every((path) => path === "" || isUnder(path, cwd)) === true;
}

/** The environment of a program; null for the system's Python, undefined where that is not known. */
export function environmentOf(program: string, { env, searched }: Surroundings): string | null | undefined {
  const named = env.has("VIRTUAL_ENV") ? env.get("VIRTUAL_ENV") : null;
  if (named === undefined) return undefined;
  const folder = program.includes("/") ? posix.dirname(program) : searched?.[0];
  if (folder === undefined || SYSTEM_PROGRAMS.test(folder)) return named === null || named === "" ? null : undefined;
  const environment = folder.endsWith("/bin") ? posix.dirname(folder) : undefined;
  return environment !== undefined && (environment === named || ENVIRONMENT.test(environment))
    ? environment
    : undefined;
}

/** Whether Python is where the official images have it. */
export function isOfficial(base: string | undefined): boolean {
  return knownBase(base ?? "")?.family.name === "python";
}

/** `3.12` of an official image `python:3.12-slim`. */
export function versionOf(base: string | undefined): string | undefined {
  return isOfficial(base) ? /^3\.\d+/.exec(knownBase(base!)?.version ?? "")?.[0] : undefined;
}

/**
 * Below it a wheel may put files anywhere (sysconfig, `posix_prefix` and Debian's `posix_local`: `data` is the prefix itself). The official images
 * have Python there too; Debian and Ubuntu have theirs in `/usr`, and keep this for packages that pip brings (Debian Python Policy).
 */
export const PREFIX = "/usr/local";

/** What an install into the Python of the image fills, which is that of an official image or of the distribution. */
export function systemPlaces({ base }: Surroundings): readonly string[] | undefined {
  return isOfficial(base) || hasOwnPip(base) ? [PREFIX] : undefined;
}

/** Releases of Debian and Ubuntu that are still in use, in which nobody has to get pip in other ways than by `python3-pip`. */
function hasOwnPip(base: string | undefined): boolean {
  const known = knownBase(base ?? "");
  const release = Number(known?.version ?? 0);
  return (known?.family.name === "debian" && release >= 11) || (known?.family.name === "ubuntu" && release >= 20);
}

/** `~/.local`, where `pip install --user` puts what root installs. */
export function userPlace(surroundings: Surroundings): string | undefined {
  const home = homeOf(surroundings);
  return home === undefined ? undefined : posix.join(home, ".local");
}
