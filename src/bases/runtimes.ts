/** Images for a stage that only runs what was built on the base. */
import { distributionOf, imageOf } from "./distributions.ts";
import { javaIn, knownBase } from "./known.ts";
import type { KnownBase } from "./types.ts";
import { MOVING, type Variant, variant } from "./variant.ts";

/** The nearest first. */
export function runtimesOf(base: KnownBase): readonly Variant[] {
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

const JRE = "Java without the compiler";

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
    // Up to .NET Core 3.1 the SDK stood on the whole Debian, and the runtimes on the slim one.
    const isOnDebian = words.some((word) => distributionOf(word)?.name === "debian") && !words.includes("slim");
    const tag = isOnDebian && Number(version) < 5 ? `${reference.tag}-slim` : reference.tag;
    return [of("aspnet", "web servers, without the SDK", tag), of("runtime", "other programs, without the SDK", tag)];
  }
  const isChiseled = /^(8\.0-(jammy|noble)|9\.0-noble|10\.0-noble)$/.test(reference.tag!);
  return isChiseled ? [of(image!, "without shell and package manager, user app", `${reference.tag}-chiseled`)] : [];
}

/** What a compiled program needs: nothing where it is static, else the distribution that it was linked on. */
function compiledOf({ family, distribution, words }: KnownBase): readonly Variant[] {
  const isPlain = (word: string) => word === "slim" || MOVING.test(word) || /^[\d.]+$/.test(word);
  if (!words.every((word) => isPlain(word) || distributionOf(word) !== undefined)) return [];
  const where = distribution && imageOf(distribution);
  const own = where === undefined ? [] : [runtime(where, "what it built, with the same C library")];
  if (family.name !== "golang") return own;
  return [
    runtime("gcr.io/distroless/static", "static programs (CGO_ENABLED=0)"),
    runtime("scratch", "static programs (CGO_ENABLED=0) that start no other; `docker exec` finds no shell"),
    ...own,
  ];
}

function runtime(reference: string, note: string): Variant {
  return { reference, kind: "runtime", note };
}

function cudaOf({ reference, words }: KnownBase): Variant | undefined {
  if (!words.includes("devel")) return undefined;
  const tag = reference.tag!.replace(/-devel(-|$)/, "-runtime$1");
  return variant(reference, tag, "runtime", "the libraries without compiler and headers");
}
