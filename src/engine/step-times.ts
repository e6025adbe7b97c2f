/** How long the steps of a file take, measured. */
import { contextWith } from "./edited-context.ts";
import { EngineError } from "./error.ts";
import type { BuildStep, ProofRequest, Session } from "./types.ts";

/**
 * Builds what a proof compares without cache, so that each step is seen to run; a step that both files have is there twice. Throws an
 * `EngineError` where one does not build.
 */
export async function stepTimesOf(session: Session, request: ProofRequest): Promise<readonly BuildStep[]> {
  const { path, before, after, ignoreFile, newIgnoreFile, target, settings, onProgress } = request;
  const files = new Map([[before, ignoreFile]]);
  if (after !== before) files.set(after, newIgnoreFile);
  const steps: BuildStep[] = [];
  for (const [dockerfile, ownIgnoreFile] of files) {
    const what = dockerfile === before ? "the original" : "the new file";
    onProgress?.(`building ${what} without cache`);
    const context = await contextWith(session, request, dockerfile === before ? [] : request.files);
    const build = await session.engine.build({
      ...{ dockerfile, context, target, settings },
      ignoreFile: ownIgnoreFile,
      afresh: true,
    });
    if (!build.ok)
      throw new EngineError(`${path} is not measured, since ${what} does not build without cache: ${build.failure}`);
    steps.push(...build.steps.filter(({ cached }) => !cached));
  }
  return steps;
}
