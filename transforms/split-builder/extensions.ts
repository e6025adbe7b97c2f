/** Extensions of PHP that a step compiles: where the runtime stage takes them from the builder. */
import {
  EXTENSION_FOLDERS,
  extensionFolders,
  footprintOf,
  imageOf,
  isUnder,
  packageStepOf,
  type Step,
} from "../../src/transform/index.ts";
import type { Reduced } from "./packages.ts";

/**
 * What several steps compile comes with the last of them; undefined where a command between them could tell, or where one behind them, which
 * both stages run, may write there.
 */
export function inOnePlace(found: readonly [Step, Reduced][], steps: readonly Step[]): [Step, Reduced][] | undefined {
  const bringing = found.filter(([, { brings }]) => brings.length > 0).map(([step]) => step);
  const [first, last] = [bringing.at(0)!.index, bringing.at(-1)!.index];
  // Then PHP loads them from elsewhere.
  if (bringing.some(({ before }) => before.env.has("PHP_INI_DIR"))) return undefined;
  const own = new Map(found);
  const isBetween = (step: Step) => step.index > first && step.index < last && step.instruction.keyword === "RUN";
  if (steps.some((step) => isBetween(step) && (own.get(step)?.commands.length ?? 1) > 0)) return undefined;
  if (steps.some((step) => step.index > last && mayAddExtensions(step))) return undefined;
  const brings = extensionFolders(bringing.flatMap(({ invocations }) => invocations.map(({ call }) => call)));
  return found.map(([step, reduced]) => [step, { ...reduced, brings: step.index === last ? brings : [] }]);
}

/** Whether what lies in the folders of extensions may be another one behind a step. */
function mayAddExtensions({ script, invocations, before, stage }: Step): boolean {
  if (!script || packageStepOf(script, invocations)) return false;
  const base = imageOf(stage);
  return script.commands.some((command) => {
    const invocation = invocations.find((each) => each.command === command);
    const writes = invocation && footprintOf(invocation, { ...before, base })?.writes;
    const targets = command.redirects.map(({ target }) => target?.literal ?? target?.raw ?? "");
    const isNear = (path: string) =>
      EXTENSION_FOLDERS.some((folder) => path.includes("$") || isUnder(path, folder) || isUnder(folder, path));
    return !writes || [...writes, ...targets].some(isNear);
  });
}
