/** Whether the packages of a project are there already when a command works in it. */
import { copyView } from "../dockerfile/index.ts";
import { isWithin } from "./context-copies.ts";
import { lineageOf } from "./lineage.ts";
import { type ProjectCall, projectCall } from "./project-calls.ts";
import type { Facts, Step } from "./types.ts";

/**
 * Whether a step before the last of the sources has installed or downloaded for this project already, in this stage or those it stands on;
 * or in one that this stage copies from, since those are its downloads.
 */
export function isInstalledBefore({ step, invocation, folder }: ProjectCall, facts: Facts): boolean {
  const last = step.stage.steps
    .slice(0, step.index)
    .findLastIndex(({ instruction: { keyword } }) => keyword === "COPY" || keyword === "ADD");
  const fetches = (earlier: Step) =>
    earlier.invocations.some((other) => {
      const isAlike = other.ecosystem === invocation.ecosystem && other.purpose === "dependencies";
      const place = isAlike ? projectCall(earlier, other).folder : "";
      return (
        isAlike && (place === undefined || folder === undefined || isWithin(folder, place) || isWithin(place, folder))
      );
    });
  const copiesFetched = ({ instruction }: Step) => {
    const from = copyView(instruction)?.from?.value?.toLowerCase();
    const stage = facts.stages.find(({ name, index }) => from !== undefined && [name, `${index}`].includes(from));
    return stage?.steps.some(({ invocations }) =>
      invocations.some(({ ecosystem, purpose }) => ecosystem === invocation.ecosystem && purpose === "dependencies"),
    );
  };
  if (step.stage.steps.slice(0, last + 1).some((earlier) => fetches(earlier) || copiesFetched(earlier))) return true;
  const [, ...others] = lineageOf(step.stage, facts.stages);
  return others.some(({ steps }) => steps.some(fetches));
}
