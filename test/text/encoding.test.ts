import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBytes, encodeText } from "../../src/text/index.ts";

const someBytes = fc.oneof(
  fc.uint8Array({ maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        0x00,
        0x41,
        0x7f,
        0x80,
        0xbf,
        0xc0,
        0xc2,
        0xe0,
        0xa0,
        0x9f,
        0xed,
        0xef,
        0xbb,
        0xf0,
        0x90,
        0xf4,
        0x8f,
        0xff,
      ),
    )
    .map((list) => Uint8Array.from(list)),
);

test("any bytes come back", () => {
  fc.assert(
    fc.property(someBytes, (bytes) => Buffer.from(bytes).equals(encodeText(decodeBytes(bytes)))),
    { numRuns: 3_000 },
  );
});

test("any text comes back", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => decodeBytes(encodeText(text)) === text));
});

test("bytes that are no UTF-8 become surrogates, the rest stays text", () => {
  expect(decodeBytes(Uint8Array.from([0x61, 0xff, 0xc3, 0xa9, 0xc3]))).toBe("a\udcff\u00e9\udcc3");
});

test("a byte-order mark is kept", () => {
  expect(decodeBytes(Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]))).toBe("\ufeffa");
});

test("a surrogate that stands for no byte becomes the replacement character", () => {
  expect([...encodeText("\ud800")]).toEqual([0xef, 0xbf, 0xbd]);
});
