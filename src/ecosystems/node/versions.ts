/** Which versions of npm, pnpm and Yarn are at hand: the base brings npm and Yarn, and steps install others. */
import type { Invocation, Surroundings } from "../types.ts";

const MANAGERS = ["npm", "pnpm", "yarn"];

/** Package managers that `npm install -g` or Corepack is told to install, with the version or tag asked for. */
export function versionsAsked({ ecosystem, purpose, call }: Invocation): [string, string | undefined][] {
  if (ecosystem !== "npm" || purpose !== "system") return [];
  return call.args.flatMap((word): [string, string | undefined][] => {
    // A word that only the shell knows may be any of them.
    if (word === undefined) return MANAGERS.map((name) => [name, undefined]);
    const [, name = "", version = "latest"] = /^(\w+)(?:@(.+))?$/.exec(word) ?? [];
    return MANAGERS.includes(name) ? [[name, version]] : [];
  });
}

/** The major version of pnpm, where it is known. Corepack, and pnpm itself from 10 on, run the one that `packageManager` names. */
export function pnpmMajor(packageManager: unknown, { corepack, versions }: Surroundings): number | undefined {
  const pinned = /^pnpm@(\d+)/.exec(String(packageManager ?? ""))?.[1];
  const asked = /^(\d+)/.exec(versions?.get("pnpm") ?? "")?.[1];
  const version = corepack && pinned !== undefined ? pinned : asked;
  return version === undefined ? undefined : Number(version);
}
