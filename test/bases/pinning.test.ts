import { expect, test } from "vitest";
import { pinningOf } from "../../src/bases/index.ts";

const digest = "sha256:5ce5f501c457015c4b91f91a15ac69157d9b06f1a75cf9107bf2b62e0843983a";

test.each([
  [`node:20@${digest}`, "digest"],
  ["node", "floating"],
  ["node:20", "floating"],
  ["node:20-alpine3.20", "floating"],
  ["node:20.11.1-slim", "release"],
  ["debian:12", "floating"],
  ["debian:12.5-slim", "release"],
  ["debian:bookworm-20240612", "release"],
  ["ubuntu:24.04", "floating"],
  ["ubuntu:noble-20240605", "release"],
  ["postgres:16.2", "release"],
  ["eclipse-temurin:17.0.5_8-jdk", "release"],
  ["eclipse-temurin:17-jdk", "floating"],
  ["somebody/tool", "floating"],
  ["somebody/tool:stable", "floating"],
  ["somebody/tool:v1.2.3", "release"],
  ["somebody/tool:7", "tag"],
] as const)("%s: %s", (image, pinning) => {
  expect(pinningOf(image)).toBe(pinning);
});
