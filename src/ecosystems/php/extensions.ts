/** Extensions of PHP that its official images compile (github.com/docker-library/php, docker-php-ext-install and the others). */
import { argumentsOf } from "../call.ts";
import { subcommands } from "../subcommands.ts";
import { SYSTEM_FOLDERS, systemFootprint } from "../system.ts";
import type { Call, Ecosystem } from "../types.ts";

const SOURCES = "docker-php-source";
const COMMANDS = ["docker-php-ext-configure", "docker-php-ext-install", "docker-php-ext-enable", SOURCES, "pecl"];

/** Reads nothing of an app: the sources are those of the image, or PECL's. */
export const phpExtensions: Ecosystem = {
  ...subcommands({ name: "php-extensions", commands: COMMANDS, purposes: {}, otherwise: "system" }),
  language: "php",
  footprint: (call) => systemFootprint(call, [...SYSTEM_FOLDERS, "/usr/src/php"]),
};

/** Files that load extensions. */
const SETTINGS = "/usr/local/etc/php/conf.d";

/** Where an image of PHP keeps extensions, with what PEAR knows of them, and the files that load them. */
export const EXTENSION_FOLDERS: readonly string[] = ["/usr/local/lib/php", SETTINGS];

/** Those of these that calls write to which make extensions. The image's own scripts tell PEAR nothing. */
export function extensionFolders(calls: readonly Call[]): readonly string[] {
  const making = calls.filter(makesExtensions);
  if (making.length === 0) return [];
  return making.some(({ tool }) => tool === "pecl") ? EXTENSION_FOLDERS : ["/usr/local/lib/php/extensions", SETTINGS];
}

/** Options that name no file, and no place to install to. */
const OPTIONS = /^(-f|--force|--(en|dis)able-[\w-]+|--with(out)?-[\w-]+)$/;
const JOBS = /^(-j.*|--jobs)$/;

/** Of the file in conf.d that loads an extension. */
const INI_NAME = "--ini-name";
const FILE_NAME = /^[\w.-]+$/;

/**
 * Whether a call leaves nothing behind in an image of PHP but extensions in `EXTENSION_FOLDERS`, their headers, and sources that the next
 * such call takes away.
 */
export function makesExtensions({ tool, args, env }: Call): boolean {
  if (!COMMANDS.includes(tool)) return false;
  if ([...env.keys()].some((name) => !/^(C|CPP|CXX|LD)FLAGS$/.test(name))) return false;
  // The sources of the image, which compiling an extension unpacks and removes as well.
  if (tool === SOURCES) return args.length === 1 && /^(extract|delete)$/.test(args[0] ?? "");
  const isOfScripts = /^docker-php-ext-(install|enable)$/.test(tool);
  const { positional, options } = argumentsOf(args, isOfScripts ? ["-j", "--jobs", INI_NAME] : []);
  const names = tool === "pecl" ? positional.slice(1) : positional;
  if (tool === "pecl" && positional[0] !== "install") return false;
  return (
    names.length > 0 &&
    names.every((name) => name !== undefined && FILE_NAME.test(name) && !/\.(tgz|xml|tar)$/.test(name)) &&
    [...options].every(([name, value]) => {
      if (isOfScripts && name === INI_NAME) return value !== undefined && FILE_NAME.test(value);
      return JOBS.test(name) || (OPTIONS.test(name) && value !== undefined);
    })
  );
}

/** Whether an image has those scripts, and keeps extensions there. */
export function compilesExtensions(base: string | undefined): boolean {
  return /^(docker\.io\/)?(library\/)?php:/.test(base ?? "");
}
