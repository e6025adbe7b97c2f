/** Stages that compile dependencies ahead of the sources, by a recipe that is the same for all sources. */
import { isCooking, isPreparing } from "../ecosystems/index.ts";
import type { Place } from "./cache-places.ts";
import { isManifest } from "./editable.ts";
import type { Facts, Stage, Step } from "./types.ts";

/** Names of the stages that do so in `after`, and did not in `before`: they hold more than they did. */
export function newlyCooking(before: Pick<Facts, "stages">, after: Pick<Facts, "stages">): ReadonlySet<string> {
  const old = namesOf(before.stages.filter(cooks));
  return new Set([...namesOf(after.stages.filter(cooks))].filter((name) => !old.has(name)));
}

/** Whether a step writes a recipe, and writes the same one where the content of files at `places` is another. */
export function writesSameRecipe({ script, invocations }: Step, places: readonly Place[]): boolean {
  const isAlone = script?.commands.length === invocations.length && invocations.every(isPreparing);
  return isAlone && places.every(({ path, isFile }) => isFile && !isManifest(path) && !/(^|\/)\.cargo\//.test(path));
}

/** Whether a stage compiles dependencies ahead. */
export function cooks({ steps }: Stage): boolean {
  return steps.some(({ invocations }) => invocations.some(isCooking));
}

function namesOf(stages: readonly Stage[]): ReadonlySet<string> {
  return new Set(stages.flatMap(({ name }) => name ?? []));
}
