/** What a container of an image does when it runs, compared with what one of another image does. */
import type { Behaviour, Session } from "../types.ts";
import { withContainer } from "./container.ts";
import { judge } from "./judge.ts";
import { type Observation, observe, STDOUT } from "./observe.ts";
import { foreign } from "./portable.ts";
import { proberOf } from "./prober.ts";
import { startupOf } from "./startup.ts";

export interface BehaviourOptions {
  /** Paths to GET from a server. */
  readonly probes: readonly string[];
  /** Whether another command of the new image does the same: it may say other things. */
  readonly isRestarted?: boolean | undefined;
  /** Runs of the original in another build of it as well, where what builds leave differs: an image by its id. */
  readonly again?: string | undefined;
  /** For how long a container may run before it listens or ends; 30 seconds where it is not given. */
  readonly seconds?: number | undefined;
}

export const DEFAULT_SECONDS = 30;

/**
 * Starts containers of both images (given by id) without network, asks those that serve, and compares what they do. The new one runs
 * between two of the original, so that a clock that goes on between them is seen to.
 */
export async function compareBehaviour(
  session: Session,
  before: string,
  after: string,
  options: BehaviourOptions,
): Promise<Behaviour> {
  const infos = await Promise.all([session.engine.inspect(before), session.engine.inspect(after)]);
  if (infos.some((info) => startupOf(info).words.length === 0)) return uncompared("an image has no command of its own");
  const stranger = infos.map(({ platform }) => foreign(platform)).find((why) => why !== undefined);
  const prober = stranger === undefined ? await proberOf(session) : undefined;
  const { exposed } = startupOf(infos[0]);
  const watch = { exposed, probes: options.probes, seconds: options.seconds ?? DEFAULT_SECONDS, prober };
  const run = (image: string): Promise<Observation> =>
    withContainer(session, { image, network: "none" }, async (container) => {
      const observation = await observe(session, container, watch);
      return options.isRestarted ? withoutSayings(observation) : observation;
    });

  const [first, candidate, second] = await Promise.all([run(before), run(after), run(options.again ?? before)]);
  let behaviour = judge([first, second], candidate);
  if (behaviour.differences.length > 0) {
    // Before a difference is told, what else varies?
    const more = await Promise.all([run(before), run(before)]);
    behaviour = judge([first, second, ...more], candidate);
  }
  if (prober !== undefined || behaviour.kind === "ends") return behaviour;
  const unasked = `what it may serve: ${stranger ?? "this Node can't be carried into a container"}`;
  return { ...behaviour, notCompared: [...behaviour.notCompared, unasked] };
}

/** A server says of itself where it listens and who started it. */
function withoutSayings(observation: Observation): Observation {
  const seen = [...observation.seen].filter(([name]) => observation.kind !== "serves" || name !== STDOUT);
  return { ...observation, seen: new Map(seen) };
}

function uncompared(why: string): Behaviour {
  return { kind: "ends", same: [], differences: [], notCompared: [why] };
}
