/** What of a step that installs packages an app needs that was built with them. */
import { isNewest, type KnownBase, knownBase, supportOf } from "../../bases/index.ts";
import { isCompiler } from "../left-behind.ts";
import { isNodePackage } from "../node/tooling.ts";
import { compilesExtensions } from "../php/extensions.ts";
import { ALPINE_LIBRARIES, ALPINE_SINCE } from "./alpine.ts";
import type { PackageDatabase } from "./database/index.ts";
import { DEBIAN_LIBRARIES, DEBIAN_RELEASES, type Libraries, UBUNTU_RELEASES } from "./debian.ts";
import { FEDORA_LIBRARIES } from "./fedora.ts";
import { isDevelopmentKit, isFetcher, isForBuilds, isHeaders, plainName, programsOf } from "./names.ts";
import { COMPOSER, type PackageStep, type PackageWork } from "./step.ts";
import { hasNoTools, type TakenOut } from "./taken-out.ts";

/** Whatever is installed for Node is of no use where nothing calls that. */
const NODE = "node";

/** Of packages for builds, those that are not in the lists bring libraries that nobody knows. */
const BRINGS_LIBRARIES =
  /-(dev|devel|headers)$|^(gcc|g\+\+|c\+\+|gfortran|clang|llvm|cargo|rust|build-|alpine-sdk)|jdk/;

/** What node-gyp needs beside a compiler: <https://github.com/nodejs/node-gyp#installation>. */
const PYTHON = "python3";

/** What packages of programs that bring files in recommend, in Debian and Ubuntu, and other programs need as well. */
const CERTIFICATES = "ca-certificates";

/** What build tools recommend there that a program is linked to, or needs as well: the library of scanners (`-lfl`), that of plugins (`-lltdl`). */
const RECOMMENDED: Readonly<Record<string, string>> = { flex: "libfl2", libtool: "libltdl7", [PYTHON]: CERTIFICATES };

/** A package of a step and what of it an app needs; for most that is the package. */
export interface Need {
  /** As the step has it. */
  readonly name: string;
  readonly needed: readonly string[];
  /** What comes along that makes accounts. */
  readonly brings: readonly string[];
}

/** What else decides what a container needs. */
export interface NeedRules {
  /** Whether the container may run a program of this name. */
  isCalled(program: string): boolean;
  /** What the stage takes out again. */
  readonly out: TakenOut;
  /** For packages of headers that no list names. */
  readonly database: PackageDatabase;
}

/**
 * Of each package, what the container needs: nothing of a compiler but the libraries of its languages, of a package of headers its
 * libraries, all of any other, and of one behind which it is not known what there is. Undefined where the container needs what is brought
 * in in another way.
 */
export function needsOf(
  step: PackageStep,
  base: string | undefined,
  { isCalled, out, database }: NeedRules,
): readonly Need[] | undefined {
  const known = base === undefined ? undefined : knownBase(base);
  const isForNodeGyp = (name: string) => name === PYTHON && known?.family.name === NODE && installsCompiler(step);
  const isUsed = (name: string) => !isForBuilds(plainName(name)) && !isForNodeGyp(plainName(name));
  const declared = (known && librariesOf(known)) ?? (() => undefined);
  const { manager, recommends } = step;
  const libraries = (name: string) =>
    declared(name) ??
    declared(name.replace(/-\d+(\.\d+)?$/, "")) ??
    (base !== undefined && manager !== undefined && isHeaders(name)
      ? database({ manager, base, name, recommends })?.join(" ")
      : undefined);
  const neededBy = (does: PackageWork, name: string) => {
    const taken = out.get(plainName(name));
    if (does === "remove") return taken && [];
    if (does === "tools") return isCalled(name === COMPOSER ? COMPOSER : NODE) ? undefined : [];
    if (taken?.swept) return [];
    return isUsed(name) ? [name] : neededOf(name, step, libraries, taken ? () => false : isCalled);
  };
  const kinds = step.parts.map((part) => part.does);
  const does = (work: PackageWork) => kinds.includes(work);
  if ((does("extensions") && !compilesExtensions(base)) || (does("remove") && !hasNoTools(base))) return undefined;
  // What is installed behind extensions is installed into a system that has them.
  if (does("extensions") && kinds.lastIndexOf("install") > kinds.indexOf("extensions")) return undefined;
  // All of them, so that a database is asked for all at once.
  const needs = step.parts.flatMap(({ does, names }) =>
    names.map((name) => ({ name, needed: neededBy(does, name), brings: broughtBy(plainName(name), step) })),
  );
  return needs.every(isNeed) ? needs : undefined;
}

function isNeed(need: Need | (Omit<Need, "needed"> & { readonly needed: undefined })): need is Need {
  return need.needed !== undefined;
}

