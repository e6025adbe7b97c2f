import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDockerfile, parseReference } from "../../src/dockerfile/index.ts";
import { factsOf } from "../../src/image/index.ts";
import { applyEdits } from "../../src/text/index.ts";
import type { Proposal } from "../../src/transform/index.ts";
import pinImages from "../../transforms/pin-images/index.ts";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

/** Every image is known, under one digest. */
class Everywhere extends Map<string, { digest: string }> {
  override get = () => ({ digest: DIGEST });
}

function proposalsFor(source: string, digests: Map<string, { digest: string }> = new Everywhere()): Proposal[] {
  const facts = factsOf(parseDockerfile(source), { digests });
  return [...pinImages.find(facts, { syntax: "pin" })].map((place) =>
    pinImages.rewrite(place, facts, { syntax: "pin" }),
  );
}

/** The file with every image pinned, digests shortened to `@…`. */
function pinned(source: string): string {
  const edits = proposalsFor(source).flatMap((proposal) => ("edits" in proposal ? proposal.edits : []));
  return applyEdits(source, edits).replaceAll(DIGEST, "…");
}

function declines(source: string): string[] {
  return proposalsFor(source).flatMap((proposal) => ("declined" in proposal ? [proposal.code] : []));
}

test("K1: scratch gets neither tag nor digest", () => {
  expect(pinned("FROM scratch\nCOPY --from=scratch / /\n")).toBe("FROM scratch\nCOPY --from=scratch / /\n");
});

test("K2, X5: the name or number of a stage is not an image, in any case of letters", () => {
  const source = "FROM node:20 AS Base\nFROM base AS two\nFROM BASE\n";
  const copies = "COPY --from=TWO / /\nCOPY --from=base / /\nCOPY --from=0 / /\nRUN --mount=from=two,target=/t ls /t\n";
  expect(pinned(source + copies)).toBe(source.replace("node:20", "node:20@…") + copies);
  expect(declines(source + copies)).toEqual([]);
});

test("K7: a tag alone is never called a pin: no digest, no change", () => {
  expect(proposalsFor("FROM node\n", new Map())).toEqual([expect.objectContaining({ code: "not-asked" })]);
});

test("C5, X6: the registry's port is no tag, and names stay short", () => {
  expect(pinned("FROM localhost:5000/app:1.0\n")).toBe("FROM localhost:5000/app:1.0@…\n");
  expect(pinned("FROM localhost:5000/app\n")).toBe("FROM localhost:5000/app:latest@…\n");
  expect(pinned("FROM node\n")).toBe("FROM node:latest@…\n");
});

test("S1: no image is replaced by another", () => {
  const source = "FROM node:20 AS build\nFROM gcr.io/distroless/nodejs20-debian12\nFROM nginx:1.25\n";
  expect(pinned(source).replaceAll("@…", "").replaceAll(":latest", "")).toBe(source);
});

test("X2: an ARG inside a stage says nothing about a FROM", () => {
  const source = "ARG V=20\nFROM debian:12\nARG V=18\nFROM node:${V}\n";
  const asked: string[] = [];
  const facts = factsOf(parseDockerfile(source), {
    digests: new (class extends Everywhere {
      override get = (name?: string) => {
        asked.push(name!);
        return { digest: DIGEST };
      };
    })(),
  });
  for (const place of pinImages.find(facts, { syntax: "pin" })) pinImages.rewrite(place, facts, { syntax: "pin" });
  expect(asked).toEqual(["debian:12", "node:20"]);
});

test.each([
  ["another image", "ARG V=3\nFROM alpine:$V AS a\nFROM node:20-alpine$V\n"],
  ["an image where it stands inside", "ARG V=3\nFROM alpine:$V AS a\nFROM node:${V}-alpine\n"],
  ["another argument", "ARG V=3\nARG W=v$V\nFROM alpine:$V\n"],
  ["a platform", "ARG V=3\nFROM --platform=linux/$V alpine:$V\n"],
  ["a stage", "ARG V=3\nFROM alpine:$V\nARG V\nRUN echo $V\n"],
  ["a stage, beside others", "ARG V=3\nFROM alpine:$V\nARG U=1 V\n"],
  ["the stage of a child", "ARG V=3\nFROM alpine:$V\nONBUILD ARG V\n"],
])("X3: an ARG shared with %s is not pinned", (_, source) => {
  expect(pinned(source)).toBe(source);
  expect(declines(source)).toContain("arg-shared");
});

