/** Holds a run of the new image against runs of the original. */
import { unifiedDiff } from "../../text/index.ts";
import type { Behaviour, Difference } from "../types.ts";
import { EXIT_CODE, type Observation, PORTS } from "./observe.ts";
import { Steady } from "./steady.ts";

/** `originals` are runs of one image, at least two: what differs between them varies by itself. */
export function judge(originals: readonly Observation[], candidate: Observation): Behaviour {
  const [first] = originals as [Observation, ...Observation[]];
  const { kind, summary } = first;
  const other = originals.find((original) => original.kind !== kind);
  if (other) {
    const why = `the original does not do the same each time: it ${summary}; it ${other.summary}`;
    return { kind, same: [], differences: [], notCompared: [why] };
  }
  if (candidate.kind !== kind) {
    const what = `the original ${summary}, the new one ${candidate.summary}`;
    return { kind, same: [], differences: [{ at: "container", kind: "behaviour", what }], notCompared: [] };
  }
  // Ports chosen at random have requests of their own.
  const steadyPorts = new Set(originals.map(({ seen }) => seen.get(PORTS))).size === 1;
  const names = new Set([first, ...(steadyPorts ? [candidate] : [])].flatMap(({ seen }) => [...seen.keys()]));
  const looks = [...names].map((name) => {
    const samples = originals.map(({ seen }) => seen.get(name));
    return look(name, samples, candidate.seen.get(name), kind === "runs");
  });
  const differences = looks.flatMap(({ difference }) => difference ?? []);
  const failed = kind === "ends" && first.seen.get(EXIT_CODE) !== "0" && differences.length === 0;
  return {
    kind,
    same: [
      ...(failed ? [`each ${summary} (no more than this failure was compared)`] : []),
      ...looks.flatMap(({ same }) => same ?? []),
    ],
    differences,
    notCompared: looks.flatMap(({ varies }) => varies ?? []),
  };
}

interface Look {
  readonly same?: string;
  readonly difference?: Difference;
  readonly varies?: string;
}

function look(
  name: string,
  samples: readonly (string | undefined)[],
  candidate: string | undefined,
  unfinished: boolean,
): Look {
  const there = samples.filter((sample) => sample !== undefined);
  if (there.length === 0 || candidate === undefined) {
    const only = candidate === undefined ? "of the original alone" : "of the new one alone";
    if (there.length > 0 && there.length < samples.length)
      return { varies: `${name}: not in every run of the original` };
    return { difference: { at: name, kind: "behaviour", what: `${only}: ${brief(candidate ?? there[0]!)}` } };
  }
  if (there.length < samples.length) return { varies: `${name}: not in every run of the original` };
  const [own, ...others] = unfinished ? commonLines([candidate, ...there]) : [candidate, ...there];
  const steady = new Steady(others);
  const settled = steady.settle(own!);
  const gaps = steady.gaps();
  const varies = gaps.length === 0 ? {} : { varies: `${name}: runs of the original differ in ${listed(gaps)}` };
  if (settled !== steady.sample) return { ...varies, difference: differenceOf(name, steady.sample, settled) };
  const fixed = steady.sample.length > gaps.join("").length;
  return own === "" || !fixed ? varies : { ...varies, same: `${name}: ${brief(steady.sample)}` };
}

/** Of commands that go on talking, what all of them have said in whole lines. One that has said nothing while the others have is left so. */
function commonLines(texts: readonly string[]): readonly string[] {
  const lines = texts.map((text) => text.match(/.*\n/g) ?? []);
  const spoken = Math.min(...lines.map(({ length }) => length || Number.POSITIVE_INFINITY));
  return lines.map((own) => own.slice(0, spoken).join(""));
}

function differenceOf(name: string, before: string, after: string): Difference {
  const difference = { at: name, kind: "behaviour" } as const;
  if ([before, after].every((text) => !text.trimEnd().includes("\n"))) {
    return { ...difference, what: `${brief(before)} → ${brief(after)}` };
  }
  return { ...difference, what: "not the same", diff: unifiedDiff(name.replaceAll(/[^\w.-]+/g, "-"), before, after) };
}

const LONGEST = 120;

function brief(text: string): string {
  const lines = text.trimEnd().split("\n");
  if (text === "") return "nothing";
  if (lines.length > 1) return `${lines.length} lines`;
  return lines[0]!.length > LONGEST ? `${lines[0]!.slice(0, LONGEST)}…` : lines[0]!;
}

function listed(gaps: readonly string[]): string {
  const named = gaps.slice(0, 3).map((gap) => `"${brief(gap)}"`);
  const more = gaps.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${more} more places` : ""}`;
}
