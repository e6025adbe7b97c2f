/** Smaller images of the same family and version. By rules on tags, since no registry is asked: an image may be newer or older than its rule. */
import { formatReference, type Reference } from "../dockerfile/index.ts";
import { distributionOf, imageOf } from "./distributions.ts";
import { javaIn, knownBase } from "./known.ts";
import type { KnownBase } from "./types.ts";

export interface Variant {
  /** As FROM takes it. */
  readonly reference: string;
  /** `slim`: can stand in the place of the base. `runtime`: for a stage that only runs what was built on the base. */
  readonly kind: "slim" | "runtime";
  /** What it has not that the base has, or which programs alone it can run; to follow a colon. */
  readonly note: string;
}

/** Smaller images, the nearest first. None has another C library or another version; `scratch` and Distroless have no shell. */
export function smallerThan(base: KnownBase): readonly Variant[] {
  if (base.distribution?.name === "windows" || base.reference.tag === undefined) {
    // A digest without a tag says nothing of the version.
    if (base.reference.digest !== undefined || base.distribution?.name === "windows") return [];
  }
  const slim = base.isSlim ? undefined : slimOf(base);
  return [...(slim ? [slim] : []), ...runtimesOf(base)];
}

const FEWER_PACKAGES = "without compilers and libraries to build with";

type Place = "end" | "behind-version";

interface SlimRule {
  /** Where the tag has the word. */
  readonly at: Place;
  /** The first version that has it, and the first of its parts. */
  readonly since: readonly number[];
  readonly note: string;
  /** Words that may stand in the tag beside version and suite. */
  readonly beside?: RegExp;
  /** Only where the tag names a suite. */
  readonly withSuite?: true;
  /** The first release of Debian or Ubuntu whose suite can be named with it; 9 is Debian's stretch. */
  readonly suiteSince?: number;
  /** The first version that had it beside the name of a suite. */
  readonly besideSuiteSince?: readonly number[];
}

const SLIM: Readonly<Record<string, SlimRule>> = {
  debian: { at: "end", since: [7], note: "without documentation and a few tools", beside: /^\d{8}$/, suiteSince: 7 },
  elixir: { at: "end", since: [1, 9], note: FEWER_PACKAGES, beside: /^(otp|\d+)$/ },
  erlang: { at: "end", since: [19], note: FEWER_PACKAGES },
  haskell: {
    at: "behind-version",
    since: [9, 2],
    note: "without profiling libraries",
    withSuite: true,
    suiteSince: 10,
  },
  node: { at: "end", since: [4], note: FEWER_PACKAGES, besideSuiteSince: [10, 14] },
  perl: { at: "behind-version", since: [5, 30], note: FEWER_PACKAGES, beside: /^threaded$/ },
  python: { at: "behind-version", since: [2, 7, 9], note: FEWER_PACKAGES },
  ruby: { at: "behind-version", since: [2, 2], note: FEWER_PACKAGES },
  rust: { at: "behind-version", since: [1, 25], note: "without all but the C toolchain of the distribution" },
  swift: { at: "end", since: [5, 2], besideSuiteSince: [5, 2], note: "to run what was built, without the compiler" },
};

/** Words for the newest or another moving release, in the place of a version. */
const MOVING = /^(latest|lts|current|stable|oldstable|oldoldstable|testing|unstable|sid)$/;

function slimOf(base: KnownBase): Variant | undefined {
  const { family, reference, distribution } = base;
  if (family.name === "nginx") return slimNginx(base);
  const minimal = minimalOf(base);
  if (minimal) return minimal;
  const rule = SLIM[family.name];
  if (!rule || (distribution?.name !== "debian" && distribution?.name !== "ubuntu")) return undefined;
  const words = reference.tag?.split("-") ?? ["latest"];
  const [first = "", ...rest] = words;
  const isVersion = /^\d+(\.\d+)*$/.test(first);
  const isMoving = MOVING.test(first) || family.codenames?.[first] !== undefined;
  const beside = isVersion || isMoving ? rest : words;
  const suites = beside.filter((word) => distributionOf(word) !== undefined);
  if (!beside.every((word) => suites.includes(word) || rule.beside?.test(word))) return undefined;
  if (isVersion && !isSince(first, rule.since)) return undefined;
  if (rule.withSuite && suites.length === 0) return undefined;
  if (suites.length > 0 && !hasSuite(base, rule)) return undefined;
  // The number of Erlang alone says nothing of Elixir's.
  if ((first === "latest" || first === "otp") && rest.length > 0) return undefined;
  if (family.name === "debian" && !hasSlimDebian(words)) return undefined;
  const isLatest = words.length === 1 && first === "latest";
  const tag = isLatest ? latestSlim(family.name) : withSlim(words, rule.at, isVersion || isMoving);
  return variant(reference, tag, "slim", rule.note);
}

