/** Which steps run again after a file of the build context was edited. */
import { EngineError } from "../error.ts";
import type { BuildRequest, ProofRequest, Rebuild, RebuildSteps, Session } from "../types.ts";
import { copyContext, mustBeEditable } from "./copy.ts";

/** Throws an `EngineError` where the file that is to be edited is none that a build is sent: a proof may take long, this does not. */
export function checkRebuild(
  request: Pick<ProofRequest, "context" | "ignoreFile" | "newIgnoreFile" | "rebuild">,
): void {
  const { context, ignoreFile, newIgnoreFile, rebuild } = request;
  if (rebuild !== undefined) mustBeEditable(context, [ignoreFile, newIgnoreFile], rebuild);
}

/**
 * Builds both files over a copy of the context, edits `path` (relative to the context, `/` between) there, and builds both again. Throws
 * an `EngineError` where there is no such file in the build, and where a build fails.
 */
export async function rebuildBoth(session: Session, request: ProofRequest, path: string): Promise<Rebuild> {
  const { files = [], ignoreFile, newIgnoreFile, target, settings, onProgress } = request;
  const before = { dockerfile: request.before, ignoreFile, target, settings };
  const after = { dockerfile: request.after, ignoreFile: newIgnoreFile, target, settings };
  const copy = await copyContext(request.context, [ignoreFile, newIgnoreFile], session.scratch);
  const build = (one: Omit<BuildRequest, "context">, what: string) => {
    onProgress?.(`building ${what}`);
    return buildSteps(session, { ...one, context: copy.folder }, what);
  };
  try {
    await build(before, "the original over a copy of the context");
    await copy.write(files);
    await build(after, "the new file over a copy of the context");
    await copy.restore();
    // An edit for each: steps that both files have would come from the cache for the second one.
    await copy.edit(path);
    const stepsBefore = await build(before, `the original after an edit of ${path}`);
    await copy.restore();
    await copy.write(files);
    await copy.edit(path);
    const stepsAfter = await build(after, `the new file after an edit of ${path}`);
    return { path, before: stepsBefore, after: stepsAfter };
  } finally {
    await copy.remove();
  }
}

/** The steps that were not in the cache. `what` is for people; throws an `EngineError` where it does not build. */
export async function buildSteps(session: Session, request: BuildRequest, what: string): Promise<RebuildSteps> {
  const build = await session.engine.build(request);
  if (!build.ok) throw new EngineError(`${what} does not build: ${build.failure}`);
  return { ran: build.steps.filter(({ cached }) => !cached), seconds: build.seconds };
}
