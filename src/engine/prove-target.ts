import { openContextWith } from "../context/index.ts";
import { withBases } from "./bases.ts";
import { compareBehaviour, traceOriginal } from "./behaviour/index.ts";
import { closureDifferences } from "./closure/index.ts";
import {
  type Comparison,
  compareImages,
  leftByServer,
  type OpenImage,
  type StandIn,
  settle,
  standIn,
} from "./compare/index.ts";
import { buildOriginal, buildPair } from "./pair.ts";
import { surfaceOf } from "./surface.ts";
import type { Target } from "./targets.ts";
import { withTrees } from "./trees/index.ts";
import type { Behaviour, Proof, ProofRequest, Session, TargetProof, Trace } from "./types.ts";
import { judged } from "./verdict.ts";

/** A target's proof, and the images that it is about; none where one of the files does not build. */
export interface Proved {
  readonly proof: TargetProof;
  readonly images?: { readonly before: string; readonly after: string };
  readonly surface?: Proof["surface"];
}

/** Builds both files for one target and compares the images, under `same-runtime` what their containers do as well. */
export async function proveTarget(session: Session, request: ProofRequest, target: Target): Promise<Proved> {
  const nothing = {
    target: target.name,
    promise: target.promise,
    failure: undefined,
    identical: false,
    paths: 0,
    differences: [],
    unsteady: [],
    explained: [],
    added: [],
    behaviour: undefined,
    trace: undefined,
  };
  const pair = await buildPair(session, request, target);
  if (pair.kind === "failed") return { proof: judged({ ...nothing, failure: pair.failure }) };
  if (pair.kind === "broken") return { proof: judged({ ...nothing, differences: [pair.difference] }) };

  const images = { before: pair.before, after: pair.after };
  request.onProgress?.(`comparing the images${target.name === undefined ? "" : ` of target ${target.name}`}`);
  return withTrees(session, [pair.before, pair.after], async (...[beforeTree, afterTree]) => {
    const before = { info: await session.engine.inspect(pair.before), tree: beforeTree! };
    const after = { info: await session.engine.inspect(pair.after), tree: afterTree! };
    const identical = pair.before === pair.after;
    const found = identical ? {} : await compared(session, request, target, { before, after }, images);
    const paths = new Set([...before.tree.entries.keys(), ...after.tree.entries.keys()]).size;
    const surface = {
      before: surfaceOf(before.info, before.tree),
      after: surfaceOf(after.info, after.tree),
    };
    return { proof: judged({ ...nothing, identical, paths, ...found }), images, surface };
  });
}

type Found = Omit<Comparison, "ofBases"> & Pick<TargetProof, "behaviour" | "trace"> & { readonly failure?: string };

async function compared(
  session: Session,
  request: ProofRequest,
  target: Target,
  open: { readonly before: OpenImage; readonly after: OpenImage },
  images: { readonly before: string; readonly after: string },
): Promise<Found | Pick<Found, "failure">> {
  const { before, after } = open;
  const context = openContextWith(request.context, request.ignoreFile);
  let comparison = await withBases(session, request, target, (bases) =>
    compareImages(before, after, target.promise, { context, dockerfile: request.before, stage: target.name, bases }),
  );
  let again: string | undefined;
  if (comparison.differences.length > 0 || request.files?.length) {
    // Only now, since it costs a whole build: does the original differ from itself? With other files, all steps behind them run anew.
    const build = await buildOriginal(session, request, target, true);
    if (!build.ok) return { failure: `a second time: ${build.failure}` };
    again = build.image;
    const info = await session.engine.inspect(again);
    comparison = await withTrees(session, [again], (tree) => settle(comparison, before, after, { info, tree: tree! }));
  }
  const { ofBases, ...found } = comparison;
  if (target.promise !== "same-runtime") return { ...found, behaviour: undefined, trace: undefined };

  const stand = standIn(before, after);
  const { config } = (stand ? after : before).info;
  const isLeft = leftByServer(stand, after);
  const missing = closureDifferences(before.tree, after.tree, config).filter(
    ({ at }) => isLeft(at.slice(1)) === undefined,
  );
  const differences = [...found.differences, ...missing];
  // An image that is broken already need not be run.
  if (differences.length > 0) return { ...found, differences, behaviour: undefined, trace: undefined };
  return { ...found, ...(await ran(session, request, comparison, open, { ...images, again }, stand)) };
}

async function ran(
  session: Session,
  { probes, onProgress }: ProofRequest,
  { unsteady, ofBases }: Comparison,
  open: { readonly before: OpenImage; readonly after: OpenImage },
  { before, after, again }: { readonly before: string; readonly after: string; readonly again: string | undefined },
  stand: StandIn | undefined,
): Promise<{ behaviour: Behaviour; trace: Trace }> {
  const { runsNone } = session.engine;
  if (runsNone !== undefined) {
    const behaviour = { kind: "ends", same: [], differences: [], notCompared: [runsNone] } as const;
    return { behaviour, trace: { files: 0, differences: [], notTraced: runsNone } };
  }
  onProgress?.("running both images");
  const behaviour = await compareBehaviour(session, before, after, { probes, isRestarted: stand !== undefined, again });
  onProgress?.("tracing which files the original opens");
  const trees = { before: open.before.tree, after: open.after.tree };
  const trace = await traceOriginal(session, before, trees, {
    probes,
    unsteady: new Set([...unsteady.map(({ at }) => at), ...ofBases]),
    kind: behaviour.kind,
    isOfCommand: stand?.isOfCommand,
  });
  return { behaviour, trace };
}
