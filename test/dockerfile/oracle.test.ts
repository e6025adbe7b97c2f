import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare } from "../../scripts/oracle/compare.ts";
import { type Oracle, openOracle } from "../../scripts/oracle/index.ts";
import { expandWord, parseDockerfile, parseReference } from "../../src/dockerfile/index.ts";
import { decodeBytes, encodeText } from "../../src/text/index.ts";
import { leaveOut } from "../leave-out.ts";
import { mostlyValid, nastyText } from "./nasty.ts";
import { casesOf } from "./shown.ts";

const opened = openOracle();
if (opened) describe("BuildKit's own parser agrees", () => agreements(opened));
else leaveOut("the comparison with BuildKit's own parser", "Go with BuildKit's sources");

/** The oracle answers thousands of questions at once, so these draw samples and name the seed instead of shrinking. */
function agreements(oracle: Oracle): void {
  test("about every case of the table", () => {
    const cases = casesOf(readFileSync(new URL("reading.table.txt", import.meta.url), "utf8"));
    expect(differences(cases.map(({ source }) => encodeText(source)))).toEqual([]);
  });

  test.each([
    ["nasty", nastyText],
    ["mostly valid", mostlyValid],
  ])("about 3,000 %s files", (_, arbitrary) => {
    const { samples, seed } = sampled(arbitrary, 3_000);
    expect(differences(samples.map(encodeText)), seed).toEqual([]);
  });

  test("about files of any bytes", () => {
    const part = fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.constant(Buffer.from("\nRUN <<E\n")));
    const file = fc
      .array(part, { maxLength: 6 })
      .map((parts) => Buffer.concat([Buffer.from("FROM a\nRUN "), ...parts]));
    const { samples, seed } = sampled(file, 2_000);
    expect(differences(samples), seed).toEqual([]);
  });

  test("about lines as long as it reads, and one byte longer", () => {
    const sources = [65_535, 65_536].flatMap((length) =>
      ["", "\n", "\r\n"].flatMap((end) => [
        `FROM a\n# ${"x".repeat(length - 2 - (end === "\r\n" ? 1 : 0))}${end}`,
        `FROM a\n# ${"é".repeat((length - 3) / 2)}x${length % 2 === 0 ? "y" : ""}${end}`,
      ]),
    );
    expect(differences(sources.map(encodeText))).toEqual([]);
  });

  test("about the expansion of words", () => {
    const values: Readonly<Record<string, string>> = { A: "a/b/abb", B: "$A 'q' \\", E: "" };
    const env = Object.entries(values).map(([name, value]) => `${name}=${value}`);
    const { samples, seed } = sampled(wordQuestion, 5_000);
    const answers = oracle.ask(samples.map((question) => ({ ...question, env })));
    const theirs = answers.map(({ result, error }) => (error === undefined ? result : undefined));
    const ours = samples.map((asked, i) =>
      // Engine 26 crashes on an empty pattern; later versions take it.
      answers[i]!.error?.startsWith("panic")
        ? undefined
        : expandWord(asked.word, (name) => values[name] ?? null, asked.escape),
    );
    expect(unequal(samples, ours, theirs), seed).toEqual([]);
  });

  test("about image references", () => {
    const { samples, seed } = sampled(referenceText, 5_000);
    const answers = oracle.ask(samples.map((reference) => ({ reference })));
    const theirs = answers.map(({ error, result, tag, digest }) =>
      error === undefined ? [result, tag, digest] : undefined,
    );
    const ours = samples.map((text) => {
      const parsed = parseReference(text);
      return parsed && [`${parsed.registry}/${parsed.repository}`, parsed.tag, parsed.digest];
    });
    expect(unequal(samples, ours, theirs), seed).toEqual([]);
  });

  /** The shortest files that BuildKit reads differently, with what is different. */
  function differences(sources: readonly Uint8Array[]): string[] {
    const answers = oracle.ask(sources.map((dockerfile) => ({ dockerfile })));
    const found = sources.flatMap((bytes, i) => {
      const source = decodeBytes(bytes);
      const comparison = compare(parseDockerfile(source), answers[i]!);
      return comparison.result === "different" ? [`${JSON.stringify(source)}: ${comparison.what}`] : [];
    });
    return shortest(found);
  }
}

function sampled<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): { readonly samples: T[]; readonly seed: string } {
  const seed = fc.readConfigureGlobal()?.seed ?? Math.floor(Math.random() * 2 ** 31);
  return { samples: fc.sample(arbitrary, { numRuns, seed }), seed: `with seed ${seed}` };
}

function unequal(asked: readonly unknown[], ours: readonly unknown[], theirs: readonly unknown[]): string[] {
  const rows = asked.map((question, i) => ({ question, ours: ours[i], theirs: theirs[i] }));
  const wrong = rows.filter((row) => JSON.stringify(row.ours) !== JSON.stringify(row.theirs));
  return shortest(wrong.map((row) => JSON.stringify(row)));
}

function shortest(lines: string[]): string[] {
  return lines.sort((a, b) => a.length - b.length).slice(0, 3);
}

const wordParts = [
  ..."a $A ${A} ${B} ${A:-x} ${U:-x} ${U-} ${E:-e} ${E-e} ${A:+p} ${U+p} ${U:?no} ${A#a} ${A##*/} ${A%b*}".split(" "),
  ..."${A%%b*} ${A/b/c} ${A//b/c} ${ ${} ${A@Q} ' \" \\ ` $ $1 $$ \\$A é $é ${A:0:1} << * ? / % # ${A/ $_x".split(" "),
  ..."${U:-${A}} } : -".split(" "),
  " ",
];

const wordQuestion = fc
  .tuple(fc.array(fc.constantFrom(...wordParts), { maxLength: 7 }), fc.constantFrom("\\", "`"))
  .map(([parts, escapeChar]) => ({ word: parts.join(""), escape: escapeChar }));

const referenceText = fc
  .tuple(
    some("library/ docker.io/ index.docker.io/ localhost/ localhost:5000/ h.io/ H/ [::1]:5/ b/ - / a-".split(" "), 2),
    some(["a", "A", "a.b", "c__d", "e_f", "a..b", "a--b", "é", " ", "$X", "a".repeat(64), "x".repeat(256)], 2),
    some([":1", ":latest", ":", ":_x", `:${"t".repeat(128)}`, `:${"t".repeat(129)}`, ":1.2-a_b", ":-"], 1),
    some([`@sha256:${"a".repeat(64)}`, "@sha256:abc", `@md5:${"a".repeat(32)}`, `@sha512:${"0".repeat(128)}`, "@"], 1),
  )
  .map((parts) => parts.flat().join(""));

function some(list: readonly string[], maxLength: number): fc.Arbitrary<string[]> {
  return fc.array(fc.constantFrom(...list), { maxLength });
}
