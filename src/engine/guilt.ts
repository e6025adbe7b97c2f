import type { LeaveOut, Result, RewriteStep } from "../pipeline/types.ts";
import type { Position } from "../text/index.ts";

export interface GuiltSearch {
  /** The rewrite without these places as well. */
  rewrite(without: readonly LeaveOut[]): Result;
  /** Why the text that the first of a result's steps made can't be proved; undefined where it can. */
  whyNot(result: Result, steps: readonly RewriteStep[]): Promise<string | undefined>;
}

/**
 * Of a rewrite that can't be proved, the places to leave out in the first step that can't. They are tried together and halved only where
 * that fails (delta debugging): a step of many places with one guilty is built a few times, not many.
 */
export async function guiltyPlaces(result: Result, { rewrite, whyNot }: GuiltSearch): Promise<readonly LeaveOut[]> {
  const index = await firstUnproved(result, whyNot);
  const { transform, places } = result.steps[index]!;
  const apart = new Map(places.map((at) => [`${at.line}:${at.column}`, at]));
  const innocent = new Set<Position>();
  const guilty: LeaveOut[] = [];

  async function attempt(batch: readonly Position[]): Promise<void> {
    const others = [...apart.values()].filter((at) => !innocent.has(at) && !batch.includes(at));
    const trial = rewrite(others.map((at) => ({ transform, at, why: "" })));
    // Without any of its places the step is not there, and what follows is not asked for.
    const end = trial.steps[index]?.transform === transform ? index + 1 : index;
    const why = await whyNot(trial, trial.steps.slice(0, end));
    if (why === undefined) for (const at of batch) innocent.add(at);
    else if (batch.length === 1) guilty.push({ transform, at: batch[0]!, why });
    else {
      await attempt(batch.slice(0, batch.length >> 1));
      await attempt(batch.slice(batch.length >> 1));
    }
  }

  await attempt([...apart.values()]);
  return guilty;
}

async function firstUnproved(result: Result, whyNot: GuiltSearch["whyNot"]): Promise<number> {
  let proved = -1;
  let unproved = result.steps.length - 1;
  while (unproved - proved > 1) {
    const middle = (proved + unproved) >> 1;
    const why = await whyNot(result, result.steps.slice(0, middle + 1));
    if (why === undefined) proved = middle;
    else unproved = middle;
  }
  return unproved;
}
