import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge } from "../../src/engine/behaviour/judge.ts";
import type { Observation } from "../../src/engine/behaviour/observe.ts";

const saw = (kind: Observation["kind"], seen: Record<string, string>): Observation => ({
  kind,
  summary: `was seen to be one that ${kind}`,
  seen: new Map(Object.entries(seen)),
});
const ended = (seen: Record<string, string>) => saw("ends", { "exit code": "0", ...seen });
const served = (ports: string, seen: Record<string, string>) => saw("serves", { "listening ports": ports, ...seen });

const observation = fc
  .dictionary(fc.constantFrom("exit code", "standard output", "standard error"), fc.string({ unit: "grapheme" }))
  .map((seen) => saw("ends", seen));

describe("a run of the new image against runs of the original", () => {
  test("a run that one of the original could have been is no different", () => {
    fc.assert(
      fc.property(fc.array(observation, { minLength: 2, maxLength: 4 }), fc.nat(), (originals, choice) => {
        expect(judge(originals, originals[choice % originals.length]!).differences).toEqual([]);
      }),
    );
  });

  test("where runs of the original agree, any other run is different", () => {
    fc.assert(
      fc.property(observation, observation, (original, candidate) => {
        const differ = [...original.seen, ...candidate.seen].some(
          ([name]) => original.seen.get(name) !== candidate.seen.get(name),
        );
        const { differences, notCompared } = judge([original, original], candidate);
        expect({ differ: differences.length > 0, notCompared }).toEqual({ differ, notCompared: [] });
      }),
    );
  });

  test("more runs of the original leave no more differences", () => {
    fc.assert(
      fc.property(fc.array(observation, { minLength: 3, maxLength: 4 }), observation, (originals, candidate) => {
        const seenIn = (runs: readonly Observation[]) => judge(runs, candidate).differences.map(({ at }) => at);
        const few = seenIn(originals.slice(0, 2));
        // What no run of the original had before may come with a later one.
        const known = new Set(originals.slice(0, 2).flatMap(({ seen }) => [...seen.keys()]));
        for (const at of seenIn(originals).filter((name) => known.has(name))) expect(few).toContain(at);
      }),
    );
  });

  test("an original that does not do the same each time can't be compared", () => {
    const { same, differences, notCompared } = judge([ended({}), served("80", {})], ended({}));
    expect({ same, differences }).toEqual({ same: [], differences: [] });
    expect(notCompared[0]).toContain("the original does not do the same each time");
  });

  test("what is said in more lines is shown as a diff, without what varies", () => {
    const originals = ["1", "2"].map((pid) => ended({ "standard output": `pid ${pid}\nhello\n` }));
    const [difference] = judge(originals, ended({ "standard output": "pid 3\nbye\n" })).differences;
    expect(difference!.diff!.split("\n").slice(-4)).toEqual([" pid 1", "-hello", "+bye", ""]);
  });

  test("a port that is chosen at random is named, whatever it is in the new image", () => {
    const on = (port: number) => served(`80, ${port}`, { "GET / on port 80": "200 OK", [`port ${port}`]: "speaks" });
    expect(judge([on(4001), on(4002)], on(4003))).toEqual({
      kind: "serves",
      same: ["listening ports: 80, 4001", "GET / on port 80: 200 OK"],
      differences: [],
      notCompared: [
        'listening ports: runs of the original differ in "4001"',
        "port 4001: not in every run of the original",
      ],
    });
  });

  test("of a command that runs on, whole lines that all have said are compared", () => {
    const runs = (output: string) => saw("runs", { "standard output": output });
    expect(judge([runs("a\nb\nc\n"), runs("a\nb\n")], runs("a\n")).differences).toEqual([]);
    expect(judge([runs("a\nb\nc\n"), runs("a\nb\n")], runs("a\nX\n")).differences).toHaveLength(1);
    expect(judge([runs("a\nb\n"), runs("a\nb\n")], runs("")).differences).toHaveLength(1);
  });
});