/** Debian has no `slim` alone; `stable` is what `latest` means. */
function latestSlim(family: string): string {
  return family === "debian" ? "stable-slim" : "slim";
}

function withSlim(words: readonly string[], at: Place, hasFront: boolean): string {
  const front = at === "end" ? words.length : hasFront ? 1 : 0;
  return [...words.slice(0, front), "slim", ...words.slice(front)].join("-");
}

function hasSuite({ family, version, distribution }: KnownBase, rule: SlimRule): boolean {
  const release = Number.parseInt(distribution?.version ?? "9", 10);
  // Swift's images on Debian began without one, and an interim release of Ubuntu never had it.
  if (family.name === "swift" && distribution?.version === "23.10") return false;
  if (family.name === "swift" && distribution?.name === "debian" && !isSince(version ?? "9", [6, 2])) return false;
  return release >= (rule.suiteSince ?? 9) && isSince(version ?? "99", rule.besideSuiteSince ?? [0]);
}

/** Point releases have it since 7.11, 8.10 and 9.3, dated builds since October 2018. */
function hasSlimDebian([first = "", build]: readonly string[]): boolean {
  const firsts: Readonly<Record<string, number>> = { 7: 11, 8: 10, 9: 3 };
  const [major = "", minor] = first.split(".");
  if (build !== undefined && /^\d{8}$/.test(build) && build < "20181011") return false;
  return minor === undefined || Number(minor) >= (firsts[major] ?? 0);
}

function slimNginx({ reference, version, words }: KnownBase): Variant | undefined {
  const isAlpine = words.filter((word) => !/^(stable|mainline)$/.test(word)).every((word) => /^alpine/.test(word));
  if (!isAlpine || !words.some((word) => /^alpine/.test(word))) return undefined;
  if (version !== undefined && version !== "1" && !isSince(version, [1, 24])) return undefined;
  return variant(reference, `${reference.tag}-slim`, "slim", "without the modules that are loaded on demand");
}

/** The minimal images of Red Hat Enterprise Linux and its relatives. */
function minimalOf({ family, reference, version, words }: KnownBase): Variant | undefined {
  const note = Number.parseInt(version ?? "9", 10) < 8 ? "with fewer packages" : "with microdnf in the place of dnf";
  const { tag } = reference;
  switch (family.name) {
    case "almalinux":
    case "rockylinux": {
      if (words.length > 0 || version === undefined || !isSince(version, [8])) return undefined;
      const isOld = family.name === "rockylinux" && /^8\.[0-5](\.|$)/.test(version);
      return isOld ? undefined : variant(reference, `${tag}-minimal`, "slim", note);
    }
    case "oraclelinux":
      return /^(7|8|9|10)$/.test(tag ?? "") ? variant(reference, `${tag}-slim`, "slim", note) : undefined;
    case "ubi": {
      const of = /^ubi(\d+)(?:\/ubi)?$/.exec(reference.repository)?.[1];
      if (of === undefined || !/^(latest|\d+(\.\d+)?)$/.test(tag ?? "latest")) return undefined;
      const name = `${reference.registry}/ubi${of}/ubi-minimal`;
      return { reference: formatReference({ name, tag, digest: undefined }), kind: "slim", note };
    }
    default:
      return undefined;
  }
}

function runtimesOf(base: KnownBase): readonly Variant[] {
  switch (base.family.name) {
    case "openjdk":
    case "eclipse-temurin":
      return listed(jreOf(base));
    case "amazoncorretto":
      return listed(correttoOf(base));
    case "maven":
    case "gradle":
      return listed(javaOf(base));
    case "dotnet":
      return dotnetOf(base);
    case "golang":
    case "rust":
      return compiledOf(base);
    case "cuda":
      return listed(cudaOf(base));
    default:
      return [];
  }
}

function listed(one: Variant | undefined): readonly Variant[] {
  return one ? [one] : [];
}

const JRE = "a Java runtime without the compiler";

/** `17-jdk-noble`, `17-noble` and `8-slim` have a `jre` of the same build; OpenJDK's image up to Java 11 alone. */
function jreOf({ family, reference, words, version }: KnownBase): Variant | undefined {
  const major = Number.parseInt(version ?? "", 10);
  const hasJre = family.name === "openjdk" ? major <= 11 : major !== 16;
  // The first builds of Temurin 17 and 18 came as JDK alone.
  if (/^1[78]_/.test(version ?? "")) return undefined;
  if (Number.isNaN(major) || !hasJre || words.some((word) => /^(jre|oracle.*|ea|rc|windows.*|nanoserver)$/.test(word)))
    return undefined;
  const parts = reference.tag!.split("-");
  // `8u345-b01-jdk`: the build belongs to the version.
  const front = /^b?[\d.]+$/.test(parts[1] ?? "") ? 2 : 1;
  const rest = parts.slice(front).filter((word) => word !== "jdk");
  const tag = [...parts.slice(0, front), "jre", ...rest].join("-");
  return variant(reference, tag, "runtime", JRE);
}

