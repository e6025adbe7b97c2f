/** What the name of a package of the system tells: what it is for, its programs, and whether it makes accounts. */
import { LIBRARY_LINKS, PYTHON_PROGRAMS } from "../calling-packages.ts";
import { JDK_PROGRAMS } from "../jvm/jdk.ts";
import { isToolchain } from "../left-behind.ts";
import { isNodePackage, isNodeTool } from "../node/tooling.ts";

/** Packages of programs that bring files in: they are for builds, as long as nothing that the container runs calls them. */
const FETCHERS: readonly string[] = ["curl", "git", "wget"];

/** What unpacks what these bring, and what Composer calls to unpack packages: nobody recommends more with it. */
const UNZIPPERS: readonly string[] = ["unzip", "zip"];

/** Programs of packages that have more than one of their own name, or come with others that have some: `apt-cache depends` in Debian 13. */
const BINUTILS = [
  ...["addr2line", "ar", "as", "c++filt", "elfedit", "gprof", "ld", "nm", "objcopy", "objdump", "ranlib", "readelf"],
  ...["size", "strings", "strip"],
];
const GCC = ["c89", "c99", "cc", "cpp", "gcc", "gcov", ...BINUTILS];
const GXX = ["c++", "g++", ...GCC];
const UNPACKERS = ["bunzip2", "bzcat", "bzip2", "patch", "perl", "shasum", "tar", "unxz", "xz", "xzcat"];
const UNZIP = ["funzip", "unzip", "unzipsfx", "zipgrep", "zipinfo"];
const SECURE_SHELL = ["scp", "sftp", "ssh", "ssh-keygen", "ssh-keyscan"];
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  "alpine-sdk": [...GXX, "make", "git"],
  autoconf: ["autoconf", "autoreconf", "m4", "perl"],
  automake: ["aclocal", "automake", "perl"],
  binutils: BINUTILS,
  bison: ["bison", "m4", "yacc"],
  "build-base": [...GXX, "file", "make", "patch"],
  "build-essential": [...GXX, "dpkg-architecture", "make", ...UNPACKERS],
  cargo: ["cargo", "rustc", ...GCC],
  clang: ["clang", "clang++", ...GXX],
  // Debian's depends on procps, and recommends compilers.
  cmake: ["cmake", "cpack", "ctest", ...GXX, "make", "free", "pgrep", "pkill", "ps", "top", "uptime", "vmstat"],
  "dpkg-dev": ["dpkg-architecture", "dpkg-buildpackage", "make", ...BINUTILS, ...UNPACKERS],
  flex: ["flex", "lex", "m4"],
  "g++": GXX,
  gcc: GCC,
  gfortran: ["gfortran", ...GCC],
  git: ["git", "less", "patch", "perl", "shasum", ...SECURE_SHELL],
  golang: ["go", "gofmt", ...GXX],
  "golang-go": ["go", "gofmt", ...GXX],
  libtool: ["file", "libtool", "libtoolize", ...GCC],
  meson: ["meson", "ninja", "python3"],
  "ninja-build": ["ninja", "python3"],
  nodejs: ["node", "nodejs", "npm", "npx", "corepack"],
  npm: ["npm", "npx", "node-gyp"],
  python3: PYTHON_PROGRAMS,
  rustc: ["rustc", "rustdoc", ...GCC],
  scons: ["python3", "scons"],
  unzip: UNZIP,
  yarnpkg: ["yarn", "yarnpkg", "git"],
  // Debian's recommends unzip.
  zip: ["zip", "zipcloak", "zipnote", "zipsplit", ...UNZIP],
};

/** They make a user or a group, and come with others: Debian's git recommends OpenSSH, Alpine's SDK has abuild. */
const ACCOUNTS: readonly string[] = ["abuild", "openssh-client"];

/** Packages that make neither, nor does what they depend on or recommend. */
const NO_ACCOUNTS =
  /^(lib[\w.+-]+|ca-certificates|tzdata|tini|dumb-init|curl|wget|openssl|python3?[\w.-]*|bash|jq|vips[\w-]*|fonts?-[\w-]+|locales|procps|default-jre(-headless)?|postgresql-client(-\d+)?|(default-mysql|mariadb)-client|sqlite3?|vim|nano|less|file|gettext|netcat-(openbsd|traditional)|xz-utils|jpegoptim|optipng|pngquant|gifsicle|inotify-tools)$/;

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
  return isFetcher(name) || UNZIPPERS.includes(name) || isToolchain(name) || isNodePackage(name);
}

/** What compiles with the help of a JDK. */
const COMPILING = ["ant", "gradle", "gradlew", "lein", "mvn", "mvnw", "sbt"];

/** Whether Java comes along with its compiler: `openjdk-21-jdk-headless` of Debian and Ubuntu. */
export function isDevelopmentKit(name: string): boolean {
  return /^(default|openjdk-\d+)-jdk(-headless)?$/.test(name);
}

/** Whether a package is one of headers, which links programs to libraries; a JDK of Fedora's bears such a name too. */
export function isHeaders(name: string): boolean {
  return /-dev(el)?$/.test(name) && !/^java-|jdk/.test(name);
}

/** The programs that a package for builds is installed for; of one of npm's registry, `gulp` for `gulp-cli`; of one of headers, what it links. */
export function programsOf(name: string): readonly string[] {
  if (isDevelopmentKit(name)) return [...JDK_PROGRAMS, ...COMPILING];
  if (/-dev(el)?$/.test(name)) return [LIBRARY_LINKS];
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
