/** The base images of the final stages, where a rewrite puts a smaller one in the place of the other, or a stage with a part of its Java. */
import { parseDockerfile } from "../dockerfile/index.ts";
import { type ExchangedBase, exchangedBase, factsOf } from "../image/index.ts";
import type { Bases } from "./compare/index.ts";
import { EngineError } from "./error.ts";
import type { Target } from "./targets.ts";
import { EMPTY_TREE } from "./trees/empty.ts";
import { withTrees } from "./trees/index.ts";
import type { BuildRequest, ProofRequest, Session } from "./types.ts";

/** Calls `use` with both opened; with undefined where the files stand on the same one. */
export async function withBases<Answer>(
  session: Session,
  request: ProofRequest,
  { name, promise }: Target,
  use: (bases: Bases | undefined) => Answer,
): Promise<Answer> {
  const exchanged = name === undefined && promise === "same-runtime" ? exchangedIn(request) : undefined;
  if (!exchanged) return use(undefined);
  const { old, now, isStage } = exchanged;
  const shown = isStage ? `the stage ${now}` : now;
  request.onProgress?.(`comparing ${old} and ${shown}`);
  const what = isStage ? { dockerfile: request.after, target: now } : { dockerfile: `FROM ${now}\n` };
  const images = [
    await imageOf(session, request, old, { dockerfile: `FROM ${old}\n` }),
    await imageOf(session, request, shown, what),
  ] as const;
  const [before, after] = [await session.engine.inspect(images[0]), await session.engine.inspect(images[1])];
  const layered = now === "scratch" ? images.slice(0, 1) : images;
  return withTrees(session, layered, async (...[beforeTree, afterTree = EMPTY_TREE]) =>
    use({ before: { info: before, tree: beforeTree! }, after: { info: after, tree: afterTree } }),
  );
}

function exchangedIn({ before, after }: ProofRequest): ExchangedBase | undefined {
  return exchangedBase(factsOf(parseDockerfile(before)), factsOf(parseDockerfile(after)));
}

async function imageOf(
  session: Session,
  { context, settings }: ProofRequest,
  reference: string,
  what: Pick<BuildRequest, "dockerfile" | "target">,
): Promise<string> {
  const build = await session.engine.build({ ...what, context, settings });
  if (!build.ok) throw new EngineError(`${reference} can't be looked at: ${build.failure}`);
  return build.image;
}
