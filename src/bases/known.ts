/** From a reference to what is known of the image, by its name and tag alone. */
import { parseReference, type Reference } from "../dockerfile/index.ts";
import { DISTRIBUTION_TITLES, distributionIn, libcOf, packageManagerOf } from "./distributions.ts";
import { familyOf, isDistribution } from "./families.ts";
import { debianBehind } from "./suites.ts";
import type { CLibrary, Content, Distribution, DistributionName, Family, KnownBase, PackageManager } from "./types.ts";
import { isSince } from "./variant.ts";

/** Undefined for what is no reference, and for images that refit knows nothing of. */
export function knownBase(image: string | Reference): KnownBase | undefined {
  const reference = typeof image === "string" ? parseReference(image) : image;
  const family = reference && familyOf(reference);
  if (!reference || !family) return undefined;
  const { version, words } = readTag(reference, family);
  const distribution = distributionFor(reference, family, version, words);
  const isSlim = words.some((word) => /^(slim|minimal)$/.test(word)) || /-(minimal|micro)$/.test(reference.repository);
  return {
    ...{ reference, family, distribution, words, isSlim },
    version: isDistribution(family) ? distribution?.version : version,
    libc: libcFor(reference, family, distribution, words),
    packageManager: packageManagerFor(reference, family, distribution, words, isSlim),
    user: userOf(reference, family, version, words),
    contents: contentsOf(reference, family, version, distribution, words),
  };
}

/** How people call a product of a `Content`. */
export function titleOf(product: string): string {
  const distribution = (DISTRIBUTION_TITLES as Readonly<Record<string, string>>)[product];
  return distribution ?? familyOf(parseReference(product)!)?.title ?? (product === "dotnet" ? ".NET" : product);
}

interface Tag {
  readonly version: string | undefined;
  readonly words: readonly string[];
}

/** `3.12.1`, `8u312`, `17.0.5_8`, `v1.2`; a suite or a word is none. */
const VERSION = /^v?(\d[\w.]*)$/;

function readTag({ tag }: Reference, { codenames = {} }: Family): Tag {
  const [first = "", ...rest] = tag?.split("-") ?? [];
  const version = VERSION.exec(first)?.[1];
  if (version !== undefined) return { version, words: rest };
  const words = tag === undefined ? [] : [first, ...rest];
  // `lts-iron` is `iron`.
  const named = words.map((word) => codenames[word]).find((each) => each !== undefined);
  return { version: named, words };
}

function distributionFor(
  { repository }: Reference,
  family: Family,
  version: string | undefined,
  words: readonly string[],
): Distribution | undefined {
  const named = distributionIn(words);
  if (family.name === "distroless") return { name: "debian", version: /-debian(\d+)$/.exec(repository)?.[1] };
  if (family.name === "ubi") return { name: "rhel", version: version ?? /(?:^|\/)ubi(\d+)/.exec(repository)?.[1] };
  if (named) return named;
  const name = defaultOf(family, version, words);
  if (name === undefined || isDistribution(family)) return name && { name, version };
  return { name, version: name === "debian" ? debianBehind(family, version) : undefined };
}

/** What the family stands on where its tag names no distribution. */
function defaultOf(
  family: Family,
  version: string | undefined,
  words: readonly string[],
): DistributionName | undefined {
  const { name, distribution } = family;
  // OpenJDK's slim images stay with Debian when the others left.
  if (name === "openjdk" && words.includes("slim")) return "debian";
  const java = name === "maven" ? javaIn(family, words)?.vendor : undefined;
  if (java !== undefined) return java === "eclipse-temurin" ? "ubuntu" : "amazonlinux";
  if (distribution === undefined || typeof distribution === "string") return distribution;
  const major = Number.parseInt(version ?? "", 10);
  return distribution.findLast(([since]) => Number.isNaN(major) || since <= major)?.[1];
}

function libcFor(
  { repository }: Reference,
  { name, libc }: Family,
  distribution: Distribution | undefined,
  words: readonly string[],
): CLibrary | undefined {
  if (name === "distroless" && /^distroless\/static(-|$)/.test(repository)) return "none";
  if (name === "busybox") return words.find((word): word is CLibrary => /^(glibc|musl|uclibc)$/.test(word));
  return distribution ? libcOf(distribution) : libc;
}

