import { blamed } from "./blame.ts";
import { type Proved, proveTarget } from "./prove-target.ts";
import { checkRebuild, rebuildBoth } from "./rebuild/index.ts";
import { scanBoth } from "./scan/index.ts";
import { type Target, targetsOf } from "./targets.ts";
import type { Proof, ProofRequest, Session, TargetProof } from "./types.ts";
import { overall } from "./verdict.ts";

/**
 * Builds both files for every target and compares the images under the promise. Throws an `EngineError` for what the user can mend; a
 * file that does not build is part of the proof.
 */
export async function prove(session: Session, request: ProofRequest): Promise<Proof> {
  if (changesNothing(request)) return nothingToProve(request);
  checkRebuild(request);
  const begun = performance.now();
  return completed(session, request, await proveTargets(session, request), begun);
}

/** Whether both builds would be given the very same. */
export function changesNothing({ before, after, files = [], ignoreFile, newIgnoreFile }: ProofRequest): boolean {
  return before === after && files.length === 0 && ignoreFile === newIgnoreFile;
}

/** The proof of a file that stays as it is: kept, and no engine is asked. */
export function nothingToProve({ path, promise }: Pick<ProofRequest, "path" | "promise">): Proof {
  const none = { surface: undefined, rebuild: undefined, scan: undefined };
  return { path, engine: "", promise, verdict: "kept", targets: [], ...none, seconds: 0 };
}

/** One proof a target, the default target's at the end. */
export async function proveTargets(
  session: Session,
  request: ProofRequest,
  targets: readonly Target[] = targetsOf(request),
): Promise<readonly Proved[]> {
  const proved: Proved[] = [];
  for (const target of targets) proved.push(await proveTarget(session, request, target));
  return proved;
}

/** Adds to the targets' proofs what is said of the file as a whole. `begun` is when the proof did, as `performance.now()` has it. */
export async function completed(
  session: Session,
  request: ProofRequest,
  proved: readonly Proved[],
  begun: number,
): Promise<Proof> {
  const { path, promise, scan, rebuild } = request;
  const targets = await withBlame(session, request, proved);
  const { images, surface } = proved.at(-1)!;
  const builds = proved.every((one) => one.images !== undefined);
  return {
    path,
    engine: session.engine.title,
    promise,
    verdict: overall(targets),
    targets,
    surface,
    rebuild: rebuild === undefined || !builds ? undefined : await rebuildBoth(session, request, rebuild),
    scan: scan && images && (await scanBoth(session, images.before, images.after, scan)),
    seconds: (performance.now() - begun) / 1000,
  };
}

async function withBlame(session: Session, request: ProofRequest, proved: readonly Proved[]) {
  const proofs = proved.map(({ proof }) => proof);
  const steps = request.rewrite?.steps ?? [];
  const broken = targetsOf(request).filter((_, index) => proofs[index]?.verdict === "broken");
  if (steps.length === 0 || broken.length === 0) return proofs;
  const onProgress = (what: string) => request.onProgress?.(`looking for the transform to blame: ${what}`);
  return blamed(proofs, steps, async ({ after, files }): Promise<readonly TargetProof[]> => {
    const some = await proveTargets(session, { ...request, after, files, onProgress }, broken);
    return some.map(({ proof }) => proof);
  });
}
