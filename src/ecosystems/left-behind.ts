/** What package managers and builds leave behind that no running app needs: what ecosystems declare, and what belongs to none of them. */
import { posix } from "node:path";
import { ECOSYSTEMS } from "./all.ts";
import { isInProject } from "./places.ts";

type Declared = Readonly<Record<string, readonly string[]>>;

/**
 * Caches and indexes, by ecosystem: what is in them is fetched or made again when it is asked for. `~` stands for any home folder, `**` for
 * any folders, `*` for a part of a name. What a tool that runs offline would read (Maven's repository, Go's modules) is none.
 */
const CACHES: Declared = {
  haskell: ["~/.cabal/packages"],
  // Where running machines tell how they are (the command `jps`).
  java: ["/tmp/hsperfdata_*"],
};

/** What builds leave beside their outputs, and what only the next build would read. */
const INTERMEDIATES: Declared = {
  corepack: ["~/.cache/node/corepack"],
  "php-extensions": ["/usr/local/include/php/ext", "/usr/src/php", "~/.pearrc"],
};

/** Intermediates whose names others use as well: they are such where the file of a project lies in a folder above. */
const OUTPUTS: Declared = {
  cargo: [
    ...["deps", "build", "incremental", ".fingerprint", "examples"].flatMap((name) => [
      `**/target/release/${name}`,
      `**/target/debug/${name}`,
      `**/target/*/release/${name}`,
    ]),
    ...["CACHEDIR.TAG", ".rustc_info.json", "release/.cargo-lock", "release/*.d", "release/*.rlib"].map(
      (name) => `**/target/${name}`,
    ),
    "**/Cargo.lock",
  ],
  maven: [
    ...["classes", "generated-sources", "maven-status", "maven-archiver", "test-classes", "surefire-reports"].map(
      (name) => `**/target/${name}`,
    ),
    // Archives that the container's command does not name.
    ...[
      "generated-test-sources",
      "failsafe-reports",
      "*.jar",
      "*.war",
      "*.jar.original",
      "*.war.original",
      "*/WEB-INF",
      "*/META-INF",
    ].map((name) => `**/target/${name}`),
  ],
  gradle: [
    ...["classes", "tmp", "kotlin", "generated", "intermediates", "reports", "test-results", "resources"].map(
      (name) => `**/build/${name}`,
    ),
    ...["libs", "distributions", "scripts", "bootScripts", "resolvedMainClassName"].map((name) => `**/build/${name}`),
  ],
  // Checksums, where a download or `go mod tidy` writes them first.
  go: ["**/go.sum", "**/go.work.sum"],
  mix: ["**/deps", "**/_build"],
  make: [
    ...["Makefile", "build.ninja", "install_manifest.txt", "config.status", "config.log", "config.h", "stamp-h1"],
    ...["libtool", ".deps", ".libs", "autom4te.cache", "aclocal.m4", "Makefile.in", "configure", "configure~"],
    ...["compile", "depcomp", "install-sh", "missing", "ltmain.sh", "config.guess", "config.sub", "config.h.in"],
    ...["config.h.in~", "ar-lib", "test-driver", "ylwrap"],
  ].map((name) => `**/${name}`),
};

/** Files that a project has for its builds. */
const PROJECT_FILES: Declared = {
  make: ["CMakeLists.txt", "configure.ac", "configure"],
  cargo: ["Cargo.toml"],
  go: ["go.mod", "go.work"],
  maven: ["pom.xml"],
  gradle: ["build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"],
  mix: ["mix.exs"],
};

/** Folders that a program may find empty when it starts (Filesystem Hierarchy Standard 3.0). What was put into `~/.cache` (a browser, a model) may be all there is of it. */
const STANDING = ["/tmp", "/var/tmp", "/var/cache"];

/** With those that root's own programs make where no home is set. */
const TEMPORARY = [...STANDING, "/usr/share/.cache", "/usr/local/share/.cache"];

/** System packages that only builds need, by their names in Debian, Alpine and Fedora. */
const TOOLCHAIN =
  /^(build-essential|build-base|alpine-sdk|gcc|g\+\+|c\+\+|cpp|clang|llvm|binutils|gfortran|make|cmake|ccache|scons|nasm|yasm|swig|gperf|ninja(-build)?|meson|autoconf|automake|libtool|bison|flex|m4|pkg-?conf(ig)?|patch|fakeroot|dpkg-dev|fortify-headers|gdb|rustc|cargo|golang|go|(default|openjdk-\d+)-jdk)(-[\w.+-]+)?$|-(dev|devel|headers)$|^linux-libc-dev$/;

