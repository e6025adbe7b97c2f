/** Extensions of PHP that its official images compile (github.com/docker-library/php, docker-php-ext-install and the others). */
import { argumentsOf } from "../call.ts";
import { subcommands } from "../subcommands.ts";
import { SYSTEM_FOLDERS, systemFootprint } from "../system.ts";
import type { Call, Ecosystem } from "../types.ts";

const COMMANDS = ["docker-php-ext-configure", "docker-php-ext-install", "docker-php-ext-enable", "pecl"];

/** Reads nothing of an app: the sources are those of the image, or PECL's. */
export const phpExtensions: Ecosystem = {
  ...subcommands({ name: "php-extensions", commands: COMMANDS, purposes: {}, otherwise: "system" }),
  language: "php",
  footprint: (call) => systemFootprint(call, [...SYSTEM_FOLDERS, "/usr/src/php"]),
};

/** Where an image of PHP keeps extensions, with what PEAR knows of them, and the files that load them. */
export const EXTENSION_FOLDERS: readonly string[] = ["/usr/local/lib/php", "/usr/local/etc/php/conf.d"];

/** Options that name no file, and no place to install to. */
const OPTIONS = /^(-j.*|--jobs|-f|--force|--(en|dis)able-[\w-]+|--with(out)?-[\w-]+)$/;

/**
 * Whether a call leaves nothing behind in an image of PHP but extensions in `EXTENSION_FOLDERS`, their headers, and sources that the next
 * such call takes away.
 */
export function makesExtensions({ tool, args, env }: Call): boolean {
  if (!COMMANDS.includes(tool)) return false;
  if ([...env.keys()].some((name) => !/^(C|CPP|CXX|LD)FLAGS$/.test(name))) return false;
  const { positional, options } = argumentsOf(args, tool === "docker-php-ext-install" ? ["-j", "--jobs"] : []);
  const names = tool === "pecl" ? positional.slice(1) : positional;
  if (tool === "pecl" && positional[0] !== "install") return false;
  return (
    names.length > 0 &&
    names.every((name) => name !== undefined && /^[\w.-]+$/.test(name) && !/\.(tgz|xml|tar)$/.test(name)) &&
    [...options].every(([name, value]) => OPTIONS.test(name) && value !== undefined)
  );
}

/** Whether an image has those scripts, and keeps extensions there. */
export function compilesExtensions(base: string | undefined): boolean {
  return /^(docker\.io\/)?(library\/)?php:/.test(base ?? "");
}
