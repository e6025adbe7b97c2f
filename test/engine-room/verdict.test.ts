import { describe, expect, test } from "vitest";
import type { Difference, TargetProof } from "../../src/engine/types.ts";
import { judged, overall } from "../../src/engine/verdict.ts";

const nothing: Omit<TargetProof, "verdict" | "reason"> = {
  ...{ target: undefined, promise: "same-runtime", failure: undefined, identical: false, paths: 9 },
  ...{ differences: [], unsteady: [], explained: [], added: [], behaviour: undefined, trace: undefined },
};
const difference: Difference = { at: "/etc/motd", kind: "content", what: "content" };
const behaviour = { kind: "ends", same: [], differences: [], notCompared: [] } as const;

describe("the verdict on a target", () => {
  test("is kept where nothing differs", () => {
    expect(judged(nothing)).toEqual({ ...nothing, verdict: "kept", reason: undefined });
  });

  test.each<[string, Partial<TargetProof>]>([
    ["a file", { differences: [difference] }],
    ["what the container does", { behaviour: { ...behaviour, differences: [difference] } }],
    ["a file that it opens", { trace: { files: 1, differences: [difference], notTraced: undefined } }],
  ])("is broken where %s differs, whatever else is unknown", (_, found) => {
    const unsteady = [{ at: "/srv/date", rule: undefined }];
    expect(judged({ ...nothing, ...found, unsteady })).toMatchObject({ verdict: "broken", reason: undefined });
  });

  test("is undecided where the original does not build", () => {
    expect(judged({ ...nothing, failure: "RUN make: exit code 2" })).toMatchObject({
      verdict: "undecided",
      reason: "the original does not build: RUN make: exit code 2",
    });
  });

  test("is undecided where a path differs by itself and no rule says that it may", () => {
    const unsteady = ["/a", "/b", "/c", "/d", "/e"].map((at) => ({ at, rule: undefined }));
    expect(judged({ ...nothing, unsteady: [{ at: "/log", rule: "log of npm" }] }).verdict).toBe("kept");
    expect(judged({ ...nothing, unsteady: [{ at: "/log", rule: "log of npm" }, ...unsteady] })).toMatchObject({
      verdict: "undecided",
      reason: "two builds of the original itself differ in /a, /b, /c and 2 more",
    });
  });

  test("does not depend on whether the container could be run", () => {
    const trace = { files: 0, differences: [], notTraced: "it is for another machine" };
    expect(judged({ ...nothing, behaviour: { ...behaviour, notCompared: ["no"] }, trace }).verdict).toBe("kept");
  });
});

test("one broken target breaks a proof, and one undecided leaves it so", () => {
  const [kept, undecided, broken] = (["kept", "undecided", "broken"] as const).map((verdict) => ({
    ...judged(nothing),
    verdict,
  }));
  expect(overall([kept!, kept!])).toBe("kept");
  expect(overall([undecided!, kept!])).toBe("undecided");
  expect(overall([undecided!, broken!, kept!])).toBe("broken");
});