/** Those of them that are a compiler, or bring one. */
const COMPILER =
  /^(alpine-sdk|build-base|build-essential|[cg]\+\+|cargo|clang|(default|openjdk-\d+)-jdk(-headless)?|gcc|gfortran|go|golang|llvm|rustc?)(-(c\+\+|gfortran|\d[\d.]*|go))?$/;

/** The ecosystem whose cache or index holds the absolute `path`. */
export function cacheOf(path: string): string | undefined {
  return declaring(caches, path);
}

/**
 * The ecosystem that keeps downloads at the absolute `path`, where more of them are there than before when a step fetches ahead: its caches
 * and indexes, and what it takes from no project (Maven's repository, Go's modules).
 */
export function downloadsOf(path: string): string | undefined {
  return cacheOf(path) ?? declaring(downloads, path);
}

/** The ecosystem whose builds leave the absolute `path` beside their outputs; `has` says which files are there. */
export function intermediateOf(path: string, has: (file: string) => boolean): string | undefined {
  const output = declaring(outputs, path);
  if (output === undefined) return declaring(intermediates, path);
  return isBelow(PROJECT_FILES[output]!, path, has) ? output : undefined;
}

/** Whether one of `files` lies in a folder above `path`. */
function isBelow(files: readonly string[], path: string, has: (file: string) => boolean): boolean {
  for (let folder = posix.dirname(path); folder !== "/"; folder = posix.dirname(folder))
    if (files.some((file) => has(posix.join(folder, file)))) return true;
  return isInProject(path, "/") && files.some((file) => has(`/${file}`));
}

/** The name of the program that a build leaves at `path` where `cargo install` or `make install` puts a copy of it elsewhere. */
export function copiedProgramOf(path: string, has: (file: string) => boolean): string | undefined {
  const name = /\/target\/(?:[^/]+\/)?(?:release|debug)\/([^/]+)$/.exec(path)?.[1];
  return name ?? (isBelow(["configure.ac", "configure"], path, has) ? posix.basename(path) : undefined);
}

/** Whether the absolute `path` is in a folder that a program may find empty when it starts. */
export function isTemporary(path: string): boolean {
  return temporary.test(path);
}

/** Whether programs take the absolute `path` for granted: a folder for what is temporary, or somebody's home. */
export function isStandingFolder(path: string): boolean {
  return STANDING.includes(path) || /^\/(root|home\/[^/]+)$/.test(path);
}

/** Whether a package of the system is a compiler, a build tool or what only they read. */
export function isToolchain(name: string): boolean {
  return TOOLCHAIN.test(name);
}

/** Whether a package of the system brings a compiler: an image without it is smaller by a hundred megabytes or more. */
export function isCompiler(name: string): boolean {
  return COMPILER.test(name);
}

const caches = compiled(withDeclared(CACHES, "caches"));
const intermediates = compiled(withDeclared(INTERMEDIATES, "intermediates"));
const downloads = compiled(outsideProjects(withDeclared(INTERMEDIATES, "intermediates")));
const outputs = compiled(OUTPUTS);
const temporary = patternOf(TEMPORARY);

function withDeclared(others: Declared, kind: "caches" | "intermediates"): Declared {
  const declared = ECOSYSTEMS.map(({ name, declares }) => [name, declares?.[kind] ?? []] as const);
  return {
    ...others,
    ...Object.fromEntries(
      declared.flatMap(([name, paths]) => (paths.length > 0 ? [[name, [...(others[name] ?? []), ...paths]]] : [])),
    ),
  };
}

/** Those of `declared` that lie in no project. */
function outsideProjects(declared: Declared): Declared {
  const kept = Object.entries(declared).map(
    ([name, paths]) => [name, paths.filter((path) => /^[/~]/.test(path))] as const,
  );
  return Object.fromEntries(kept.filter(([, paths]) => paths.length > 0));
}

function declaring(patterns: ReadonlyMap<string, RegExp>, path: string): string | undefined {
  for (const [name, pattern] of patterns) if (pattern.test(path)) return name;
  return undefined;
}

function compiled(declared: Declared): ReadonlyMap<string, RegExp> {
  return new Map(Object.entries(declared).map(([name, paths]) => [name, patternOf(paths)]));
}

/** Of paths at or below one of `paths`. */
function patternOf(paths: readonly string[]): RegExp {
  const sources = paths.map((path) =>
    path.replace(/^~|^\*\*|\*|[.+]/g, (part) =>
      part === "~" ? "(/root|/home/[^/]+)" : part === "**" ? "(/.*)?" : part === "*" ? "[^/]*" : `\\${part}`,
    ),
  );
  return new RegExp(`^(${sources.join("|")})(/|$)`, "s");
}
