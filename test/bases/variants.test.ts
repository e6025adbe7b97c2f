import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knownBase, smallerThan } from "../../src/bases/index.ts";
import { anyReferences } from "./tags.ts";

function smaller(image: string): readonly string[] {
  return smallerThan(knownBase(image)!).map(({ reference, kind }) => `${kind} ${reference}`);
}

const digest = "sha256:5ce5f501c457015c4b91f91a15ac69157d9b06f1a75cf9107bf2b62e0843983a";

describe("images that can stand in the place of the base", () => {
  test.each([
    ["node:20", "node:20-slim"],
    ["node", "node:slim"],
    ["node:lts", "node:lts-slim"],
    ["node:iron-bookworm", "node:iron-bookworm-slim"],
    ["docker.io/library/node:20.11.1", "docker.io/library/node:20.11.1-slim"],
    [`node:20@${digest}`, "node:20-slim"],
    ["python:3.12", "python:3.12-slim"],
    ["python:3.12-bookworm", "python:3.12-slim-bookworm"],
    ["ruby:trixie", "ruby:slim-trixie"],
    ["rust:1.80-bookworm", "rust:1.80-slim-bookworm"],
    ["perl:5.38-threaded", "perl:5.38-slim-threaded"],
    ["haskell:9.6-bullseye", "haskell:9.6-slim-bullseye"],
    ["elixir:1.16-otp-26", "elixir:1.16-otp-26-slim"],
    ["erlang:27", "erlang:27-slim"],
    ["swift:5.10-jammy", "swift:5.10-jammy-slim"],
    ["debian:12", "debian:12-slim"],
    ["debian", "debian:stable-slim"],
    ["debian:bookworm-20240612", "debian:bookworm-20240612-slim"],
    ["nginx:1.27-alpine3.20", "nginx:1.27-alpine3.20-slim"],
    ["oraclelinux:8", "oraclelinux:8-slim"],
    ["rockylinux:9.3", "rockylinux:9.3-minimal"],
    ["registry.access.redhat.com/ubi9:9.4", "registry.access.redhat.com/ubi9/ubi-minimal:9.4"],
  ])("%s", (image, variant) => {
    expect(smaller(image)[0]).toBe(`slim ${variant}`);
  });
});

describe("images for what was built on the base", () => {
  test.each([
    ["openjdk:8", ["openjdk:8-jre"]],
    ["openjdk:8-jdk-alpine", ["openjdk:8-jre-alpine"]],
    ["openjdk:11.0.16-jdk-slim-bullseye", ["openjdk:11.0.16-jre-slim-bullseye"]],
    ["eclipse-temurin:17", ["eclipse-temurin:17-jre"]],
    ["eclipse-temurin:17.0.5_8-jdk-jammy", ["eclipse-temurin:17.0.5_8-jre-jammy"]],
    ["eclipse-temurin:8u345-b01-jdk-alpine", ["eclipse-temurin:8u345-b01-jre-alpine"]],
    ["amazoncorretto:8-alpine3.20", ["amazoncorretto:8-alpine3.20-jre"]],
    ["amazoncorretto:21-al2023-jdk", ["amazoncorretto:21-al2023-headful"]],
    ["maven:3.9-eclipse-temurin-21-noble", ["eclipse-temurin:21-jre-noble"]],
    ["maven:3-amazoncorretto-17", ["amazoncorretto:17-headful"]],
    ["gradle:8-jdk17-jammy", ["eclipse-temurin:17-jre-jammy"]],
    [
      "mcr.microsoft.com/dotnet/sdk:8.0",
      ["mcr.microsoft.com/dotnet/aspnet:8.0", "mcr.microsoft.com/dotnet/runtime:8.0"],
    ],
    [
      "mcr.microsoft.com/dotnet/core/sdk:3.1-buster",
      ["mcr.microsoft.com/dotnet/core/aspnet:3.1-buster-slim", "mcr.microsoft.com/dotnet/core/runtime:3.1-buster-slim"],
    ],
    ["mcr.microsoft.com/dotnet/aspnet:8.0-jammy", ["mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled"]],
    ["golang:1.27", ["gcr.io/distroless/static", "scratch"]],
    ["golang:1.25", ["gcr.io/distroless/static", "scratch", "debian:trixie-slim"]],
    ["golang:1.25-bookworm", ["gcr.io/distroless/static", "scratch", "debian:bookworm-slim"]],
    ["golang:1.25-alpine3.22", ["gcr.io/distroless/static", "scratch", "alpine:3.22"]],
    ["rust:1.90-slim-bookworm", ["debian:bookworm-slim"]],
    ["nvidia/cuda:12.2.0-devel-ubuntu22.04", ["nvidia/cuda:12.2.0-runtime-ubuntu22.04"]],
  ])("%s", (image, variants) => {
    expect(smaller(image)).toEqual(variants.map((each) => `runtime ${each}`));
  });
});

describe("nothing is proposed", () => {
  test.each([
    ["node:20-slim", "it is slim"],
    ["node:20-alpine", "Alpine's has no slim one"],
    ["node:8-onbuild", "nobody knows what the word means for it"],
    ["node:8-wheezy", "the suite never had one"],
    ["node:lts-iron", "the alias never had one"],
    [`node@${digest}`, "the digest does not say which version"],
    ["python:3.12-windowsservercore", "it is Windows"],
    ["rust:1.24", "it began later"],
    ["debian:9.2", "it began later"],
    ["haskell:9.10", "only suites have it"],
    ["ubuntu:24.04", "there is none"],
    ["php:8.3-apache", "there is none"],
    ["openjdk:17", "OpenJDK's image has no JRE after 11"],
    ["openjdk:8-jre", "it is a JRE"],
    ["amazoncorretto:17-alpine", "Corretto has no JRE there"],
    ["gradle:8", "the version of Java is not named"],
    ["mcr.microsoft.com/dotnet/sdk:8.0.404", "the runtime has another patch"],
    ["registry.access.redhat.com/ubi8/ubi:8.6-754", "its builds are counted on their own"],
    ["nginx:1.21-alpine", "it began later"],
  ])("%s: %s", (image) => {
    expect(smaller(image)).toEqual([]);
  });
});

test("a slim variant has the same family, version, distribution and C library, and is the last", () => {
  fc.assert(
    fc.property(anyReferences, (image) => {
      const base = knownBase(image);
      for (const { reference, kind } of base ? smallerThan(base) : []) {
        if (kind !== "slim") continue;
        const variant = knownBase(reference)!;
        expect(variant.family).toBe(base!.family);
        expect(variant.version).toBe(base!.version);
        expect(variant.distribution).toEqual(base!.distribution);
        expect(variant.libc).toBe(base!.libc);
        expect(smallerThan(variant).filter((each) => each.kind === "slim")).toEqual([]);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("no proposal has another C library", () => {
  fc.assert(
    fc.property(anyReferences, (image) => {
      const base = knownBase(image);
      for (const { reference } of base ? smallerThan(base) : []) {
        const libc = reference === "scratch" ? "none" : knownBase(reference)?.libc;
        expect(libc === "none" || libc === base!.libc, `${image} → ${reference}`).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});
