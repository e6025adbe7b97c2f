import { describe, expect, test } from "vitest";
import { deprecationOf, familyOf } from "../../src/bases/index.ts";
import { parseReference } from "../../src/dockerfile/index.ts";

describe("what follows a deprecated image", () => {
  test.each([
    ["openjdk:17-jdk-slim", "2022-07", ["eclipse-temurin:17-jdk", "amazoncorretto:17"]],
    ["openjdk:8-jre-alpine", "2022-07", ["eclipse-temurin:8-jre-alpine"]],
    ["openjdk:13", "2022-07", ["eclipse-temurin", "amazoncorretto"]],
    ["java:openjdk-8-jdk", "2016-12", ["eclipse-temurin:8-jdk", "amazoncorretto:8"]],
    ["docker.io/library/centos:8", "2024-06-30", ["almalinux:8", "rockylinux/rockylinux:8"]],
    ["centos:7", "2024-06-30", ["almalinux", "rockylinux/rockylinux"]],
    ["rockylinux:9", "2023-11", ["rockylinux/rockylinux:9"]],
    ["iojs:3", "2015-09", ["node"]],
    ["mcr.microsoft.com/dotnet/core/sdk:3.1", "2022-12", ["mcr.microsoft.com/dotnet/sdk"]],
    ["microsoft/dotnet:2.1-sdk", "2019-05", ["mcr.microsoft.com/dotnet/sdk", "mcr.microsoft.com/dotnet/aspnet"]],
    ["mhart/alpine-node:12", "2023-01", ["node:12-alpine"]],
  ])("%s", (image, since, successors) => {
    expect(deprecationOf(image)).toEqual({ since, successors });
  });
});

test.each(["node:20", "quay.io/centos/centos:stream9", "openjdk:27-ea-slim", "somebody/openjdk:8", "constructor"])(
  "%s is not deprecated",
  (image) => {
    expect(deprecationOf(image)).toBeUndefined();
  },
);

test("what follows is an image that refit knows, and is not deprecated itself", () => {
  for (const image of [
    "openjdk:8",
    "openjdk:11-jre-slim",
    "java",
    "centos:6",
    "adoptopenjdk:11",
    "mhart/alpine-node",
  ]) {
    for (const successor of deprecationOf(image)!.successors) {
      expect(familyOf(parseReference(successor)!), successor).toBeDefined();
      expect(deprecationOf(successor), successor).toBeUndefined();
    }
  }
});
