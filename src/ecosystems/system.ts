/** What package managers of a base system have in common: they work outside the app's own folders. */
import { posix } from "node:path";
import { argumentsOf } from "./call.ts";
import { subcommands } from "./subcommands.ts";
import type { Call, Declaration, Ecosystem, Footprint, Purpose, Surroundings } from "./types.ts";

/** Where programs, libraries and their settings are. */
export const PROGRAM_FOLDERS: readonly string[] = [
  ...["/bin", "/etc", "/lib", "/lib32", "/lib64", "/sbin", "/usr/bin", "/usr/include", "/usr/lib", "/usr/lib32"],
  ...["/usr/lib64", "/usr/libexec", "/usr/sbin", "/usr/share", "/usr/local/bin", "/usr/local/etc", "/usr/local/lib"],
  ...["/usr/local/include", "/usr/local/sbin", "/usr/local/share"],
];

/**
 * Where distributions' packages put files. By the Filesystem Hierarchy Standard they leave `/home`, `/srv` and the folders that images
 * keep apps in (`/app`, `/usr/src/app`, `/usr/local/app`, …) alone.
 */
export const SYSTEM_FOLDERS: readonly string[] = [
  ...PROGRAM_FOLDERS,
  "/boot",
  "/opt",
  "/root",
  "/run",
  "/tmp",
  "/usr/games",
  "/var",
];

/** Those that packages leave alone are the administrator's (Debian Policy 9.1.2): they put no file there. */
export const PACKAGED_FOLDERS: readonly string[] = SYSTEM_FOLDERS.filter((path) => !path.startsWith("/usr/local/"));

/** Where no part of a project lies that is at the root of the image: what a COPY puts there is for programs and users. */
export const OUTSIDE_PROJECTS: readonly string[] = [...SYSTEM_FOLDERS, "/home"];

/** Caches of the users that images have, for tools that keep one in the home folder. */
export function homeFolders(...names: readonly string[]): string[] {
  return ["/root", "/home/node", "/home/app", "/home/user"].flatMap((home) => names.map((name) => `${home}/${name}`));
}

/** Caches of package managers of languages, which no package of a system looks at. */
export const LANGUAGE_CACHES: readonly string[] = [
  ...homeFolders(".npm", ".cache", ".yarn/berry"),
  "/usr/local/share/.cache",
  "/usr/share/.cache",
];

/** Whether HOME is none of those that `homeFolders` knows. */
export function hasOtherHome({ env }: Surroundings): boolean {
  return env.has("HOME") && !homeFolders("").includes(`${env.get("HOME")}/`);
}

/** The home folder of who runs a command, root's where nothing says otherwise; undefined where it is not known. */
export function homeOf({ env }: Surroundings): string | undefined {
  return env.has("HOME") ? env.get("HOME") : "/root";
}

/** Files called `names` in the folder `cwd` and above, where tools look for a project. */
export function projectFiles(cwd: string, names: readonly string[]): string[] {
  const above = cwd.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"));
  return above.flatMap((folder) => names.map((name) => `${folder}/${name}`));
}

interface SystemManager {
  readonly name: string;
  readonly commands?: readonly string[];
  readonly purposes: Readonly<Partial<Record<Purpose, readonly string[]>>>;
  readonly valued?: readonly string[];
  readonly declares?: Declaration;
}

/** A package manager of the base system. */
export function systemManager(spec: SystemManager): Ecosystem {
  return { ...subcommands(spec), footprint: (call) => systemFootprint(call, SYSTEM_FOLDERS, spec.valued) };
}

/** Undefined where a word could name a file of the app: `apt-get install ./app.deb`, `apk add $(cat packages)`. */
export function systemFootprint(
  call: Call,
  folders: readonly string[],
  valued: readonly string[] = [],
): Footprint | undefined {
  const { positional, options } = argumentsOf(call.args, valued);
  const words = [...positional, ...options.values()];
  const local = /^\.{1,2}(\/|$)|\bfile:|^[^:]*\.(deb|rpm|apk|pkg|tgz|whl|gz|xz|zst|zip|xml)$|[*?[]/;
  if (words.some((word) => word === undefined || local.test(word))) return undefined;
  const isLost = ([name, value = ""]: readonly [string, string | undefined]) =>
    FILE_OPTION.test(name) && (valued.includes(name) || name.startsWith("--")) && !value.startsWith("/");
  if ([...options].some(isLost)) return undefined;
  const named = call.args.filter((word) => word?.includes("/") && !word.includes("://"));
  const paths = named.map((word) => ABSOLUTE.exec(word!)?.[1]);
  if (paths.some((path, index) => path === undefined && !RELEASE.test(named[index]!))) return undefined;
  const others = paths.filter(
    (path) => path !== undefined && !folders.some((folder) => `${path}/`.startsWith(`${folder}/`)),
  );
  if (positional.some((word) => SERVING.test(word ?? ""))) others.push("/srv/ftp", "/srv/tftp", "/srv/www");
  const touched = others.length === 0 ? folders : [...folders, ...(others as string[])];
  return { reads: touched, writes: touched, network: true, anywhere: true };
}

/** Servers of files make a folder for them: Debian's vsftpd, ProFTPD and tftpd-hpa, SUSE's Apache. */
const SERVING = /^(vsftpd|proftpd|pure-ftpd|a?tftpd|apache2?|httpd|lighttpd)/;

/** Take a file or a folder, which may be one of the app. */
const FILE_OPTION = /^(-[cpR]|--(config(-file)?|root|installroot|keys-dir|repositories-file|cache-dir|dbpath))$/;

/** `--root=/app`, `-o Dir::Etc=/app`, `/usr/bin/make`. */
const ABSOLUTE = /^(?:-\w|[\w:.-]*=)*(\/.*)$/s;

/** `git/stable`, `ppa:git-core/ppa` and `@nestjs/cli@10`, which are no paths. */
const RELEASE = /^((ppa:)?[\w.+-]+(:\w+)?\/[\w.+-]+|@[\w.-]+\/[\w.-]+(@[\w.^~-]+)?)$/;

/** Of a program that touches the paths it is given, and `folders`. Undefined where a word is not known. */
export function pathsFootprint(
  call: Call,
  { cwd }: Surroundings,
  folders: readonly string[] = [],
): Footprint | undefined {
  const { positional, options } = argumentsOf(call.args);
  const words = [...positional, ...options.values()];
  const isKnown = (word: string | undefined) => word !== undefined && (cwd !== undefined || /^(\/|$)/.test(word));
  if (!words.every(isKnown)) return undefined;
  const paths = words.map((word) => posix.resolve(cwd ?? "/", (word || "/").replace(/\/[^/]*\*.*/, "")));
  const touched = [...folders, ...paths.filter((_, index) => words[index] !== "")];
  const anywhere = words.every((word) => /^(\/|$)/.test(word ?? ""));
  return { reads: touched, writes: touched, network: false, anywhere };
}
