import { expect, test } from "vitest";
import { parseChallenges } from "../../src/registry/challenge.ts";

const read = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

test("a bearer challenge keeps the commas inside its scope", () => {
  const header =
    'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push"';
  expect(read(header)).toEqual([
    ["bearer", { realm: "https://auth.example/token", service: "registry.example", scope: "repository:a/b:pull,push" }],
  ]);
});

test("several challenges in one header are told apart", () => {
  expect(read('Basic realm="a, b", Bearer realm=plain , error="x \\" y"')).toEqual([
    ["basic", { realm: "a, b" }],
    ["bearer", { realm: "plain", error: 'x " y' }],
  ]);
});

test("a scheme needs no parameters, and nonsense is no challenge", () => {
  expect(read("Negotiate")).toEqual([["negotiate", {}]]);
  expect(read('="=, ,"')).toEqual([]);
});
