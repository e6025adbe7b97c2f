/** Stages that compile dependencies ahead of the sources: they hold more than they did before, and what they build is the same. */
import { isCooking } from "../ecosystems/index.ts";
import type { Facts, Stage } from "./types.ts";

/** Names of the stages that do so in `after`, and did not in `before`. */
export function newlyCooking(before: Pick<Facts, "stages">, after: Pick<Facts, "stages">): ReadonlySet<string> {
  const old = namesOf(before.stages.filter(cooks));
  return new Set([...namesOf(after.stages.filter(cooks))].filter((name) => !old.has(name)));
}

function cooks({ steps }: Stage): boolean {
  return steps.some(({ invocations }) => invocations.some(isCooking));
}

function namesOf(stages: readonly Stage[]): ReadonlySet<string> {
  return new Set(stages.flatMap(({ name }) => name ?? []));
}
