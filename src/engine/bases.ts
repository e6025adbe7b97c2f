/** The base images of the final stages, where a rewrite puts a smaller one in the place of the other. */
import { isSmaller } from "../bases/index.ts";
import { parseDockerfile } from "../dockerfile/index.ts";
import { factsOf, foundationOf } from "../image/index.ts";
import type { Bases } from "./compare/index.ts";
import { EngineError } from "./error.ts";
import type { Target } from "./targets.ts";
import { EMPTY_TREE } from "./trees/empty.ts";
import { withTrees } from "./trees/index.ts";
import type { ProofRequest, Session } from "./types.ts";

/** Calls `use` with both opened; with undefined where the files stand on the same one. */
export async function withBases<Answer>(
  session: Session,
  request: ProofRequest,
  { name, promise }: Target,
  use: (bases: Bases | undefined) => Answer,
): Promise<Answer> {
  const [old, now] = [finalImage(request.before), finalImage(request.after)];
  if (name !== undefined || promise !== "same-runtime" || !old || !now || old === now || !isSmaller(now, old))
    return use(undefined);
  request.onProgress?.(`comparing ${old} and ${now}`);
  const images = [await imageOf(session, request, old), await imageOf(session, request, now)] as const;
  const [before, after] = [await session.engine.inspect(images[0]), await session.engine.inspect(images[1])];
  const layered = now === "scratch" ? images.slice(0, 1) : images;
  return withTrees(session, layered, async (...[beforeTree, afterTree = EMPTY_TREE]) =>
    use({ before: { info: before, tree: beforeTree! }, after: { info: after, tree: afterTree } }),
  );
}

/** What the last stage stands on in the end; undefined for what only a build knows. */
function finalImage(dockerfile: string): string | undefined {
  const { stages } = factsOf(parseDockerfile(dockerfile));
  return foundationOf(stages.at(-1)!, stages);
}

async function imageOf(session: Session, { context, settings }: ProofRequest, reference: string): Promise<string> {
  const build = await session.engine.build({ dockerfile: `FROM ${reference}\n`, context, settings });
  if (!build.ok) throw new EngineError(`${reference} can't be looked at: ${build.failure}`);
  return build.image;
}
