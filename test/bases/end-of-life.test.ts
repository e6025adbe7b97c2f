import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allCycles,
  isNewest,
  KNOWN_ON,
  knownBase,
  type SupportState,
  supportOf,
  supportOfContent,
} from "../../src/bases/index.ts";
import { anyReferences } from "./tags.ts";

/** `node 20 ended 2026-04-30`, for each release that the tag names. */
function told(image: string, today = "2026-11-27"): readonly string[] {
  return supportOf(knownBase(image)!, today).map(({ product, cycle, state, ends }) =>
    [product, cycle, state, ends].join(" "),
  );
}

describe("the end of life of each release that a tag names", () => {
  test.each([
    ["node:20.11.1-slim", ["node 20 ended 2026-04-30"]],
    ["node:22-bullseye", ["node 22 supported 2027-04-30", "debian 11 ended 2026-08-31"]],
    ["node:lts-iron", ["node 20 ended 2026-04-30"]],
    ["python:3.10-alpine3.18", ["python 3.10 ended 2026-10-31", "alpine 3.18 ended 2025-05-09"]],
    ["debian:12.5", ["debian 12 long-term 2028-06-30"]],
    ["ubuntu:trusty", ["ubuntu 14.04 ended 2019-04-02"]],
    ["centos:7.9.2009", ["centos 7 ended 2024-06-30"]],
    ["amazonlinux:2.0.20240101.0", ["amazonlinux 2 ended 2026-06-30"]],
    ["registry.access.redhat.com/ubi8:8.6", ["rhel 8 supported 2029-05-31"]],
    [
      "eclipse-temurin:8u345-b01-jdk-jammy",
      ["eclipse-temurin 8 supported 2030-12-31", "ubuntu 22.04 supported 2027-04-01"],
    ],
    ["mcr.microsoft.com/dotnet/sdk:8.0.404", ["dotnet 8 ended 2026-11-10"]],
    ["postgres:9.6.24", ["postgres 9.6 ended 2021-11-11"]],
    ["php:7.4-fpm", ["php 7.4 ended 2022-11-28"]],
  ])("%s", (image, said) => {
    expect(told(image)).toEqual(said);
  });
});

test("a version that a later release can still belong to has no end; one of a closed series has the end of its last", () => {
  expect(told("python:3")).toEqual([]);
  expect(told("golang:1")).toEqual([]);
  expect(told("php:7")).toEqual(["php 7.4 ended 2022-11-28"]);
  expect(told("ruby:2-slim")).toEqual(["ruby 2.7 ended 2023-03-31"]);
});

test("a longer number is not taken for a shorter one", () => {
  expect(supportOfContent({ product: "python", version: "3.1" }, KNOWN_ON)).toBeUndefined();
  expect(supportOfContent({ product: "python", version: "3.100" }, KNOWN_ON)).toBeUndefined();
  expect(supportOfContent({ product: "node", version: "200" }, KNOWN_ON)).toBeUndefined();
  expect(supportOfContent({ product: "constructor", version: "1" }, KNOWN_ON)).toBeUndefined();
});

test("support lasts to the end of its last day", () => {
  expect(told("node:20", "2026-04-30")).toEqual(["node 20 supported 2026-04-30"]);
  expect(told("node:20", "2026-05-01")).toEqual(["node 20 ended 2026-04-30"]);
});

test("every date is a day, in a year that can be", () => {
  for (const content of allCycles()) {
    const support = supportOfContent(content, KNOWN_ON)!;
    for (const day of [support.ends, support.handover ?? support.ends]) {
      expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
      expect(day > "2013" && day < "2040", `${content.product} ${content.version}`).toBe(true);
    }
    expect(support.cycle).toBe(content.version);
    if (support.handover !== undefined) expect(support.handover < support.ends).toBe(true);
  }
});

const days = fc
  .date({ min: new Date("2010-01-01"), max: new Date("2045-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const rank: Readonly<Record<SupportState, number>> = { supported: 0, "long-term": 1, ended: 2 };

test("what has ended stays ended as days pass", () => {
  fc.assert(
    fc.property(anyReferences, days, days, (image, one, other) => {
      const base = knownBase(image);
      if (!base) return;
      const [earlier, later] = one < other ? [one, other] : [other, one];
      const after = supportOf(base, later);
      for (const [at, before] of supportOf(base, earlier).entries()) {
        expect(rank[after[at]!.state]).toBeGreaterThanOrEqual(rank[before.state]);
        expect(after[at]!.ends).toBe(before.ends);
      }
    }),
  );
});

describe("a release that came after all those of which the last day is known", () => {
  test.each([
    ["elixir", "1.18", true],
    ["elixir", "1.18.3", true],
    ["elixir", "1.14", false],
    ["python", "3", true],
    ["python", "2", false],
    ["php", "8", true],
    ["php", "7.4", false],
    ["node", "99-nightly", false],
    ["rust", "1.85", false],
  ])("%s %s: %s", (product, version, expected) => {
    expect(isNewest({ product, version })).toBe(expected);
  });
});
