import { contextWith } from "./edited-context.ts";
import type { Target } from "./targets.ts";
import type { Build, Difference, ProofRequest, Session } from "./types.ts";

/** What came of building both files for one target. */
export type Pair =
  | { readonly kind: "built"; readonly before: string; readonly after: string }
  /** Only one of them builds. */
  | { readonly kind: "broken"; readonly difference: Difference }
  | { readonly kind: "failed"; readonly failure: string };

/**
 * Builds the original and the new file. Where one alone fails it is tried once more: what failed may have been a download.
 * Throws an `EngineError` where it is the surroundings that fail.
 */
export async function buildPair(session: Session, request: ProofRequest, target: Target): Promise<Pair> {
  let before = await buildOriginal(session, request, target);
  let after = await buildNew(session, request, target);
  if (before.ok && !after.ok) after = await buildNew(session, request, target);
  if (!before.ok && after.ok) before = await buildOriginal(session, request, target);
  if (before.ok && after.ok) return { kind: "built", before: before.image, after: after.image };
  if (before.ok) return broken(`the original builds, the new file does not: ${failureOf(after)}`);
  if (after.ok) return broken(`the original does not build, the new file does: ${failureOf(before)}`);
  return { kind: "failed", failure: failureOf(before) };
}

/** The original, from the cache or `afresh`. */
export function buildOriginal(session: Session, request: ProofRequest, target: Target, afresh = false): Promise<Build> {
  const { before, ignoreFile } = request;
  const which = afresh ? "the original again, without cache" : "the original";
  return build(session, request, target, { dockerfile: before, ignoreFile, afresh, which });
}

async function buildNew(session: Session, request: ProofRequest, target: Target): Promise<Build> {
  const { after, newIgnoreFile } = request;
  const context = await contextWith(session, request, request.files);
  const what = { dockerfile: after, ignoreFile: newIgnoreFile, which: "the new file" };
  return build(session, { ...request, context }, target, what);
}

interface What {
  readonly dockerfile: string;
  readonly ignoreFile: string | undefined;
  readonly afresh?: boolean;
  /** For people. */
  readonly which: string;
}

function build(session: Session, request: ProofRequest, target: Target, { which, ...what }: What): Promise<Build> {
  const { context, settings, onProgress } = request;
  const title = target.name === undefined ? which : `${which}, target ${target.name}`;
  onProgress?.(`building ${title}`);
  const onStep = (step: string) => onProgress?.(`building ${title}: ${step}`);
  return session.engine.build({ ...what, context, target: target.name, settings, onStep });
}

function failureOf(build: Build): string {
  return build.ok ? "" : build.failure;
}

function broken(what: string): Pair {
  return { kind: "broken", difference: { at: "build", kind: "build", what } };
}
