/** What is gone where a container starts in a folder that `pnpm deploy` filled. */
import { posix } from "node:path";
import { parseDockerfile } from "../../dockerfile/index.ts";
import { factsOf, leftByDeployments } from "../../image/index.ts";
import type { ImageTree } from "../types.ts";
import type { PathRule } from "./explain.ts";
import { stageBuilt } from "./inputs.ts";
import type { CompareOptions } from "./types.ts";

/** The workspace around that folder, and links to packages of it that pnpm keeps for its own. What the original opened of either is held against the new image by the trace. */
export function besideDeployments(before: ImageTree, { context, dockerfile, stage }: CompareOptions): PathRule {
  if (dockerfile === undefined) return () => undefined;
  const { stages } = factsOf(parseDockerfile(dockerfile), { context });
  const found = stageBuilt(stages, stage);
  if (!found) return () => undefined;
  const isLeft = leftByDeployments(found);
  const leadsOut = (path: string) => {
    const entry = path.includes("node_modules/.pnpm/node_modules/") ? before.entries.get(path) : undefined;
    return entry?.type === "symlink" && isLeft(posix.resolve("/", posix.dirname(path), entry.target));
  };
  return (path) => (isLeft(`/${path}`) || leadsOut(path) ? "the workspace that pnpm deploys from" : undefined);
}
