import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf } from "../../src/image/index.ts";
import type { Outcome, Result } from "../../src/pipeline/index.ts";
import type { Transform } from "../../src/transform/index.ts";

export interface Tally {
  applied: number;
  /** Files in which something was applied. */
  files: number;
  readonly declined: Map<string, number>;
}

/** Transforms whose places are commands of a package manager. */
const BY_ECOSYSTEM = ["order-manifests", "fetch-dependencies"];

/** Counts what became of the places of each transform, and of each ecosystem. */
export class Census {
  readonly tallies: ReadonlyMap<string, Tally>;
  /** By ecosystem, then by transform. */
  readonly ecosystems = new Map<string, Map<string, Tally>>();

  constructor(transforms: readonly Transform[]) {
    this.tallies = new Map(transforms.map(({ name }) => [name, emptyTally()]));
  }

  add({ before, outcomes }: Result): void {
    for (const [name, tally] of this.tallies)
      count(
        tally,
        outcomes.filter(({ transform }) => transform === name),
      );
    const own = outcomes.filter(({ transform }) => BY_ECOSYSTEM.includes(transform));
    if (own.length === 0) return;
    const ecosystemAt = ecosystemsIn(before);
    for (const [key, group] of grouped(own, (outcome) => `${ecosystemAt(outcome)} ${outcome.transform}`)) {
      const [ecosystem, transform] = key.split(" ") as [string, string];
      const tallies = this.ecosystems.get(ecosystem) ?? new Map<string, Tally>();
      this.ecosystems.set(ecosystem, tallies);
      const tally = tallies.get(transform) ?? emptyTally();
      tallies.set(transform, tally);
      count(tally, group);
    }
  }
}

function emptyTally(): Tally {
  return { applied: 0, files: 0, declined: new Map() };
}

function count(tally: Tally, outcomes: readonly Outcome[]): void {
  const applied = outcomes.filter(({ kind }) => kind === "applied").length;
  tally.applied += applied;
  tally.files += applied > 0 ? 1 : 0;
  for (const { kind, code } of outcomes) {
    if (kind !== "applied") tally.declined.set(code, (tally.declined.get(code) ?? 0) + 1);
  }
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** Whose install or build stands in the instruction that a place is in. */
function ecosystemsIn(source: string): (outcome: Outcome) => string {
  const dockerfile = parseDockerfile(source);
  const steps = factsOf(dockerfile).stages.flatMap((stage) => stage.steps);
  return ({ at }) => {
    const step = steps.findLast(({ instruction }) => dockerfile.lines.position(instruction.span.start).line <= at.line);
    const own =
      step?.invocations.find(({ purpose }) => purpose === "dependencies") ??
      step?.invocations.find(({ purpose }) => purpose === "build");
    return own?.ecosystem ?? "other";
  };
}
