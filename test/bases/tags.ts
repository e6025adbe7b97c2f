/** References as people write them, for property tests: a family under one of its names, and a tag put together from words that tags have. */
import fc from "fast-check";
import { OFFICIAL_NAMES } from "../../src/bases/index.ts";

/** Each stands before the name of an official image and means the same image. */
export const PREFIXES = [
  "",
  "library/",
  "docker.io/",
  "docker.io/library/",
  "index.docker.io/library/",
  "registry.hub.docker.com/library/",
  "mirror.gcr.io/library/",
  "public.ecr.aws/docker/library/",
  "arm64v8/",
  "amd64/",
];

const versions = fc.constantFrom(
  ..."1 1.20 1.30-rc 2.7 2.7.18 3 3.3 3.12 3.12.1 5.30 7.9 8 8.0 8u312 8u345-b01 9.6 9.10 10 10.14.0 11 11.0.16 12 12.5 16 17 17.0.5_8 18 20 20.11.1 21 22.04 23 24.04 25 2023".split(
    " ",
  ),
  ..."latest lts lts-iron iron current stable mainline sid bookworm bookworm-20240612 jammy noble alpine slim centos7".split(
    " ",
  ),
);

const words = fc.constantFrom(
  ..."slim minimal jdk jre headless alpine alpine3.20 bookworm bullseye stretch jammy noble al2023 ubi9 fpm apache cli otp-27 devel eclipse-temurin-17 amazoncorretto-21 jdk17 windowsservercore-ltsc2022 nanoserver onbuild threaded chiseled".split(
    " ",
  ),
);

const tags = fc
  .tuple(versions, fc.uniqueArray(words, { maxLength: 3 }))
  .map(([version, rest]) => [version, ...rest].join("-"));

const others = [
  "mcr.microsoft.com/dotnet/sdk",
  "mcr.microsoft.com/dotnet/aspnet",
  "mcr.microsoft.com/dotnet/core/sdk",
  "registry.access.redhat.com/ubi9",
  "registry.access.redhat.com/ubi8/ubi",
  "ghcr.io/oracle/oraclelinux",
  "nvidia/cuda",
  "gcr.io/distroless/nodejs20-debian12",
];

export const references: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...PREFIXES), fc.constantFrom(...OFFICIAL_NAMES), tags)
  .map(([prefix, name, tag]) => `${prefix}${name}:${tag}`);

export const anyReferences: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: references },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...others), tags).map(([name, tag]) => `${name}:${tag}`) },
);
