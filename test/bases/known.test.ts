import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knownBase, OFFICIAL_NAMES } from "../../src/bases/index.ts";
import { anyReferences, PREFIXES } from "./tags.ts";

/** What a tag says, in short: `node 20, debian 12, glibc, apt, root`. */
function told(image: string): string | undefined {
  const base = knownBase(image);
  if (!base) return undefined;
  const { family, version, distribution, libc, packageManager, user } = base;
  const stands = distribution && `${distribution.name} ${distribution.version ?? "?"}`;
  return [`${family.name} ${version ?? "?"}`, stands, libc, packageManager, user].map((each) => each ?? "–").join(", ");
}

describe("every name of an official image is its family", () => {
  test.each(OFFICIAL_NAMES)("%s", (name) => {
    for (const prefix of PREFIXES) {
      expect(knownBase(`${prefix}${name}`)?.family.name, prefix).toBe(name);
      expect(knownBase(`${prefix}${name}:1.2`)?.family.name, prefix).toBe(name);
    }
  });
});

test("images of others under the same name are not known", () => {
  for (const image of ["somebody/node:20", "ghcr.io/library/node:20", "localhost:5000/node:20", "node/node", "Node"]) {
    expect(knownBase(image), image).toBeUndefined();
  }
});

describe("a tag says what the image stands on", () => {
  test.each([
    ["node:20", "node 20, debian ?, glibc, apt, root"],
    ["node:20-bookworm-slim", "node 20, debian 12, glibc, apt, root"],
    ["node:lts-iron", "node 20, debian ?, glibc, apt, root"],
    ["node:20.11.1-alpine3.19", "node 20.11.1, alpine 3.19, musl, apk, root"],
    ["node", "node ?, debian ?, glibc, apt, root"],
    ["oven/bun:1", "bun 1, debian ?, glibc, apt, root"],
    ["oven/bun:1.2.3-alpine", "bun 1.2.3, alpine ?, musl, apk, root"],
    ["oven/bun:distroless", "bun ?, debian ?, glibc, –, root"],
    ["python:3.12-slim-bullseye", "python 3.12, debian 11, glibc, apt, root"],
    ["eclipse-temurin:17-jdk-alpine-3.20", "eclipse-temurin 17, alpine 3.20, musl, apk, root"],
    ["eclipse-temurin:8u345-b01-jre-ubi9-minimal", "eclipse-temurin 8u345, rhel 9, glibc, microdnf, root"],
    ["amazoncorretto:17-al2023", "amazoncorretto 17, amazonlinux 2023, glibc, dnf, root"],
    ["maven:3.9-eclipse-temurin-17-noble", "maven 3.9, ubuntu 24.04, glibc, apt, root"],
    ["gradle:8-jdk17", "gradle 8, –, glibc, –, root"],
    ["gradle:5.6-jdk11", "gradle 5.6, –, glibc, –, –"],
    ["mariadb:10.3", "mariadb 10.3, –, glibc, –, root"],
    ["mariadb:11.4", "mariadb 11.4, ubuntu ?, glibc, apt, root"],
    ["golang:1.22", "golang 1.22, debian 12, glibc, apt, root"],
    ["golang:1.24", "golang 1.24, debian 13, glibc, apt, root"],
    ["golang:1.24.5", "golang 1.24.5, debian 12, glibc, apt, root"],
    ["golang:1.16.6", "golang 1.16.6, debian ?, glibc, apt, root"],
    ["golang:1", "golang 1, debian ?, glibc, apt, root"],
    ["golang:1.27", "golang 1.27, debian ?, glibc, apt, root"],
    ["golang:1.24-bullseye", "golang 1.24, debian 11, glibc, apt, root"],
    ["rust:1.71", "rust 1.71, debian 12, glibc, apt, root"],
    ["rust:1.71.0", "rust 1.71.0, debian 11, glibc, apt, root"],
    ["rust:1.90-slim", "rust 1.90, debian 13, glibc, apt, root"],
    ["microsoft/dotnet:2.1-sdk", "dotnet 2.1, debian ?, glibc, apt, root"],
    ["gliderlabs/alpine:3.4", "alpine 3.4, alpine 3.4, musl, apk, root"],
    ["pypy:3.9-bullseye", "pypy 3.9, debian 11, glibc, apt, root"],
    ["openjdk:8", "openjdk 8, debian ?, glibc, apt, root"],
    ["openjdk:17-jdk", "openjdk 17, oraclelinux ?, glibc, –, root"],
    ["openjdk:17-slim", "openjdk 17, debian ?, glibc, apt, root"],
    ["maven:3.8-eclipse-temurin-17", "maven 3.8, ubuntu ?, glibc, apt, root"],
    ["maven:3-amazoncorretto-17-debian", "maven 3, debian ?, glibc, apt, root"],
    ["maven:3.9", "maven 3.9, –, glibc, –, root"],
    ["debian:bookworm-20240612-slim", "debian 12, debian 12, glibc, apt, root"],
    ["debian:12.5", "debian 12.5, debian 12.5, glibc, apt, root"],
    ["debian:sid", "debian ?, debian ?, glibc, apt, root"],
    ["ubuntu:jammy", "ubuntu 22.04, ubuntu 22.04, glibc, apt, root"],
    ["alpine:edge", "alpine ?, alpine ?, musl, apk, root"],
    ["centos:centos7", "centos 7, centos 7, glibc, yum, root"],
    ["quay.io/centos/centos:stream9", "centos 9, centos-stream 9, glibc, dnf, root"],
    ["rockylinux:9-minimal", "rockylinux 9, rockylinux 9, glibc, microdnf, root"],
    ["amazonlinux:2", "amazonlinux 2, amazonlinux 2, glibc, yum, root"],
    ["registry.access.redhat.com/ubi8/ubi-minimal:8.6-751", "ubi 8.6, rhel 8.6, glibc, microdnf, root"],
    ["registry.access.redhat.com/ubi9-micro", "ubi 9, rhel 9, glibc, –, root"],
    ["busybox:1.36-musl", "busybox 1.36, busybox 1.36, musl, –, root"],
    ["busybox", "busybox ?, busybox ?, –, –, root"],
    ["mcr.microsoft.com/dotnet/aspnet:8.0", "dotnet 8.0, debian ?, glibc, apt, root"],
    ["mcr.microsoft.com/dotnet/sdk:10.0", "dotnet 10.0, ubuntu ?, glibc, apt, root"],
    ["mcr.microsoft.com/dotnet/aspnet:8.0-alpine", "dotnet 8.0, alpine ?, musl, apk, root"],
    ["mcr.microsoft.com/dotnet/runtime:8.0-jammy-chiseled", "dotnet 8.0, ubuntu 22.04, glibc, –, app"],
    ["gcr.io/distroless/static-debian12:nonroot", "distroless ?, debian 12, none, –, nonroot"],
    ["gcr.io/distroless/cc-debian12", "distroless ?, debian 12, glibc, –, root"],
    ["golang:1.22-windowsservercore-ltsc2022", "golang 1.22, windows 2022, –, –, root"],
    ["nvidia/cuda:12.2.0-devel-ubuntu22.04", "cuda 12.2.0, ubuntu 22.04, glibc, apt, root"],
    [
      "alpine@sha256:5ce5f501c457015c4b91f91a15ac69157d9b06f1a75cf9107bf2b62e0843983a",
      "alpine ?, alpine ?, musl, apk, root",
    ],
  ])("%s", (image, said) => {
    expect(told(image)).toBe(said);
  });
});