test("X3: a name that only begins like the ARG is another one", () => {
  expect(pinned("ARG V=3\nARG VV=$V2\nFROM alpine:$V\nARG VV\n")).toBe(
    "ARG V=3@…\nARG VV=$V2\nFROM alpine:$V\nARG VV\n",
  );
});

test("X4: all images are pinned, not only the last", () => {
  expect(pinned("FROM a:1\nFROM b:2\nFROM c:3\n")).toBe("FROM a:1@…\nFROM b:2@…\nFROM c:3@…\n");
});

test("X5: SQL in a heredoc is no image, and an image named like its own stage is one", () => {
  const sql = "RUN psql <<SQL\nSELECT *\nFROM postgres\nSQL\n";
  expect(pinned(`FROM nginx AS nginx\n${sql}`)).toBe(`FROM nginx:latest@… AS nginx\n${sql}`);
});

test("X7: a FROM keeps its variable, a continued line that begins with from is no FROM, and CRLF stays", () => {
  const source = "ARG VARIANT\r\nFROM python:${VARIANT}\r\nRUN echo \\\r\nfrom a\r\nFROM b:1\r\n";
  expect(pinned(source)).toBe(source.replace("b:1", "b:1@…"));
  expect(declines(source)).toEqual(["no-default"]);
});

test("X8: a second run finds nothing", () => {
  const source = "# syntax=docker/dockerfile:1\nARG V=20\nFROM node:${V}\nFROM b:${W:-1}\nCOPY --from=c / /\n";
  const once = pinned(source).replaceAll("…", DIGEST);
  expect(once.match(/@sha256:/g)).toHaveLength(4);
  expect(proposalsFor(once)).toEqual([]);
});

test("X10: --platform is no image", () => {
  expect(pinned("FROM --platform=linux/arm64 node:20\n")).toBe("FROM --platform=linux/arm64 node:20@…\n");
});

/** Words for a FROM, and what the rest of the file does with the argument. */
const words = fc.constantFrom(
  "node:${V}",
  "node:$V",
  "node:20-$V",
  "$V",
  "${V:-1}",
  "node:${V}-slim",
  "node:${V-9}",
  "r.example/$V",
);
const others = fc.constantFrom("", "FROM node:$V\n", "FROM alpine:$V\n", "ARG V\n", "ARG V=7\n", "RUN echo $V\n");
const defaults = fc.constantFrom(
  "ARG V=20\n",
  'ARG V="20"\n',
  "ARG V=node\n",
  "ARG V\n",
  "ARG V=\n",
  "",
  "ARG V=1\nARG V=2\n",
);

test("X1: whatever --build-arg says, the file names the same images as before, and no digest of another", () => {
  fc.assert(
    fc.property(defaults, words, others, fc.constantFrom("22", "node:18", "x@y"), (head, word, other, value) => {
      const source = `${head}FROM ${word}\n${other}`;
      const after = pinned(source).replaceAll("…", DIGEST);
      for (const given of [undefined, value]) {
        const [old, now] = [imagesOf(source, given), imagesOf(after, given)];
        expect(now.map((image) => image?.replace(`@${DIGEST}`, "").replace(/:latest$/, ""))).toEqual(old);
        if (given === undefined) continue;
        // An argument that is given takes the digest away with the default.
        const uses = old.map((image) => image?.includes(given));
        expect(now.filter((image, index) => uses[index] && image?.includes(DIGEST))).toEqual([]);
      }
    }),
    { numRuns: 2000 },
  );
});

/** The images of a file's FROMs, built with `--build-arg V=given`. */
function imagesOf(source: string, given: string | undefined): (string | undefined)[] {
  const built = given === undefined ? source : source.replace(/^ARG V(=\S*)?$/gm, `ARG V=${given}`);
  return factsOf(parseDockerfile(built)).stages.map(({ base }) => (base.kind === "image" ? base.reference : base.kind));
}

test("what it writes is a reference", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9./:-]{1,20}$/), (name) => {
      const after = pinned(`FROM ${name}\n`).replace("…", DIGEST);
      const image = after.slice("FROM ".length, -1);
      if (image !== name) expect(parseReference(image)?.digest).toBe(DIGEST);
    }),
    { numRuns: 2000 },
  );
});