/** What each part of a step installs, by the names that it has: what an earlier one installed, or another has by its own name, is there. */
export function needsOfParts({ parts }: PackageStep, needs: readonly Need[]): readonly (readonly Need[])[] {
  const said = new Set(needs.flatMap(({ name, needed }) => (needed.includes(name) ? [name] : [])));
  const waiting = [...needs];
  return parts.map((part) =>
    waiting.splice(0, part.names.length).map((need) => {
      if (need.needed.includes(need.name)) return need;
      const needed = need.needed.filter((each) => !said.has(each));
      for (const each of needed) said.add(each);
      return { ...need, needed };
    }),
  );
}

/** The names of what the container needs, each once. */
export function namesNeeded(needs: readonly Need[]): readonly string[] {
  return [...new Set(needs.flatMap(({ needed }) => needed))];
}

/** The packages that it needs nothing of, or something else in their place. */
export function leftBehind(needs: readonly Need[]): readonly string[] {
  return needs.filter(({ name, needed }) => !needed.includes(name)).map(({ name }) => plainName(name));
}

/** Those and what came along with them, as later commands may see it: see `packagesSeenBy`. */
export function absentWithout(needs: readonly Need[]): readonly string[] {
  return needs.flatMap((need) => leftBehind([need]).flatMap((name) => [name, ...need.brings]));
}

const BRINGING_GIT: readonly string[] = ["git", "npm", "yarnpkg"];

function broughtBy(name: string, { manager, recommends }: PackageStep): readonly string[] {
  if (manager === "apk") return name === "alpine-sdk" ? ["abuild"] : [];
  return BRINGING_GIT.includes(name) && (manager !== "apt" || recommends) ? ["openssh-client"] : [];
}

function neededOf(
  name: string,
  { manager, recommends }: PackageStep,
  libraries: (name: string) => string | undefined,
  isCalled: (program: string) => boolean,
): readonly string[] | undefined {
  const plain = plainName(name);
  if ((isNodePackage(plain) ? [NODE, ...programsOf(plain)] : programsOf(plain)).some(isCalled)) return [name];
  // Debian's npm depends on certificates.
  if (plain === "npm" && manager === "apt") return [CERTIFICATES];
  if (isFetcher(plain) || isNodePackage(plain)) {
    // Alpine's base has had certificates of its own since 3.12; before, libcurl brought them.
    const isOldAlpine = manager === "apk" && plain !== "wget" && libraries("musl-dev") === undefined;
    return (manager === "apt" && recommends) || isOldAlpine ? [CERTIFICATES] : [];
  }
  // Debian's has all that runs in packages of their own, at the same place.
  if (isDevelopmentKit(plain)) return [manager === "apt" ? plain.replace("-jdk", "-jre") : name];
  const recommended = (manager === "apt" && recommends && RECOMMENDED[plain]) || "";
  const found = libraries(plain);
  if (found !== undefined) return `${found} ${recommended}`.split(" ").filter((each) => each !== "");
  if (plain === PYTHON) return [name];
  if (BRINGS_LIBRARIES.test(plain)) return [name];
  return recommended === "" ? [] : [recommended];
}

function installsCompiler({ parts }: PackageStep): boolean {
  return parts.some(({ does, names }) => does === "install" && names.map(plainName).some(isCompiler));
}

type Lookup = (name: string) => string | undefined;

/** Undefined for a distribution whose names are not known. */
function librariesOf(known: KnownBase): Lookup | undefined {
  const { name, version } = known.distribution ?? {};
  switch (name) {
    case "debian": {
      // Bookworm has been the default of official images since June 2023: what was built later stands on it, or on Trixie.
      const releases = version === undefined ? (isBuiltSince(known, "2023-12") ? ["12", "13"] : []) : [major(version)];
      return lookup(DEBIAN_LIBRARIES, releases, DEBIAN_RELEASES);
    }
    case "ubuntu":
      return lookup(DEBIAN_LIBRARIES, version === undefined ? [] : [version], UBUNTU_RELEASES);
    case "alpine": {
      const minor = Number(version?.split(".")[1]);
      const isKnown = version === undefined ? isBuiltSince(known, "2022-06") : minor >= ALPINE_SINCE;
      return isKnown ? lookup(ALPINE_LIBRARIES, ["any"], ["any"]) : undefined;
    }
    case "fedora":
    case "rhel":
    case "rockylinux":
    case "almalinux":
    case "centos-stream":
      return lookup(FEDORA_LIBRARIES, ["any"], ["any"]);
    default:
      return undefined;
  }
}

function lookup(table: Libraries, releases: readonly string[], known: readonly string[]): Lookup | undefined {
  if (releases.length === 0 || !releases.every((release) => known.includes(release))) return undefined;
  return (name) => {
    const entry = Object.hasOwn(table, name) ? table[name] : undefined;
    if (entry === undefined || typeof entry === "string") return entry;
    const names = new Set(releases.map((release) => entry[release]));
    return names.size === 1 ? [...names][0] : undefined;
  };
}

/** Whether the image of a tag that says no release was still rebuilt then: its product was not over. */
function isBuiltSince(known: KnownBase, month: string): boolean {
  return supportOf(known, month).some(({ ends }) => ends > month) || known.contents.some(isNewest);
}

function major(version: string): string {
  return version.split(".")[0]!;
}