test("all that has a version in a tag is told", () => {
  const contents = (image: string) => knownBase(image)?.contents.map(({ product, version }) => `${product} ${version}`);
  expect(contents("node:20-bookworm")).toEqual(["node 20", "debian 12"]);
  expect(contents("elixir:1.16-otp-26-slim")).toEqual(["elixir 1.16", "erlang 26"]);
  expect(contents("maven:3.9-eclipse-temurin-17-noble")).toEqual(["maven 3.9", "eclipse-temurin 17", "ubuntu 24.04"]);
  expect(contents("gradle:8.5-jdk21-jammy")).toEqual(["gradle 8.5", "eclipse-temurin 21", "ubuntu 22.04"]);
  expect(contents("gcr.io/distroless/nodejs20-debian12")).toEqual(["node 20", "debian 12"]);
  expect(contents("mcr.microsoft.com/windows/servercore:ltsc2019")).toEqual(["windows 2019"]);
  expect(contents("ubuntu:latest")).toEqual([]);
});

test("an image on Alpine is never told to have glibc, nor one on Debian musl", () => {
  fc.assert(
    fc.property(anyReferences, (image) => {
      const base = knownBase(image);
      // Both have images for programs that bring or need no C library.
      if (!base || base.family.name === "busybox" || base.family.name === "distroless") return;
      if (base.distribution?.name === "alpine") expect(base.libc).toBe("musl");
      if (base.distribution?.name === "debian") expect(base.libc).toBe("glibc");
    }),
  );
});
