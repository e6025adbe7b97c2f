import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Steady } from "../../src/engine/behaviour/steady.ts";

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const separator = fc.constantFrom(" ", "\n", ": ", '="', ", ", "/", "-", "<p>");
/** How a number of the moment is written: as an id, in base64, as a time. */
const writing = fc.constantFrom(
  (hash: Buffer) => hash.toString("hex"),
  (hash: Buffer) => hash.toString("base64"),
  (hash: Buffer) => hash.toString("hex").replaceAll(/.{4}(?=.)/g, "$&:"),
);
type Place = string | ((hash: Buffer) => string);
/** Words, and places that vary from one printing to the next. */
const template = fc.array(fc.tuple(separator, fc.oneof<fc.Arbitrary<Place>[]>(word, word, writing)), {
  minLength: 1,
  maxLength: 30,
});

function print(template: readonly (readonly [string, Place])[], moment: number): string {
  return template
    .map(([before, place], at) => {
      const hash = createHash("sha256").update(`${moment} ${at}`).digest();
      return `${before}${typeof place === "string" ? place : ` #${place(hash)} `}`;
    })
    .join("");
}

describe("what stays the same from run to run", () => {
  test("each sample fits", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 4 }), (samples) => {
        const steady = new Steady(samples);
        for (const sample of samples) expect(steady.fits(sample)).toBe(true);
      }),
    );
  });

  test("where samples agree, nothing else fits", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (sample, other) => {
        const steady = new Steady([sample, sample]);
        expect(steady.gaps()).toEqual([]);
        expect(steady.fits(other)).toBe(other === sample);
      }),
    );
  });

  test("a text whose varying places have new values fits, and one with another word does not", () => {
    fc.assert(
      fc.property(template, fc.nat(), fc.nat(), (parts, moment, choice) => {
        const steady = new Steady([0, 1, 2].map((run) => print(parts, moment + run)));
        expect(steady.fits(print(parts, moment + 3))).toBe(true);
        const words = parts.flatMap(([, place], at) => (typeof place === "string" ? [at] : []));
        if (words.length === 0) return;
        const changed = parts.map(([before, place], at) =>
          at === words[choice % words.length] ? ([before, "OTHER"] as const) : ([before, place] as const),
        );
        expect(steady.fits(print(changed, moment + 3))).toBe(false);
      }),
    );
  });

  test.each([
    ["a time of day", ["at 17:16:54\n", "at 17:16:56\n"], "at 17:17:01\n", false],
    ["a time of day that minutes were seen to vary in", ["at 17:16:54\n", "at 17:17:02\n"], "at 17:16:58\n", true],
    ["an id in base64", ["sid=abC9; Path=/", "sid=xy+z/4==; Path=/"], "sid=Q-Q; Path=/", true],
    ["what stands beside the id", ["sid=abC9; Path=/", "sid=xy+z/4==; Path=/"], "sid=Q-Q; Path=/admin", false],
    ["an id that is missing", ["sid=abC9; Path=/", "sid=xyz; Path=/"], "sid=; Path=/", false],
    ["more lines than ever", ["pid 1\n", "pid 2\n"], "pid 3\nError\n", false],
    ["fewer lines in the middle", ["1 up\ntry\ntry\n7 done\n", "2 up\ntry\n9 done\n"], "3 up\ntry\n4 done\n", true],
    ["another last line", ["1 up\ntry\ntry\n7 done\n", "2 up\ntry\n9 done\n"], "3 up\ntry\n4 failed\n", false],
  ])("%s", (_, samples, text, fits) => {
    expect(new Steady(samples).fits(text)).toBe(fits);
  });

  test("a text is settled to show what differs alone", () => {
    const steady = new Steady(["pid 17 is up\nhello\n", "pid 23 is up\nhello\n"]);
    expect(steady.gaps()).toEqual(["17"]);
    expect(steady.settle("pid 99 is up\nbye\n")).toBe("pid 17 is up\nbye\n");
  });
});
