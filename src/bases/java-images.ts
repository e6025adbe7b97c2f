/**
 * Images with a Java to link another one from: where they have it, and what of them stands in its place. From the Dockerfiles of
 * adoptium/containers and docker-library/openjdk, as they were in August 2026.
 */
import { formatReference } from "../dockerfile/index.ts";
import { distributionOf, imageOf } from "./distributions.ts";
import { javaIn } from "./known.ts";
import type { KnownBase } from "./types.ts";

export interface JavaImage {
  /** The image, or its neighbour of the same build that has `jlink`. */
  readonly kit: string;
  /** The distribution that it stands on, alone. */
  readonly distribution: string;
  /** JAVA_HOME. */
  readonly home: string;
  /** Variables beside JAVA_HOME, as ENV takes them. */
  readonly env: readonly string[];
  /** Files outside of `home` that the distribution's image lacks, and Java or what starts it looks up. */
  readonly files: readonly string[];
  readonly entrypoint: string | undefined;
}

/** The first Java that links others as all later ones do, and whose archive of shared classes is made without options. */
const FIRST = 11;

const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";

/** Copies certificates where it is asked to, and starts its words. */
const TEMURIN_ENTRYPOINT = "/__cacert_entrypoint.sh";

/** Undefined for other families, for other distributions than Debian and Ubuntu, and where the tag leaves the release or the version open. */
export function javaImageOf({ family, reference, version, words }: KnownBase): JavaImage | undefined {
  // The release must be said: an image may have moved on to another one since its rule was written.
  const suite = words.map((word) => distributionOf(word)).find((each) => each?.version !== undefined);
  const java = javaIn(family, words);
  const vendor = java ? java.vendor : family.name;
  const major = Number.parseInt(java?.version ?? version ?? "", 10);
  const distribution = suite && imageOf(suite);
  if (distribution === undefined || !(major >= FIRST)) return undefined;
  const tag = reference.tag!.replace(/-jre(?=-|$)/, "-jdk");
  const kit = formatReference({ name: reference.name, tag, digest: undefined });
  const shared = { kit, distribution };
  if (vendor === "eclipse-temurin" && suite?.name === "ubuntu")
    return {
      ...shared,
      home: "/opt/java/openjdk",
      env: ["LANG=en_US.UTF-8", "LANGUAGE=en_US:en", "LC_ALL=en_US.UTF-8"],
      files: [
        ...[CERTIFICATES, "/etc/localtime", "/usr/share/zoneinfo", "/usr/lib/locale"],
        ...(family.name === "maven" ? [] : [TEMURIN_ENTRYPOINT]),
      ],
      // Maven has one of its own, which prepares a build.
      entrypoint: family.name === "maven" ? undefined : TEMURIN_ENTRYPOINT,
    };
  if (vendor === "openjdk" && suite?.name === "debian")
    return {
      ...shared,
      home: `/usr/local/openjdk-${major}`,
      env: ["LANG=C.UTF-8"],
      files: [CERTIFICATES],
      entrypoint: undefined,
    };
  return undefined;
}
