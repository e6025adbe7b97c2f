/** Which versions of npm, pnpm and Yarn are at hand: the base brings npm and Yarn, and steps install others. */
import type { Call, Invocation, Surroundings } from "../types.ts";

const MANAGERS = ["npm", "pnpm", "yarn"];

/**
 * Package managers that `npm install -g` or Corepack is told to install, with the version or tag asked for, and Corepack itself once it stands in
 * for some of them, with their names.
 */
export function versionsAsked({ ecosystem, purpose, action, call }: Invocation): [string, string | undefined][] {
  if (ecosystem !== "npm" || purpose !== "system") return [];
  if (call.tool === "corepack" && action === "enable") return [["corepack", namesSwitchedOn(call)]];
  return call.args.flatMap((word): [string, string | undefined][] => {
    // A word that only the shell knows may be any of them.
    if (word === undefined) return MANAGERS.map((name) => [name, undefined]);
    const [, name = "", version = "latest"] = /^(\w+)(?:@(.+))?$/.exec(word) ?? [];
    return MANAGERS.includes(name) ? [[name, version]] : [];
  });
}

/** `pnpm yarn` of `corepack enable`, which leaves npm alone unless it is told not to. */
function namesSwitchedOn({ args }: Call): string {
  const names = args.flatMap((word) => MANAGERS.filter((name) => word === undefined || name === word));
  return (names.length > 0 ? names : ["pnpm", "yarn"]).join(" ");
}

/** The major version of pnpm, where it is known. Corepack, and pnpm itself from 10 on, run the one that `packageManager` names. */
export function pnpmMajor(packageManager: unknown, surroundings: Surroundings): number | undefined {
  const { pinned, asked } = pnpmMajors(packageManager, surroundings);
  return surroundings.corepack && pinned !== undefined ? pinned : asked;
}

/** The major versions of pnpm that `packageManager` names, and that a step installed; either may run. */
export function pnpmMajors(packageManager: unknown, { versions }: Surroundings): { pinned?: number; asked?: number } {
  const pinned = /^pnpm@(\d+)/.exec(String(packageManager ?? ""))?.[1];
  const asked = /^(\d+)/.exec(versions?.get("pnpm") ?? "")?.[1];
  return { ...(pinned && { pinned: Number(pinned) }), ...(asked && { asked: Number(asked) }) };
}

/**
 * The major version of npm, `Infinity` for the newest; undefined where it is not known. Of an official image it is the one that came with
 * its Node (https://nodejs.org/dist/index.json), the oldest one where it may be several.
 */
export function npmMajor({ base, versions }: Surroundings): number | undefined {
  if (versions?.has("npm")) {
    const asked = versions.get("npm") ?? "";
    return /^\d/.test(asked) ? Number.parseInt(asked, 10) : asked === "latest" ? Number.POSITIVE_INFINITY : undefined;
  }
  const node = nodeVersion(base);
  return node && NPM_OF_NODE.find(([major, minor]) => node[0] > major || (node[0] === major && node[1] >= minor))?.[2];
}

/** From which major and minor version of Node on which npm is the oldest that comes along. Newest first. */
const NPM_OF_NODE: readonly (readonly [major: number, minor: number, npm: number])[] = [
  [24, 0, 11],
  [21, 0, 10],
  [20, 0, 9],
  [16, 11, 8],
  [15, 0, 7],
  [10, 3, 6],
  [9, 0, 5],
  [8, 12, 6],
  [8, 0, 5],
  [7, 0, 4],
  [5, 0, 3],
  [0, 0, 2],
];

/** Names of releases with long-term support (https://github.com/nodejs/Release). */
const NAMES: Readonly<Record<string, number>> = {
  argon: 4,
  boron: 6,
  carbon: 8,
  dubnium: 10,
  erbium: 12,
  fermium: 14,
  gallium: 16,
  hydrogen: 18,
  iron: 20,
  jod: 22,
  krypton: 24,
};

/** The Node version of an official image's tag, `Infinity` for what the tag leaves open; undefined for other images. */
export function nodeVersion(base: string | undefined): readonly [number, number] | undefined {
  const tag = /^(?:docker\.io\/)?(?:library\/)?node(?::([^@]+))?(?:@.*)?$/.exec(base ?? "");
  if (!tag) return undefined;
  const numbers = /^(\d+)(?:\.(\d+))?/.exec(tag[1] ?? "");
  if (numbers) return [Number(numbers[1]), numbers[2] === undefined ? Number.POSITIVE_INFINITY : Number(numbers[2])];
  const [name = ""] = /^\w+/.exec(tag[1] ?? "latest") ?? [];
  const named = NAMES[name];
  if (named !== undefined) return [named, Number.POSITIVE_INFINITY];
  const isNewest = /^(latest|current|lts|alpine|slim|bookworm|bullseye|trixie)$/.test(name);
  return isNewest ? [Number.POSITIVE_INFINITY, 0] : undefined;
}

/** Whether the base is known to have Bun 1.4 or newer. */
export function hasBun14(base: string | undefined): boolean {
  const [, tag = "latest"] = /^(?:docker\.io\/)?oven\/bun(?::([^@]+))?(?:@.*)?$/.exec(base ?? "") ?? [undefined, ""];
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(tag) ?? [];
  if (major === undefined) return /^(latest|alpine|slim|debian|distroless|canary)\b/.test(tag);
  return Number(major) > 1 || minor === undefined || Number(minor) >= 4;
}