/** Programs on Red Hat's relatives stand now on the full image, now on the minimal one, which has another package manager. */
function packageManagerFor(
  reference: Reference,
  family: Family,
  distribution: Distribution | undefined,
  words: readonly string[],
  isSlim: boolean,
): PackageManager | undefined {
  if (!distribution || isBare(reference, family, words)) return undefined;
  const { name, version } = distribution;
  const isSure = /^(debian|ubuntu|alpine|azurelinux)$/.test(name) || (name === "amazonlinux" && version !== undefined);
  return isSure || isSlim || isDistribution(family) ? packageManagerOf(distribution, isSlim) : undefined;
}

/** Whether a package manager, and mostly the shell too, is left out where the distribution has one. */
function isBare({ repository }: Reference, { name }: Family, words: readonly string[]): boolean {
  if (name === "dotnet") return words.some((word) => /^(chiseled|distroless)$/.test(word));
  if (name === "bun") return words.includes("distroless");
  return name === "distroless" || (name === "ubi" && /-micro$/.test(repository));
}

function userOf(
  reference: Reference,
  family: Family,
  version: string | undefined,
  words: readonly string[],
): string | undefined {
  if (family.name === "distroless") return words.includes("nonroot") ? "nonroot" : "root";
  if (family.name === "dotnet" && isBare(reference, family, words)) return "app";
  if (family.name === "gradle" && version !== undefined && isSince(version, [7])) return "root";
  return family.user === "unknown" ? undefined : (family.user ?? "root");
}

function contentsOf(
  { repository }: Reference,
  family: Family,
  version: string | undefined,
  distribution: Distribution | undefined,
  words: readonly string[],
): readonly Content[] {
  const contents: Content[] = [];
  const add = (product: string, of: string | undefined) => {
    if (of !== undefined) contents.push({ product, version: of });
  };
  if (family.name === "distroless") add("node", /\/nodejs(\d+)/.exec(repository)?.[1]);
  else if (!isDistribution(family) && family.name !== "windows") add(family.name, version);
  if (family.name === "elixir") add("erlang", behind(words, "otp"));
  const java = javaIn(family, words);
  if (java?.vendor !== undefined) add(java.vendor, java.version);
  if (family.name === "windows") add("windows", distribution?.version ?? version);
  else if (distribution) add(distribution.name, distribution.version);
  return contents;
}

/** Java in the image of a build tool: `eclipse-temurin` 17 for `maven:3-eclipse-temurin-17`. */
export function javaIn(
  { name }: Family,
  words: readonly string[],
): { readonly vendor: "eclipse-temurin" | "amazoncorretto" | undefined; readonly version: string } | undefined {
  if (name === "maven") {
    const vendor = words.includes("temurin") ? "eclipse-temurin" : words.find((word) => word === "amazoncorretto");
    const version = behind(words, vendor === "eclipse-temurin" ? "temurin" : (vendor ?? "openjdk"));
    return version === undefined ? undefined : { vendor: vendor as "eclipse-temurin" | undefined, version };
  }
  if (name !== "gradle") return undefined;
  const version = words.map((word) => /^j[dr][ek](\d+)$/.exec(word)?.[1]).find((each) => each !== undefined);
  if (version === undefined) return undefined;
  if (words.includes("corretto")) return { vendor: "amazoncorretto", version };
  // Temurin for Debian's and Ubuntu's suites since 2021; before, and in others, it is somebody else's.
  const isTemurin = words.every((word) => /^(j[dr][ek]\d+|focal|jammy|noble|resolute|alpine)$/.test(word));
  const isSaid = words.some((word) => /^(focal|jammy|noble|resolute)$/.test(word));
  return { vendor: isTemurin && isSaid ? "eclipse-temurin" : undefined, version };
}

/** The number behind a word: `27` of `otp-27`. */
function behind(words: readonly string[], word: string): string | undefined {
  const next = words[words.indexOf(word) + 1];
  return words.includes(word) && /^\d+$/.test(next ?? "") ? next : undefined;
}
