import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf } from "../../src/image/index.ts";
import { compare, type PromiseName, THOROUGH } from "../../src/promises/index.ts";

const CACHE = "/root/.npm/_cacache";
const fill = `mkdir -p ${CACHE} /app && echo packed >${CACHE}/packed && echo app >/app/app.js`;

function verdict(before: string, after: string, promise: PromiseName = "same-image-less-caches") {
  const [old, now] = [before, after].map((script) => factsOf(parseDockerfile(`FROM scratch\nRUN ${script}\n`)));
  return compare(old!, now!, promise, THOROUGH).kind;
}

describe("same-image-less-caches", () => {
  test.each([
    ["a file of a cache", `${fill} && rm ${CACHE}/packed`],
    ["a cache", `${fill} && rm -rf ${CACHE}`],
  ])("may lose %s, which same-image may not", (_, after) => {
    expect(verdict(fill, after)).toBe("kept");
    expect(verdict(fill, after, "same-image")).toBe("broken");
  });

  test.each([
    ["what is no cache", fill, `${fill} && rm -rf ${CACHE} /app/app.js`],
    ["the settings beside it", `${fill} && echo a >/root/.npmrc`, fill],
    ["another content in a cache", fill, `${fill} && echo more >>${CACHE}/packed`],
    ["a file that is new in a cache", fill, `${fill} && echo new >${CACHE}/new`],
  ])("is broken by %s", (_, before, after) => {
    expect(verdict(before, after)).toBe("broken");
  });
});
