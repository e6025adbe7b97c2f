import fc from "fast-check";
import { expect, test } from "vitest";
import { edited } from "../../src/engine/rebuild/edited.ts";

const paths = fc.constantFrom(
  ...[
    "main.js",
    "a/lib.rs",
    "run.sh",
    "app.yaml",
    "Dockerfile",
    "index.html",
    "style.css",
    "schema.sql",
    "notes",
    "x.png",
  ],
);

test("something is added behind what was there, and it is never the same", () => {
  fc.assert(
    fc.property(paths, fc.uint8Array({ maxLength: 100 }), (path, bytes) => {
      const content = Buffer.from(bytes);
      const [one, other] = [edited(path, content), edited(path, content)];
      expect(one.subarray(0, content.length)).toEqual(content);
      expect(one).not.toEqual(content);
      expect(one).not.toEqual(other);
    }),
  );
});

test("JSON stays the same JSON", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(JSON.parse(edited("package.json", Buffer.from(json)).toString())).toEqual(JSON.parse(json));
    }),
  );
});

test.each([
  ["src/main.ts", /^text\n\/\/ refit \w+\n$/],
  ["script", /^text\n[ \t]{64}\n$/],
  ["deep.d/Makefile", /^text\n# refit \w+\n$/],
  [".gitignore", /^text\n# refit \w+\n$/],
  ["page.html", /^text\n<!-- refit \w+ -->\n$/],
  ["package.json", /^text\n[ \t]{64}\n$/],
])("%s gets a line that is nothing to whoever reads it", (path, expected) => {
  expect(edited(path, Buffer.from("text")).toString()).toMatch(expected);
});

test("a file that is no text gets no line", () => {
  const content = Buffer.from([0x89, 0, 1]);
  expect(edited("logo.svg", content)).toHaveLength(content.length + 8);
});
