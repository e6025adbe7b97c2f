/** Images that get no updates any more, by their publishers' own word, and what follows them. */
import { formatReference, parseReference, type Reference } from "../dockerfile/index.ts";
import { officialName, pathOf } from "./families.ts";

export interface Deprecation {
  /** The month since when, or the day: `2022-07`. */
  readonly since: string;
  /** What follows it, the nearest first, with a tag where one has the same version. */
  readonly successors: readonly string[];
}

interface Notice {
  readonly since: string;
  readonly successors: (reference: Reference) => readonly string[];
}

/** Official images of Docker Hub. Their descriptions (docker-library/docs) and manifests say so. */
const OFFICIAL: Readonly<Record<string, Notice>> = {
  adoptopenjdk: { since: "2021-08", successors: java },
  centos: { since: "2024-06-30", successors: relativesOfCentos },
  clearlinux: { since: "2025-07", successors: () => [] },
  iojs: { since: "2015-09", successors: () => ["node"] },
  java: { since: "2016-12", successors: java },
  openjdk: { since: "2022-07", successors: java },
  // The project goes on under its own name.
  rockylinux: { since: "2023-11", successors: ({ tag }) => [named("rockylinux/rockylinux", tag)] },
};

/** Other images, by their path. */
const OTHERS: readonly (readonly [RegExp, Notice])[] = [
  // Since .NET 5 the path is shorter.
  [
    /^mcr\.microsoft\.com\/dotnet\/core\//,
    {
      since: "2022-12",
      successors: ({ repository }) => [`mcr.microsoft.com/${repository.replace("dotnet/core/", "dotnet/")}`],
    },
  ],
  [
    /^docker\.io\/microsoft\/(dotnet(-nightly)?|aspnetcore(-build)?)$/,
    { since: "2019-05", successors: () => ["mcr.microsoft.com/dotnet/sdk", "mcr.microsoft.com/dotnet/aspnet"] },
  ],
  [/^docker\.io\/mhart\/alpine-node$/, { since: "2023-01", successors: alpineNode }],
];

/** Undefined for images that are kept up, and those of which nothing is known. */
export function deprecationOf(image: string | Reference): Deprecation | undefined {
  const reference = typeof image === "string" ? parseReference(image) : image;
  if (!reference) return undefined;
  const official = officialName(reference);
  const path = pathOf(reference);
  const notice =
    official !== undefined && Object.hasOwn(OFFICIAL, official)
      ? OFFICIAL[official]
      : OTHERS.find(([pattern]) => pattern.test(path))?.[1];
  // Early builds of the next Java are all that OpenJDK's image still gets.
  if (!notice || (official === "openjdk" && /(^|-)(ea|rc)(-|$)/.test(reference.tag ?? ""))) return undefined;
  return { since: notice.since, successors: notice.successors(reference) };
}

function named(name: string, tag: string | undefined): string {
  return formatReference({ name, tag, digest: undefined });
}

/** Temurin with the same version of Java, as JRE where the base was one; others follow it too. */
function java({ repository, tag = "" }: Reference): readonly string[] {
  const text = repository.endsWith("/java") ? tag.replace(/^openjdk-/, "") : tag;
  const major = /^(\d+)/.exec(text)?.[1];
  const kind = /(^|-)jre(-|$)/.test(text) ? "jre" : "jdk";
  // Temurin has no images of older releases, nor of those that ended before it began.
  const has = major !== undefined && (/^(8|11)$/.test(major) || Number(major) >= 17);
  const onAlpine = /(^|-)alpine/.test(text) ? "-alpine" : "";
  const temurin = has ? `eclipse-temurin:${major}-${kind}${onAlpine}` : "eclipse-temurin";
  const corretto = has && /^(8|11|17|21|25)$/.test(major) ? `amazoncorretto:${major}` : "amazoncorretto";
  return onAlpine ? [temurin] : [temurin, corretto];
}

function relativesOfCentos({ tag = "" }: Reference): readonly string[] {
  const major = /^(?:centos)?(\d+)/.exec(tag)?.[1];
  const suffix = major === "8" ? ":8" : "";
  return [`almalinux${suffix}`, `rockylinux/rockylinux${suffix}`];
}

function alpineNode({ tag = "" }: Reference): readonly string[] {
  const version = /^(?:slim-)?(\d+(?:\.\d+)*)$/.exec(tag)?.[1];
  return [version === undefined ? "node:alpine" : `node:${version}-alpine`];
}
