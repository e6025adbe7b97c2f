/** Which steps run again after a file of the build context was edited. */
import { EngineError } from "../error.ts";
import type { Build, ProofRequest, Rebuild, RebuildSteps, Session } from "../types.ts";
import { type ContextCopy, copyContext } from "./copy.ts";

/** What a build is made of, but for the Dockerfile's text. */
export type Surroundings = Pick<ProofRequest, "context" | "ignoreFile" | "target" | "settings" | "onProgress">;

/**
 * Builds both files over a copy of the context, edits `path` (relative to the context, `/` between) there, and builds both again. Throws
 * an `EngineError` where there is no such file in the build, and where a build fails.
 */
export async function rebuildBoth(session: Session, request: ProofRequest, path: string): Promise<Rebuild> {
  const copy = await copyContext(request.context, request.ignoreFile, session.scratch);
  try {
    const build = (dockerfile: string, what: string) => buildOver(session, copy, request, dockerfile, what);
    await build(request.before, "the original");
    await build(request.after, "the rewrite");
    // An edit for each: steps that both files have would come from the cache for the second one.
    await copy.edit(path);
    const before = await build(request.before, `the original after an edit of ${path}`);
    await copy.edit(path);
    const after = await build(request.after, `the rewrite after an edit of ${path}`);
    return { path, before, after };
  } finally {
    await copy.remove();
  }
}

async function buildOver(
  session: Session,
  copy: ContextCopy,
  surroundings: Surroundings,
  dockerfile: string,
  what: string,
): Promise<RebuildSteps> {
  const { ignoreFile, target, settings, onProgress } = surroundings;
  onProgress?.(`building ${what}`);
  const build = await session.engine.build({ dockerfile, ignoreFile, context: copy.folder, target, settings });
  if (!build.ok) throw new EngineError(`${what} does not build: ${build.failure}`);
  return stepsThatRan(build);
}

function stepsThatRan({ steps, seconds }: Build): RebuildSteps {
  return { ran: steps.filter(({ cached }) => !cached), seconds };
}
