/** Any bytes at all: no crash, no hang, no change to what is not understood. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryContext } from "../src/context/index.ts";
import { refit } from "../src/pipeline/index.ts";
import { decodeBytes, encodeText } from "../src/text/index.ts";
import { transforms } from "../transforms/index.ts";

const context = memoryContext({ "package.json": "{}", "package-lock.json": "{}", "src/index.js": "" });
const run = (source: string) => refit(source, { transforms, context, strict: true });

/** Words that mean something somewhere in a Dockerfile, put together without sense. */
const soup = fc
  .array(
    fc.constantFrom(
      ..."FROM RUN COPY ENV ARG CMD ONBUILD SHELL HEALTHCHECK scratch node:20 npm ci . && || ; & # \\ ` \" ' ( ) { } $ ${ $( << <<EOF EOF <<- | --mount= --from= [ ] , = \t".split(
        " ",
      ),
      ..." \n|\r\n|\r|\\\n|\u0000|\ufeff|\u2028|\udcff".split("|"),
    ),
    { maxLength: 60 },
  )
  .map((words) => words.join(" "));

describe("no crash and no loss", () => {
  test("for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { before, after } = run(decodeBytes(bytes));
        expect(Buffer.from(encodeText(before)).equals(bytes)).toBe(true);
        expect(after).toBe(before);
      }),
    );
  });

  test("for words of the language in any order", () => {
    fc.assert(
      fc.property(soup, (source) => {
        const { before, after, problems, settled } = run(`FROM scratch\n${source}`);
        expect(settled).toBe(true);
        if (problems.length > 0) expect(after).toBe(before);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a very large file comes to an end", () => {
  const large: Readonly<Record<string, string>> = {
    "a line of 1 MB": `FROM scratch\nRUN echo ${"a".repeat(1_000_000)}\n`,
    "a line of 1 MB of words": `FROM scratch\nRUN echo ${"a ".repeat(500_000)}\n`,
    "a comment of 1 MB": `# ${"a".repeat(1_000_000)}\nFROM scratch\n`,
    "100,000 instructions": `FROM scratch\n${"ENV A=1\n".repeat(100_000)}`,
    "100,000 continued lines": `FROM scratch\nRUN true${" \\\n  && true".repeat(100_000)}\n`,
    "100,000 comments inside a continuation": `FROM scratch\nRUN true \\\n${"# why\n".repeat(100_000)} && true\n`,
    "10,000 stages": `${"FROM scratch\nCOPY a /a\n".repeat(10_000)}`,
    "10,000 nested subshells": `FROM scratch\nRUN ${"(".repeat(10_000)}true${")".repeat(10_000)}\n`,
    "10,000 nested substitutions": `FROM scratch\nRUN echo ${"$(".repeat(10_000)}true${")".repeat(10_000)}\n`,
    "10,000 nested defaults in a script": `FROM scratch\nRUN echo ${"${B:-".repeat(10_000)}x${"}".repeat(10_000)}\n`,
    "10,000 nested groups": `FROM scratch\nRUN ${"{ ".repeat(10_000)}true${"; }".repeat(10_000)}\n`,
    "10,000 backquotes": `FROM scratch\nRUN echo ${"`a` ".repeat(10_000)}\n`,
    "10,000 nested defaults": `FROM scratch\nENV A=${"${B:-".repeat(10_000)}x${"}".repeat(10_000)}\n`,
    "10,000 ifs": `FROM scratch\nRUN ${"if true; then ".repeat(10_000)}true${"; fi".repeat(10_000)}\n`,
    "a JSON array of 100,000 strings": `FROM scratch\nCMD [${'"a", '.repeat(100_000)}"a"]\n`,
    "a heredoc of 100,000 lines": `FROM scratch\nRUN <<EOF\n${"echo a\n".repeat(100_000)}EOF\n`,
  };
  test.each(Object.entries(large))("%s", (_, source) => {
    expect(run(source).settled).toBe(true);
  });
});
