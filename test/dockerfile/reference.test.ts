import fc from "fast-check";
import { expect, test } from "vitest";
import { formatReference, parseReference } from "../../src/dockerfile/index.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

test.each([
  ["node", "docker.io", "library/node", undefined],
  ["node:20", "docker.io", "library/node", "20"],
  ["bitnami/foo.bar:1", "docker.io", "bitnami/foo.bar", "1"],
  ["docker.io/node", "docker.io", "library/node", undefined],
  ["index.docker.io/a/b", "docker.io", "a/b", undefined],
  ["localhost/a", "localhost", "a", undefined],
  ["localhost:5000/app:1.0", "localhost:5000", "app", "1.0"],
  ["ghcr.io/a/b/c", "ghcr.io", "a/b/c", undefined],
  ["[::1]:5000/a", "[::1]:5000", "a", undefined],
  ["Registry/a", "Registry", "a", undefined],
])("%s names an image", (text, registry, repository, tag) => {
  expect(parseReference(text)).toMatchObject({ registry, repository, tag, digest: undefined });
});

test("C5: a port is no tag", () => {
  expect(parseReference("h:5000/x")).toMatchObject({
    name: "h:5000/x",
    registry: "h:5000",
    repository: "x",
    tag: undefined,
  });
});

test("a tag and a digest may stand together", () => {
  expect(parseReference(`h:5000/x:1@${digest}`)).toMatchObject({ name: "h:5000/x", tag: "1", digest });
});

test.each([
  "",
  "Node",
  "a//b",
  "-a",
  "a:",
  "a@sha256:abc",
  `a@${digest}@${digest}`,
  "a b",
  "$IMAGE",
  "https://a/b",
  "0123456789abcdef".repeat(4),
  "é",
])("%j names none", (text) => {
  expect(parseReference(text)).toBeUndefined();
});

test("a reference is printed as it was written", () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,5}$/);
  const tag = fc.option(fc.stringMatching(/^\w[\w.-]{0,9}$/), { nil: undefined });
  const pinned = fc.constantFrom(undefined, digest);
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), tag, pinned, (path, tag, digest) => {
      const text = formatReference({ name: path.join("/"), tag, digest });
      expect(formatReference(parseReference(text)!)).toBe(text);
    }),
  );
});

test("a digest is added where the tag stays", () => {
  expect(formatReference({ ...parseReference("node:20")!, digest })).toBe(`node:20@${digest}`);
});
