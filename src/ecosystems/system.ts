/** What package managers of a base system have in common: they work outside the app's own folders. */
import { argumentsOf } from "./call.ts";
import { subcommands } from "./subcommands.ts";
import type { Call, Ecosystem, Footprint, Purpose } from "./types.ts";

/**
 * Where distributions' packages put files. By the Filesystem Hierarchy Standard they leave `/home`, `/srv` and the folders that images
 * keep apps in (`/app`, `/usr/src/app`, `/usr/local/app`, …) alone.
 */
const SYSTEM_FOLDERS: readonly string[] = [
  ...["/bin", "/boot", "/etc", "/lib", "/lib32", "/lib64", "/opt", "/root", "/run", "/sbin", "/tmp", "/var"],
  ...["/usr/bin", "/usr/games", "/usr/include", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/sbin"],
  ...["/usr/share", "/usr/local/bin", "/usr/local/etc", "/usr/local/lib", "/usr/local/sbin", "/usr/local/share"],
];

interface SystemManager {
  readonly name: string;
  readonly commands?: readonly string[];
  readonly purposes: Readonly<Partial<Record<Purpose, readonly string[]>>>;
  readonly valued?: readonly string[];
}

/** A package manager of the base system. */
export function systemManager(spec: SystemManager): Ecosystem {
  return { ...subcommands(spec), footprint: (call) => footprintOf(call, spec.valued) };
}

/** Undefined where a word could name a file of the app: `apt-get install ./app.deb`, `apk add $(cat packages)`. */
function footprintOf(call: Call, valued: readonly string[] | undefined): Footprint | undefined {
  const { positional, options } = argumentsOf(call.args, valued);
  const words = [...positional, ...options.values()];
  if (words.some((word) => word === undefined || /^\.|^[^:]*\.(deb|rpm|apk|pkg)$|[*?[]/.test(word))) return undefined;
  return { reads: SYSTEM_FOLDERS, writes: SYSTEM_FOLDERS, network: true };
}
