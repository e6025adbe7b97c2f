/** What the name of a package of the system tells: what it is for, its programs, and whether it makes accounts. */
import { isToolchain } from "../left-behind.ts";
import { isNodePackage, isNodeTool } from "../node/tooling.ts";

/** Packages of programs that bring files in: they are for builds, as long as nothing that the container runs calls them. */
const FETCHERS: readonly string[] = ["curl", "git", "wget"];

/** Programs of packages that have more than one of their own name, or come with others that have some. */
const COMPILERS = ["cc", "c++", "gcc", "g++", "ld", "make"];
const UNPACKERS = ["bzip2", "patch", "perl", "tar", "xz"];
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  "alpine-sdk": [...COMPILERS, "git"],
  autoconf: ["autoconf", "perl"],
  automake: ["automake", "perl"],
  binutils: ["ld"],
  "build-base": [...COMPILERS, "file", "patch"],
  "build-essential": [...COMPILERS, ...UNPACKERS],
  "dpkg-dev": ["dpkg-buildpackage", ...UNPACKERS],
  "g++": ["c++", "g++", "ld"],
  gcc: ["cc", "gcc", "ld"],
  git: ["git", "perl", "ssh"],
  golang: ["go"],
  "golang-go": ["go"],
  nodejs: ["node", "nodejs", "npm", "npx", "corepack"],
  npm: ["npm", "npx", "node-gyp"],
  yarnpkg: ["yarn", "yarnpkg", "git"],
};

/** They make a user or a group, and come with others: Debian's git recommends OpenSSH, Alpine's SDK has abuild. */
const ACCOUNTS: readonly string[] = ["abuild", "openssh-client"];

/** Packages that make neither. */
const NO_ACCOUNTS =
  /^(lib[\w.+-]+|ca-certificates|tzdata|tini|dumb-init|curl|wget|openssl|python3?[\w.-]*|bash|jq|vips[\w-]*|fonts?-[\w-]+|locales|procps|default-jre(-headless)?)$/;

/** `gcc` of `gcc=4:12.2.0-3`. */
export function plainName(name: string): string {
  return name.replace(/=.*$/, "");
}

/** Whether the program of a package brings files in: `curl`. */
export function isFetcher(name: string): boolean {
  return FETCHERS.includes(name);
}

/** Whether a package is for builds: a compiler, a build tool, headers, Node, or a program that brings files in. */
export function isForBuilds(name: string): boolean {
  return isFetcher(name) || isToolchain(name) || isNodePackage(name);
}

/** The programs that a package for builds is installed for; of one of npm's registry, `gulp` for `gulp-cli`. */
export function programsOf(name: string): readonly string[] {
  return PROGRAMS[name] ?? (isNodeTool(name) ? [name, name.replace(/-cli$/, "")] : [name]);
}

/** Whether an account that is made later may get another number where the package is not there. */
export function makesAccounts(name: string): boolean {
  return ACCOUNTS.includes(name);
}

/** Whether the installation of a package may make an account. */
export function mayMakeAccounts(name: string): boolean {
  return !NO_ACCOUNTS.test(plainName(name)) && !isForBuilds(plainName(name));
}
