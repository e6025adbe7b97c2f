import type { Result } from "../../src/pipeline/index.ts";
import type { Transform } from "../../src/transform/index.ts";

export interface Tally {
  applied: number;
  /** Files in which something was applied. */
  files: number;
  readonly declined: Map<string, number>;
}

/** Counts, for each transform, what became of its places. */
export class Census {
  readonly tallies: ReadonlyMap<string, Tally>;

  constructor(transforms: readonly Transform[]) {
    this.tallies = new Map(transforms.map(({ name }) => [name, { applied: 0, files: 0, declined: new Map() }]));
  }

  add({ outcomes }: Result): void {
    for (const [name, tally] of this.tallies) {
      const own = outcomes.filter(({ transform }) => transform === name);
      const applied = own.filter(({ kind }) => kind === "applied").length;
      tally.applied += applied;
      tally.files += applied > 0 ? 1 : 0;
      for (const { kind, code } of own) {
        if (kind !== "applied") tally.declined.set(code, (tally.declined.get(code) ?? 0) + 1);
      }
    }
  }
}
