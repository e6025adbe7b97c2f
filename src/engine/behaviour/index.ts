/** What a container of an image does when it runs, compared with what one of another image does. */
import type { Behaviour, ImageTree, Session, Trace } from "../types.ts";

export interface BehaviourOptions {
  /** Paths to GET from a server. */
  readonly probes: readonly string[];
  /** For how long a container may run before it listens or ends; 30 seconds where it is not given. */
  readonly seconds?: number | undefined;
}

export interface TraceOptions extends BehaviourOptions {
  /** Paths with a slash at the front whose content two builds of the original leave different: it is not compared. */
  readonly unsteady?: ReadonlySet<string> | undefined;
}

/** Starts containers of both images (given by id) without network, asks those that serve, and compares what they do. */
export async function compareBehaviour(
  _session: Session,
  _before: string,
  _after: string,
  _options: BehaviourOptions,
): Promise<Behaviour> {
  return { kind: "runs", same: [], differences: [], notCompared: ["not there yet"] };
}

/** Runs the image `before` under strace and holds each file of its tree that it opens against the tree of the new image. */
export async function traceOriginal(
  _session: Session,
  _before: string,
  _trees: { readonly before: ImageTree; readonly after: ImageTree },
  _options: TraceOptions,
): Promise<Trace> {
  return { files: 0, differences: [], notTraced: "not there yet" };
}
