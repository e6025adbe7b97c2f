/** Where Cargo and rustup keep what is theirs. */
import { hasOtherHome, homeFolders, homeOf } from "../system.ts";
import type { Surroundings } from "../types.ts";

const HOMES = { CARGO_HOME: "cargo", RUSTUP_HOME: "rustup" } as const;

/** The folder that the variable says, or all that it may be without: one of the official images, or in the home of who calls. Undefined where none is known. */
export function toolFolders(variable: keyof typeof HOMES, surroundings: Surroundings): readonly string[] | undefined {
  const { env } = surroundings;
  const name = HOMES[variable];
  const home = hasOtherHome(surroundings) ? [homeOf(surroundings)] : [];
  const folders = env.has(variable)
    ? [env.get(variable)]
    : [`/usr/local/${name}`, ...homeFolders(`.${name}`), ...home.map((folder) => folder && `${folder}/.${name}`)];
  return folders.every((path): path is string => path?.startsWith("/") === true) ? folders : undefined;
}
