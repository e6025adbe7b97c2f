/** What must hold of the model whatever the file says. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { execute, factsOf } from "../../src/image/index.ts";
import { stageDifferences } from "../../src/promises/compare.ts";
import { compare, THOROUGH } from "../../src/promises/index.ts";
import { factsOfCase } from "../generators/case.ts";
import { dockerfiles, pairsOfRuns } from "../generators/dockerfiles.ts";
import { nodeApps } from "../generators/projects.ts";
import { oneLiners } from "../generators/scripts.ts";
import { CASES } from "./check.ts";

const runs = { numRuns: CASES };
const factsFrom = (text: string) => factsOf(parseDockerfile(text));
const kept = { kind: "kept" };

test("a file executed twice gives the same images, whichever commands fail", () => {
  fc.assert(
    fc.property(dockerfiles, fc.nat(9), (text, seed) => {
      const [first, second] = [factsFrom(text), factsFrom(text)].map((facts) => execute(facts, { seed }).images);
      expect(first!.flatMap((image, index) => stageDifferences(image, second![index]!))).toEqual([]);
    }),
    runs,
  );
});

test("a file keeps every promise towards itself", () => {
  fc.assert(
    fc.property(dockerfiles, (text) => {
      expect(compare(factsFrom(text), factsFrom(text), "same-image", THOROUGH)).toEqual(kept);
    }),
    runs,
  );
  fc.assert(
    fc.property(nodeApps, (one) => {
      expect(compare(factsOfCase(one), factsOfCase(one), "same-runtime", THOROUGH)).toEqual(kept);
    }),
    { numRuns: CASES / 4 },
  );
});

test("comments between instructions and blank lines mean nothing", () => {
  fc.assert(
    fc.property(pairsOfRuns, (text) => {
      const noted = text.replace(/^RUN/gm, "# about the next step\n\nRUN");
      expect(compare(factsFrom(text), factsFrom(noted), "same-image", THOROUGH)).toEqual(kept);
    }),
    runs,
  );
});

test("a script in a subshell does what it does without", () => {
  fc.assert(
    fc.property(oneLiners, (script) => {
      const before = `FROM debian:12\nWORKDIR /srv\nRUN ${script}\nRUN make\n`;
      const after = `FROM debian:12\nWORKDIR /srv\nRUN <<EOF\n(\n${script}\n)\nEOF\nRUN make\n`;
      expect(compare(factsFrom(before), factsFrom(after), "same-image", THOROUGH)).toEqual(kept);
    }),
    runs,
  );
});

test("a RUN that is left out is missed, unless the build fails before it or the shell does nothing", () => {
  fc.assert(
    fc.property(pairsOfRuns, (text) => {
      const facts = factsFrom(text);
      const changed = factsFrom(text.replace(/\nRUN [^\n]*\n$/, "\nRUN ./another.sh\n"));
      const failed = execute(facts, { seed: 0 }).images[0]!.failure !== undefined;
      if (!failed) expect(compare(facts, changed, "same-image", THOROUGH).kind).toBe("broken");
    }),
    runs,
  );
});

test("a file of ten thousand RUNs is executed in time that grows with its length", () => {
  const of = (count: number) => factsFrom(`FROM debian:12\n${"RUN make && touch /a\n".repeat(count)}`);
  expect(execute(of(10_000), { seed: 0 }).images[0]!.failure).toBeUndefined();
});

test("a script nested deeper than anyone writes is undecided, and no stack runs over", () => {
  const text = `FROM debian:12\nRUN ${"( ".repeat(5_000)}true${" )".repeat(5_000)}\n`;
  expect(["kept", "undecided"]).toContain(compare(factsFrom(text), factsFrom(text), "same-image", THOROUGH).kind);
});