/** Corretto 8 has `jre`; later ones, on Amazon Linux 2023 alone, `headful`. */
function correttoOf({ reference, version, words, distribution }: KnownBase): Variant | undefined {
  const major = Number.parseInt(version ?? "", 10);
  const rest = words.filter((word) => word !== "jdk");
  const isOnAlpine = distribution?.name === "alpine";
  if (!/^\d+$/.test(version ?? "") || !rest.every((word) => /^(al2023|alpine[\d.]*)$/.test(word))) return undefined;
  if (major === 8) return variant(reference, ["8", ...rest, "jre"].join("-"), "runtime", JRE);
  const hasHeadful = major === 11 || major === 17 || major >= 21;
  if (!hasHeadful || isOnAlpine) return undefined;
  return variant(reference, [version, ...rest, "headful"].join("-"), "runtime", JRE);
}

/** For what Maven or Gradle built: the runtime of the vendor that the tag names. */
function javaOf({ family, words, distribution }: KnownBase): Variant | undefined {
  const java = javaIn(family, words);
  if (java?.vendor === undefined) return undefined;
  const suite = words.find((word) => distributionOf(word)?.name === "ubuntu");
  const onAlpine = distribution?.name === "alpine" ? "alpine" : undefined;
  if (java.vendor === "amazoncorretto") {
    const isDebian = distribution?.name === "debian";
    const corretto = isDebian || onAlpine ? undefined : knownBase(`amazoncorretto:${java.version}`);
    return corretto && correttoOf(corretto);
  }
  const tag = [java.version, "jre", ...((suite ?? onAlpine) ? [suite ?? onAlpine] : [])].join("-");
  return java.version === "16" ? undefined : { reference: `eclipse-temurin:${tag}`, kind: "runtime", note: JRE };
}

/** The patch of an SDK is not that of its runtime, so only tags like `8.0` and `8.0-noble` say which one it is. */
function dotnetOf({ reference, version, words }: KnownBase): readonly Variant[] {
  const [, path, image] = /^(.*\/)?([a-z-]+)$/.exec(reference.name)!;
  if (version === undefined || !words.every((word) => word === "slim" || distributionOf(word) !== undefined)) return [];
  const of = (name: string, note: string, tag = reference.tag): Variant => {
    return { reference: `${path}${name}:${tag}`, kind: "runtime", note };
  };
  if (image === "sdk") {
    if (!/^\d+(\.\d+)?$/.test(version)) return [];
    return [of("aspnet", "a web server's runtime without the SDK"), of("runtime", "a runtime without the SDK")];
  }
  const isChiseled = /^(8\.0-(jammy|noble)|9\.0-noble|10\.0-noble)$/.test(reference.tag!);
  return isChiseled ? [of(image!, "without shell and package manager, user app", `${reference.tag}-chiseled`)] : [];
}

/** What a compiled program needs: nothing where it is static, else the distribution that it was linked on. */
function compiledOf({ family, distribution, words }: KnownBase): readonly Variant[] {
  const isStatic = family.name === "golang" ? "programs that are linked statically, as with CGO_ENABLED=0" : undefined;
  const where = distribution && imageOf(distribution);
  const isPlain = words.every((word) => word === "slim" || distributionOf(word) !== undefined || /^[\d.]+$/.test(word));
  if (!isPlain) return [];
  return [
    ...(isStatic ? [{ reference: "gcr.io/distroless/static", kind: "runtime", note: isStatic } as const] : []),
    ...(isStatic ? [{ reference: "scratch", kind: "runtime", note: `${isStatic}; no CA certificates` } as const] : []),
    ...(where ? [{ reference: where, kind: "runtime", note: "programs that use its C library" } as const] : []),
  ];
}

function cudaOf({ reference, words }: KnownBase): Variant | undefined {
  if (!words.includes("devel")) return undefined;
  const tag = reference.tag!.replace(/-devel(-|$)/, "-runtime$1");
  return variant(reference, tag, "runtime", "the libraries without compiler and headers");
}

function variant({ name }: Reference, tag: string, kind: Variant["kind"], note: string): Variant {
  return { reference: formatReference({ name, tag, digest: undefined }), kind, note };
}

/** Whether a version is not older; parts that it does not name count as the newest. */
function isSince(version: string, since: readonly number[]): boolean {
  const parts = version.split(/[^\d]+/).map(Number);
  for (const [at, least] of since.entries()) {
    const part = parts[at] ?? Number.POSITIVE_INFINITY;
    if (part !== least) return part > least;
  }
  return true;
}
