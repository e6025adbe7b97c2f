import type { LeaveOut, Result, RewriteStep } from "../pipeline/types.ts";
import { type GuiltSearch, guiltyPlaces } from "./guilt.ts";
import { completed, nothingToProve, proveTargets } from "./prove.ts";
import type { Proved } from "./prove-target.ts";
import { checkRebuild } from "./rebuild/index.ts";
import { promiseOf } from "./targets.ts";
import type { Proof, ProofRequest, Session } from "./types.ts";
import { differencesOf, overall } from "./verdict.ts";

/** What is left of a rewrite when all that could not be proved is left out. */
export interface ProvenRewrite {
  readonly result: Result;
  /** Of `result`. Not kept only where nothing can be proved: then nothing must be written. */
  readonly proof: Proof;
  readonly leftOut: readonly LeaveOut[];
}

/**
 * Proves a rewrite. Where that fails, looks for the first step of it that can't be proved and for the places in it that are to blame,
 * leaves these out, and starts over, until what is left is proved. The file as it came in always is.
 */
export async function provenRewrite(
  session: Session,
  about: Omit<ProofRequest, "before" | "after" | "promise" | "rewrite">,
  rewrite: (leaveOut: readonly LeaveOut[]) => Result,
): Promise<ProvenRewrite> {
  checkRebuild(about);
  const begun = performance.now();
  const leftOut: LeaveOut[] = [];
  const known = new Map<string, readonly Proved[]>();
  const failed = new Set<string>();

  function requestFor(result: Result, steps: readonly RewriteStep[]): ProofRequest {
    const { before } = result;
    const { after, files } = steps.at(-1) ?? { after: before, files: [] };
    return { ...about, before, after, files, promise: promiseOf(steps), rewrite: { ...result, steps, after, files } };
  }

  /** The proofs of what the first of a result's steps made. */
  async function proved(result: Result, steps: readonly RewriteStep[]): Promise<readonly Proved[]> {
    const request = requestFor(result, steps);
    if (request.after === request.before) return [];
    const key = JSON.stringify([request.promise, request.after, request.files]);
    const found = known.get(key) ?? (await proveTargets(session, request));
    known.set(key, found);
    return found;
  }

  const search: GuiltSearch = {
    rewrite: (more) => rewrite([...leftOut, ...more]),
    whyNot: async (result, steps) => whyNot(await proved(result, steps)),
  };

  for (;;) {
    const result = rewrite(leftOut);
    const request = requestFor(result, result.steps);
    const found = await proved(result, result.steps);
    if (found.length === 0) return { result, proof: nothingToProve(request), leftOut };
    const hopeless = found.some(({ proof }) => proof.failure !== undefined) || failed.has(result.after);
    if (whyNot(found) === undefined || hopeless) {
      return { result, proof: await completed(session, request, found, begun), leftOut };
    }
    failed.add(result.after);
    leftOut.push(...(await guiltyPlaces(result, search)));
  }
}

/** Why proofs are not kept, in one sentence; undefined where they are. */
function whyNot(proved: readonly Proved[]): string | undefined {
  const proofs = proved.map(({ proof }) => proof);
  if (overall(proofs) === "kept") return undefined;
  const difference = proofs.flatMap(differencesOf)[0];
  if (difference !== undefined) return `the proof failed with it: ${difference.at}: ${difference.what}`;
  return proofs.find(({ reason }) => reason !== undefined)!.reason!;
}
